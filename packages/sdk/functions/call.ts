import { NoAnswerError, never, patient, type RetryRule, send } from '../transport/index.ts'
import type { CallOptions } from './call-options.ts'
import type { OperationDetails } from './operation-details.ts'
import type { ParlorCore } from './parlor-core.ts'
import { readAnswer } from './read-answer.ts'
import type { Result } from './result.ts'
import { version } from './version.ts'

/** The fields of a request, or what is sent as it is: then no part of it goes anywhere else. */
export type Fields = Readonly<Record<string, unknown>>

/**
 * Calls an operation. Rejects for no answer, whatever it is.
 * @throws TypeError where a field that is part of the path is not there.
 */
export async function call(
  { options: client }: ParlorCore,
  operation: OperationDetails,
  fields: Fields,
  options: CallOptions,
  form?: FormData,
): Promise<Result<unknown>> {
  const { url, rest } = address(operation, fields)
  const headers = new Headers({ accept: 'application/json', ...proofs(operation, client), ...client.headers })
  // Browsers say who they are themselves, and would ask the server first whether we may.
  if (!('document' in globalThis || 'WorkerGlobalScope' in globalThis))
    headers.set('user-agent', `parlor-sdk/${version}`)
  const key = options.idempotencyKey ?? (operation.makesOnce ? randomKey() : undefined)
  if (key !== undefined) headers.set('idempotency-key', key)
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value)
  const hasJson = operation.hasBody && form === undefined
  if (hasJson) headers.set('content-type', 'application/json')
  try {
    const response = await send({
      url: client.baseUrl + url,
      init: {
        method: operation.method,
        headers,
        // A key goes to the address it was given for and to no other.
        redirect: 'manual',
        signal: options.signal ?? null,
        body: hasJson ? JSON.stringify(rest) : (form ?? null),
      },
      timeoutMs: options.timeoutMs ?? client.timeoutMs ?? 60_000,
      whole: true,
      retry: ruleFor(operation, options.retries, client.retries),
      fetch: client.fetch,
    })
    return await readAnswer(response, operation)
  } catch (error) {
    if (error instanceof NoAnswerError) return { ok: false, error }
    throw error
  }
}

function address({ path, query = [], hasBody }: OperationDetails, fields: Fields): { url: string; rest: Fields } {
  const rest = { ...fields }
  const take = (name: string) => {
    const value = rest[name]
    delete rest[name]
    return value
  }
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodePart(name, take(name)))
  const asked = (hasBody ? query : Object.keys(rest)).map((name) => [name, take(name)])
  const given = asked.filter(([, value]) => value !== undefined && value !== null)
  return { url: given.length === 0 ? url : `${url}?${new URLSearchParams(given as string[][])}`, rest }
}

function encodePart(name: string, value: unknown): string {
  // Dots would lead out of the path, whatever is done to them.
  if (value === undefined || value === null || /^\.{0,2}$/.test(String(value)))
    throw new TypeError(`${name} is needed, and ${JSON.stringify(value)} is none.`)
  return encodeURIComponent(String(value))
}

function proofs({ door }: OperationDetails, { apiKey, project, operatorSession }: ParlorCore['options']) {
  const proof: Record<string, string> = {}
  if (door === 'chat') {
    if (operatorSession !== undefined) proof['gram-session'] = operatorSession
    else if (apiKey !== undefined) proof['gram-key'] = apiKey
    if (project !== undefined) proof['gram-project'] = project
  } else if (apiKey !== undefined && door === 'client') proof.authorization = `Bearer ${apiKey}`
  else if (apiKey !== undefined && door === 'key') proof['x-api-key'] = apiKey
  return proof
}

/** Reading, deleting and making with a key do no harm a second time. */
function ruleFor({ method, makesOnce }: OperationDetails, wished?: number, usual?: number): RetryRule {
  const isSafe = makesOnce || method === 'GET' || method === 'DELETE'
  const most = wished ?? (isSafe ? usual : undefined)
  const rule = makesOnce ? creating() : isSafe || wished !== undefined ? patient : never
  return most === undefined ? rule : { ...rule, most }
}

/** An earlier try whose answer was lost may still be at work: then the server answers 409 until it is done. */
function creating(): RetryRule {
  let tries = 0
  return {
    ...patient,
    retries: (status) => patient.retries(status) || (status === 409 && tries > 0),
    delayMs: (again, asked) => {
      tries = again + 1
      return patient.delayMs(again, asked)
    },
  }
}

/** 128 random bits. `crypto.randomUUID` is missing on insecure origins, `getRandomValues` is not. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
