import { APIError, type HTTPMeta, ResponseValidationError, ServiceError, type ServiceErrorData } from './errors.ts'
import { type Fields, translate } from './fields.ts'

/** The one answer that is a success; without `fields` it has no body. */
export interface Expected {
  status: number
  fields?: Fields
}

const refusals = [400, 401, 403, 404, 409, 415, 422, 500, 502]

const refusalFields: Fields = {
  name: 'string',
  id: 'string',
  message: 'string',
  temporary: 'boolean',
  timeout: 'boolean',
  fault: 'boolean',
}

/**
 * What an answer means (contracts 3.8, "Errors"): only the expected status and content type are a success.
 * @throws ServiceError, APIError, ResponseValidationError
 */
export function readAnswer(meta: HTTPMeta, { status, fields }: Expected): unknown {
  const { response, body } = meta
  const isExpected = response.status === status
  if (isExpected && !fields) return
  const wanted = isExpected ? fields : refusals.includes(response.status) && refusalFields
  const isJson = /^application\/json *(;|$)/i.test(response.headers.get('content-type') ?? '')
  if (!isJson || !wanted) throw new APIError(meta)
  let raw: unknown = body
  let value: object
  try {
    raw = JSON.parse(body)
    value = translate(raw, wanted, 'in')
  } catch (cause) {
    throw new ResponseValidationError(cause as Error, raw, meta)
  }
  if (isExpected) return value
  // The fields were checked one by one.
  throw new ServiceError(value as ServiceErrorData, meta)
}
