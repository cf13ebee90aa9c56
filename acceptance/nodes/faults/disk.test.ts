import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startKeeper } from '../../harness/own-postgres.ts'
import { startNodes } from '../../harness/start-nodes.ts'

const sizeMb = 256

test('a Postgres whose disk is full refuses what it cannot keep, keeps what it has, and goes on when there is room', async () => {
  await using disk = smallDisk()
  if (disk.reason !== null) {
    console.log(`Not tried: ${disk.reason}`)
    return
  }
  const keeper = await startKeeper({ TMPDIR: disk.folder })
  try {
    await using nodes = await startNodes({ keeper: keeper.socket, nodes: 1, settings: { restart_after_crash: 'on' } })
    const parlor = nodes.node(0)
    const agentId = await parlor.createAgent()
    const { session_token: token, session_id: kept } = await parlor.createSession(agentId)
    await parlor.visit(token)
    const bases = await parlor.request<{ id: string }>('POST', '/v1/knowledge-bases', { name: 'Large' })

    const ballast = join(disk.folder, 'ballast')
    const { bavail, bsize } = statfsSync(disk.folder)
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 8 * 1024 * 1024), 1))
    const path = `/v1/knowledge-bases/${bases.body.id}/documents`
    const statuses: number[] = []
    for (let number = 0; number < 40 && !statuses.includes(503); number++) {
      const text = `# Part ${number}\n\n${words(400_000, number)}`
      statuses.push((await parlor.request('POST', path, { name: `part-${number}.md`, text })).status)
    }
    console.log(`Documents until the disk was full: ${statuses.join(' ')}`)
    expect(statuses.at(-1)).toBe(503)
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])

    rmSync(ballast)
    // Without room for its log Postgres crashes; whoever looks after it starts it again. Asked to stop in good order in
    // the moment it recovers by itself, Postgres 18 waits for ever now and then.
    await nodes.postgres.kill()
    await nodes.postgres.start()
    const recovers = { timeout: 60_000, interval: 300 }
    await expect
      .poll(
        async () => (await parlor.request('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId })).status,
        recovers,
      )
      .toBe(200)
    expect((await parlor.request('GET', `/v1/widget/sessions/${kept}`)).body).toMatchObject({ status: 'active' })
    const { body } = await parlor.request<{ data: object[] }>('GET', path)
    expect(body.data.length).toBeGreaterThanOrEqual(statuses.filter((status) => status === 200).length)
  } finally {
    await keeper.stop()
  }
})

/** Text that does not shrink much when it is packed. */
function words(length: number, seed: number): string {
  let text = ''
  for (let number = seed * 7919; text.length < length; number += 1) {
    text += `${Math.imul(number, 0x9e3779b1) >>> 0} `
    if (number % 12 === 0) text += '.\n\n'
  }
  return text
}

/** A file system of its own in memory, where this user may make one. */
function smallDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-disk-'))
  let reason: string | null = null
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', folder], { stdio: 'pipe' })
    chmodSync(folder, 0o755)
  } catch (error) {
    reason = `a small disk cannot be mounted here (${error instanceof Error ? error.message.trim().split('\n').at(-1) : error})`
  }
  return {
    folder,
    reason,
    async [Symbol.asyncDispose]() {
      if (reason === null) execFileSync('umount', [folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
