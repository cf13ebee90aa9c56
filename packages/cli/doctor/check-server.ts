import { type GetAccessAnswer, Parlor, ParlorRequestError } from '@parlor/sdk'
import { checkEmbed } from './check-embed.ts'
import { type Finding, ok, stops, warning } from './finding.ts'
import { judgeClock } from './judge-clock.ts'
import { load } from './load.ts'
import { trySocket } from './try-socket.ts'

/** Whether a server is well and can be reached as its settings say. */
export async function checkServer(parlor: string, apiKey: string | undefined): Promise<Finding[]> {
  let findings: Finding[]
  try {
    findings = await checkHealth(parlor)
  } catch (error) {
    return [stops('health', messageOf(error), 'parlor serve')]
  }
  const { access, said } = await checkKey(parlor, apiKey)
  findings.push(...said)
  const publicBase = access === null ? parlor : `${access.public_url}/`
  if (access !== null) findings.push(...judgePublicUrl(access.public_url, parlor))
  try {
    const tag = { url: new URL('embed.js', publicBase), integrity: undefined }
    findings.push(...(await checkEmbed(publicBase, tag)), await trySocket(publicBase))
  } catch (error) {
    const message = `The public address cannot be reached from here: ${messageOf(error)}`
    findings.push(stops('public-url', message, 'PARLOR_PUBLIC_URL=https://the.address.visitors.use'))
  }
  return findings
}

async function checkHealth(parlor: string): Promise<Finding[]> {
  const health = await load(new URL('health', parlor))
  const { status, version, checks } = parse(health.text)
  if (version === undefined) {
    return [stops('health', `What answers at ${parlor} (${health.status}) is not Parlor, or not its /health.`)]
  }
  const well =
    health.status === 200
      ? ok('health', `Parlor ${version} is well.`)
      : stops('health', `Parlor ${version} is ${status}: ${checks?.store ?? 'it does not say why'}.`)
  return [well, ...judgeClock(health.clockDifferenceMs, 'Parlor')]
}

async function checkKey(
  parlor: string,
  apiKey: string | undefined,
): Promise<{ access: GetAccessAnswer | null; said: Finding[] }> {
  if (apiKey === undefined) {
    const message = 'PARLOR_API_KEY is not set, so no key was tried and the public address is not known.'
    return { access: null, said: [warning('key', message, 'PARLOR_API_KEY=prl_live_… parlor doctor')] }
  }
  try {
    const access = await new Parlor({ baseUrl: parlor, apiKey }).operator.access()
    return { access, said: judgeKey(access) }
  } catch (error) {
    const code = error instanceof ParlorRequestError ? error.code : ''
    const instead =
      code === 'INSUFFICIENT_PERMISSIONS' ? 'parlor keys create --scopes read,write' : 'parlor keys create'
    return { access: null, said: [stops('key', `The key does not work: ${messageOf(error)}`, instead)] }
  }
}

function judgeKey({ key, account, is_operator }: GetAccessAnswer): Finding[] {
  const role = is_operator ? ', the operator’s account' : ''
  const works = ok('key', `The key ${key.masked} works, for the account "${account.name}"${role}.`)
  if (key.scopes.includes('write')) return [works]
  const message = `The key may ${key.scopes.join(', ')}, but not write: it makes and ends no sessions.`
  return [works, warning('scope', message, 'parlor keys create --scopes read,write')]
}

function judgePublicUrl(publicUrl: string, parlor: string): Finding[] {
  const { protocol, hostname, origin } = new URL(publicUrl)
  const isHere = /^(localhost|127\.|\[::1\])/.test(hostname)
  const findings: Finding[] = []
  if (origin === new URL(parlor).origin)
    findings.push(ok('public-url', `Visitors are sent to ${publicUrl}, as you are.`))
  else {
    const message = `Visitors are sent to ${publicUrl}, and PARLOR_URL is ${parlor}. Right where backends use an address of their own.`
    findings.push(warning('public-url', message, `PARLOR_PUBLIC_URL=${new URL(parlor).origin}`))
  }
  if (protocol === 'https:') findings.push(ok('https', 'Visitors reach Parlor over https.'))
  else if (isHere) findings.push(ok('https', 'Over http, which is fine on this machine alone.'))
  else {
    const message =
      'Visitors reach Parlor over http: pages on https cannot embed it, and tokens go over the wire in the clear.'
    findings.push(warning('https', message, `PARLOR_PUBLIC_URL=https://${hostname}`))
  }
  return findings
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function parse(text: string): { status?: string; version?: string; checks?: { store?: string } } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
