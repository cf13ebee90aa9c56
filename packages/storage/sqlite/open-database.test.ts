import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { assertDurable, openDatabase } from './open-database.ts'
import { openFile, withFolder } from './testing/store-file.ts'

const holder = fileURLToPath(new URL('./testing/hold-store.ts', import.meta.url))

test('a file another process holds is refused with a sentence, and free again when that one is killed', () =>
  withFolder(async (file) => {
    const process_ = spawn(process.execPath, [holder, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await once(process_.stdout, 'data')
      expect(() => openFile(file)).toThrow(
        expect.objectContaining({ reason: 'in_use', message: expect.stringMatching(/is in use by another Parlor/) }),
      )
    } finally {
      process_.kill('SIGKILL')
      await once(process_, 'exit')
    }
    const stores = openFile(file)
    expect(await stores.accounts.findAccount('held')).not.toBeNull()
    await stores.close()
  }))

test('the second to open a file in the same process is refused too', () =>
  withFolder(async (file) => {
    const stores = openFile(file)
    expect(() => openFile(file)).toThrow(expect.objectContaining({ reason: 'in_use' }))
    await stores.close()
  }))

test('the settings that make a commit durable are read back, and one that does not hold refuses the start', () =>
  withFolder((file) => {
    const db = openDatabase(file)
    expect(() => assertDurable(db, file)).not.toThrow()
    for (const weaker of ['synchronous = NORMAL', 'foreign_keys = OFF', 'locking_mode = NORMAL']) {
      db.exec(`PRAGMA ${weaker}`)
      const name = weaker.split(' ')[0]
      expect(() => assertDurable(db, file)).toThrow(
        expect.objectContaining({ reason: 'not_durable', message: expect.stringContaining(`SQLite says ${name}`) }),
      )
      db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA locking_mode = EXCLUSIVE')
    }
    db.close()
    const memory = new DatabaseSync(':memory:')
    expect(() => assertDurable(memory, file)).toThrow(expect.objectContaining({ reason: 'not_durable' }))
    memory.close()
  }))

test('a file that is not ours is refused and left alone', () =>
  withFolder((file) => {
    writeFileSync(file, 'a letter, not a database'.repeat(100))
    expect(() => openFile(file)).toThrow(expect.objectContaining({ reason: 'not_a_store' }))
    const foreign = join(dirname(file), 'foreign.db')
    const db = new DatabaseSync(foreign)
    db.exec('CREATE TABLE theirs (id)')
    db.close()
    expect(() => openFile(foreign)).toThrow(expect.objectContaining({ reason: 'not_a_store' }))
    expect(() => openFile(join(file, 'deeper'))).toThrow(expect.objectContaining({ reason: 'unusable' }))
  }))
