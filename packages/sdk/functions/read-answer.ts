import { askedDelay } from '../transport/index.ts'
import type { OperationDetails } from './operation-details.ts'
import { ParlorRequestError } from './parlor-request-error.ts'
import type { Result } from './result.ts'

/** Takes an answer apart, and looks whether it is the one that was to come. */
export async function readAnswer(response: Response, { answer, has = {} }: OperationDetails): Promise<Result<unknown>> {
  const text = await response.text()
  const body = parse(text)
  if (!response.ok) return { ok: false, error: refusalOf(response, body) }
  if (answer === undefined) return { ok: true, value: undefined }
  if (body === null && answer === 'object or null') return { ok: true, value: body }
  const isRight =
    isObject(body) && Object.entries(has).every(([name, type]) => body[name] !== null && typeof body[name] === type)
  if (isRight) return { ok: true, value: body }
  const message = `This answer (${response.status}) is not one of Parlor's.`
  return { ok: false, error: new ParlorRequestError(message, { ...headOf(response), code: 'INVALID_ANSWER', body }) }
}

/** The three wires tell the same in different fields; docs/errors.md shows them. */
export function refusalOf(response: Response, body: unknown): ParlorRequestError {
  const fields = isObject(body) ? body : {}
  const nested = isObject(fields.error) ? fields.error : {}
  const message = textOf(fields.message) ?? textOf(nested.message) ?? (response.statusText || 'The request failed.')
  const head = headOf(response)
  return new ParlorRequestError(message, {
    ...head,
    code: textOf(fields.code) ?? textOf(fields.name) ?? textOf(nested.code) ?? `HTTP_${response.status}`,
    requestId: textOf(fields.request_id) ?? head.requestId,
    body,
  })
}

function headOf({ status, headers }: Response) {
  const delayMs = askedDelay(headers, Date.now())
  return {
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: delayMs === null ? undefined : Math.ceil(delayMs / 1000),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
