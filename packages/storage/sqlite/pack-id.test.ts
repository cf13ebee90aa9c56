import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idAsText, packId, readId, unpackId } from './pack-id.ts'

test('a canonical UUID is packed into 16 bytes and comes back letter for letter', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(packId(id)).toHaveLength(16)
      expect(unpackId(packId(id))).toBe(id)
    }),
  )
})

test('any other text stays as it is, also what only looks like a UUID', () => {
  const almost = [
    '018F0000-0000-7000-8000-000000000000',
    '018f0000000000-7000-8000-00000000000',
    '018f0000-0000-7000-8000-00000000000g',
    '018f0000-0000-7000-8000-00000000000\u0130',
    '018f0000_0000-7000-8000-000000000000',
  ]
  for (const id of almost) expect(packId(id)).toBe(id)
  fc.assert(fc.property(fc.string(), (id) => unpackId(packId(id)) === id))
})

test('an id spelled by the database is the id that was packed, also one that only looks spelled', () => {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE things (id ANY) STRICT')
  const insert = db.prepare('INSERT INTO things VALUES (?) RETURNING rowid')
  const find = db.prepare(`SELECT ${idAsText('id')} FROM things WHERE rowid = ?`)
  const there = (id: string): string => readId(String(find.get(Number(insert.get(packId(id))?.rowid))?.id))
  fc.assert(fc.property(fc.uuid(), (id) => there(id) === id))
  for (const id of ['', '=', 'agent-1', '018f000000007000800000000000000a', '018F0000-0000-7000-8000-000000000000']) {
    expect(there(id)).toBe(id)
  }
  db.close()
})
