import type { Command } from 'commander'
import { checkAddress, checkKey, readConnection } from '../connection.ts'
import { checkPage } from '../doctor/check-page.ts'
import { checkServer } from '../doctor/check-server.ts'
import type { Finding } from '../doctor/finding.ts'
import { type Printing, print, visible } from '../print.ts'
import { UsageError } from '../usage-error.ts'
import { withExample, withJson } from './options.ts'

const marks = { stops: '✗', warning: '!', ok: '✓' } as const

export function addDoctorCommand(program: Command): void {
  const doctor = program
    .command('doctor')
    .argument('[url]', 'a customer’s page; without it, the server at PARLOR_URL is looked at')
    .option('--session <id>', 'also whether the page may embed this session')
    .description(
      'Say what is wrong with the server, or what would stop the widget on a page. Exit code 1 where something does.',
    )
    .action(async (url: string | undefined, { session, ...options }: Printing & { session?: string }) => {
      const { url: parlorUrl, apiKey: typedKey } = readConnection()
      const apiKey = typedKey === undefined ? undefined : checkKey(typedKey)
      const parlor = parlorUrl === undefined ? null : withSlash(checkAddress(parlorUrl))
      if (url === undefined && session !== undefined) {
        throw new UsageError('--session is looked at on a page: write the page’s address too.')
      }
      const findings =
        url === undefined
          ? await checkServer(requireParlor(parlor), apiKey)
          : await checkPage({ url: pageAddress(url), session, parlor, apiKey })
      const isWell = !findings.some(({ level }) => level === 'stops')
      if (!isWell) process.exitCode = 1
      print({ ok: isWell, findings }, options, describe)
    })
  withExample(withJson(doctor), 'parlor doctor', 'parlor doctor https://shop.example/help --session 01994f0e-…')
}

function requireParlor(parlor: string | null): string {
  if (parlor !== null) return parlor
  throw new UsageError('PARLOR_URL is not set: write the server’s address into it, or a page’s address after doctor.')
}

function pageAddress(text: string): URL {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  throw new UsageError(`${JSON.stringify(text)} is no address of a page: write one such as https://shop.example/help.`)
}

function withSlash(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/*$/, '/')}`
}

function describe({ ok, findings }: { ok: boolean; findings: Finding[] }): string {
  const lines = findings.map(({ level, check, message, instead }) => {
    const line = `${marks[level]} ${check}: ${visible(message)}`
    return instead === undefined ? line : `${line}\n    ${visible(instead)}`
  })
  const end = ok
    ? 'Nothing found that would stop it.'
    : 'Lines with ✗ must be put right; the line below each is what to write.'
  return [...lines, '', end].join('\n')
}
