import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkCommands } from './check-commands.ts'
import { checkContainer } from './check-container.ts'
import { checkLinks } from './check-links.ts'
import { checkOrigins } from './check-origins.ts'
import { checkErrorRows, checkSettingRows, settingsIn } from './check-tables.ts'
import { projectFiles } from './project-files.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'docs-'))
  made.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const whats = (findings: { line: number; what: string }[]) => findings.map(({ line, what }) => `${line} ${what}`)

describe('the page of errors', () => {
  const codes = { not_found: { meaning: 'It is not there.', whatToDo: 'Check the `id`.' } }
  const wires = [{ not_found: { status: 404, code: 'NOT_FOUND' } }, { not_found: { status: 400, name: 'gone' } }]
  const row = '| `not_found` | 404 `NOT_FOUND` | 400 `gone` | It is not there. | Check the `id`. |'

  test('a row for every code is enough', () => {
    expect(checkErrorRows(codes, wires, `# Errors\n${row}\n`)).toEqual([])
  })

  test.each([
    ['a code without a row', '', 'not_found has no row'],
    ['a row of no code', `${row}\n| \`gone\` | 410 | a | b |`, 'no such code: gone'],
    ['another status than is sent', row.replace('404', '410'), 'not_found reads otherwise in the code'],
    ['another name than is sent', row.replace('`gone`', '`went`'), 'not_found reads otherwise in the code'],
    ['other words than the code has', row.replace('there', 'here'), 'not_found reads otherwise in the code'],
  ])('%s is refused', (_, page, what) => {
    expect(checkErrorRows(codes, wires, page).map((found) => found.what)).toEqual([what])
  })
})

describe('the page of settings', () => {
  test('both ways: every variable has a row and every row a variable', () => {
    const server = 'read("PORT"); read("PARLOR_SECRET"); read("LIVEKIT_URL"); const PORTS = 1'
    const page = '| `PORT`, `PARLOR_SECRET` | x |\n| `PARLOR_URL` | y |\n| `PARLOR_MAGIC` | z |'
    expect(whats(checkSettingRows(server, 'read("PARLOR_URL")', page))).toEqual([
      '1 LIVEKIT_URL has no row',
      '3 nothing reads PARLOR_MAGIC',
    ])
  })

  test('a name ends where the word ends', () => {
    expect([...settingsIn('PARLOR_LLM_ + PARLOR_DEMO_PORT, HOSTNAME')]).toEqual(['PARLOR_DEMO_PORT'])
  })
})

test('a link leads to a file and to a heading that exist; code is not read', () => {
  const page = [
    '# One page',
    '[good](docs/two.md#the-second-heading) [same](#one-page) [out](https://example.org/x)',
    '`[code](nowhere.md)`',
    '[bad](docs/three.md)',
    '[bad](docs/two.md#third)',
    '```md',
    '[code](nowhere.md)',
    '```',
    '![picture](picture.png)',
  ].join('\n')
  const root = tree({ 'README.md': page, 'docs/two.md': '## The second `heading`\n[up](../README.md)' })
  expect(checkLinks(root, projectFiles(root)).map(({ file, line, what }) => `${file}:${line} ${what}`)).toEqual([
    'README.md:4 the link docs/three.md leads nowhere',
    'README.md:5 docs/two.md has no heading #third',
    'README.md:9 the link picture.png leads nowhere',
  ])
})

test('a command of a shell block exists', () => {
  const root = tree({ 'tools/there.ts': '' })
  const text = 'npm run nothing\n```sh\nnpm ci && npm start\nnpm run gone\nnode tools/there.ts\nnode tools/gone.ts\n```'
  expect(whats(checkCommands(root, [{ path: 'README.md', text }], new Set(['start'])))).toEqual([
    '4 package.json has no script "gone"',
    '6 there is no tools/gone.ts to run',
  ])
})

describe('the container', () => {
  const sound = {
    dockerfile:
      'FROM node:26 AS build\nCOPY package.json ./\nRUN npm ci && \\\n  npm run build\nENV HOST=0.0.0.0 \\\n  PORT=3001\nCMD ["node", "main.ts"]',
    compose:
      'services:\n  parlor:\n    build: .\n    environment:\n      HOST: "::"\n    volumes: ["data:/data"]\nvolumes:\n  data:\n',
  }
  const check = (changed: Partial<typeof sound>) =>
    checkContainer({
      root: tree({ 'package.json': '', 'main.ts': '', Dockerfile: '' }),
      settings: new Set(['HOST', 'PORT']),
      scripts: new Set(['build']),
      ...sound,
      ...changed,
    }).map(({ file, line, what }) => `${file}:${line} ${what}`)

  test('files that name what exists pass', () => {
    expect(check({})).toEqual([])
  })

  test.each([
    ['a path', 'COPY tools ./', 'Dockerfile:1 there is no tools to copy'],
    ['a stage', 'COPY --from=other /a /b', 'Dockerfile:1 there is no stage other'],
    ['a variable', 'ENV PARLOR_MAGIC=1', 'Dockerfile:1 the server reads no variable PARLOR_MAGIC'],
    ['a script', 'RUN npm run magic', 'Dockerfile:1 package.json has no script "magic"'],
    ['a file to run', 'CMD ["node", "--enable-source-maps", "gone.ts"]', 'Dockerfile:1 there is no gone.ts to run'],
  ])('an image that names %s which is not there is refused', (_, dockerfile, finding) => {
    expect(check({ dockerfile })).toEqual([finding])
  })

  test.each([
    ['a build folder', 'build: ./gone', ['there is no ./gone', 'there is no gone/Dockerfile']],
    ['a variable', 'build: .\n    environment: [PARLOR_MAGIC=1]', ['the server reads no variable PARLOR_MAGIC']],
    ['a volume', 'build: .\n    volumes: ["lost:/data"]', ['the volume lost is not declared']],
    ['a file to mount', 'build: .\n    volumes: ["./gone:/data"]', ['there is no ./gone to mount']],
  ])('a compose file that names %s which is not there is refused', (_, service, findings) => {
    expect(check({ compose: `services:\n  parlor:\n    ${service}\n` })).toEqual(
      findings.map((what) => `compose.yaml:1 ${what}`),
    )
  })
})

describe('where a file was written', () => {
  test.each([
    ['a home', `see /${'home'}/somebody/notes`],
    ['the administrator', `cp x /${'root'}/x`],
    ['a Mac', `"/${'Users'}/somebody"`],
    ['a temporary folder', `cat /${'tmp'}/x`],
    ['a registry', `"resolved": "https://${'registry'}.example/x"`],
    ['a bare registry', `npm config set ${'registry'}.example.org`],
  ])('%s is refused', (_, text) => {
    expect(checkOrigins([{ path: 'a.md', text: `fine\n${text}` }])).toMatchObject([{ file: 'a.md', line: 2 }])
  })

  test('a path of the repository or of a wire is fine', () => {
    const text =
      'packages/home/page.ts, https://example.org/home/page, /v1/users/me, src/work/x, registry.sessions.values()'
    expect(checkOrigins([{ path: 'a.md', text }])).toEqual([])
  })
})
