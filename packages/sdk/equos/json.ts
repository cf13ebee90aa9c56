import type {
  CreateEquosSessionRequest,
  CreateEquosSessionResponse,
  EquosAgent,
  EquosAvatar,
  EquosSession,
  ListEquosSessionsResponse,
} from './models.ts'

const dates: ReadonlySet<string> = new Set(['startedAt', 'endedAt', 'createdAt', 'updatedAt'])
const opaque: ReadonlySet<string> = new Set(['templateVars', 'transcript'])

/** Makes dates of the four times, and leaves out what is null; null itself stays null (contracts 0.3). */
export function readEntity<T>(json: unknown): T {
  // The wire's answers are what the operations say they are: the server checks them before it sends them.
  return read(json) as T
}

function read(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(read)
  if (typeof value !== 'object' || value === null) return value
  const there = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(there.map(([key, inner]) => [key, readField(key, inner)]))
}

function readField(key: string, value: unknown): unknown {
  if (dates.has(key) && typeof value === 'string') return new Date(value)
  return opaque.has(key) ? value : read(value)
}

function write(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function jsonOf<T>(...required: (keyof T)[]) {
  return {
    FromJSON: (json: unknown) => readEntity<T>(json),
    FromJSONTyped: (json: unknown, _ignoreDiscriminator?: boolean) => readEntity<T>(json),
    ToJSON: (value?: T | null): unknown => write(value),
    ToJSONTyped: (value?: T | null, _ignoreDiscriminator?: boolean): unknown => write(value),
    instanceOf: (value: object): value is object & T =>
      required.every((key) => (value as Partial<T>)[key] !== undefined),
  }
}

export const {
  FromJSON: EquosSessionFromJSON,
  FromJSONTyped: EquosSessionFromJSONTyped,
  ToJSON: EquosSessionToJSON,
  ToJSONTyped: EquosSessionToJSONTyped,
  instanceOf: instanceOfEquosSession,
} = jsonOf<EquosSession>(
  'id',
  'organizationId',
  'name',
  'provider',
  'status',
  'freemium',
  'host',
  'avatar',
  'startedAt',
  'createdAt',
  'updatedAt',
)
export const {
  FromJSON: EquosAgentFromJSON,
  FromJSONTyped: EquosAgentFromJSONTyped,
  ToJSON: EquosAgentToJSON,
  ToJSONTyped: EquosAgentToJSONTyped,
  instanceOf: instanceOfEquosAgent,
} = jsonOf<EquosAgent>('id', 'organizationId', 'provider', 'search', 'emotions', 'memory', 'createdAt', 'updatedAt')
export const {
  FromJSON: EquosAvatarFromJSON,
  FromJSONTyped: EquosAvatarFromJSONTyped,
  ToJSON: EquosAvatarToJSON,
  ToJSONTyped: EquosAvatarToJSONTyped,
  instanceOf: instanceOfEquosAvatar,
} = jsonOf<EquosAvatar>('id', 'organizationId', 'identity', 'name', 'createdAt', 'updatedAt')
export const {
  FromJSON: CreateEquosSessionRequestFromJSON,
  FromJSONTyped: CreateEquosSessionRequestFromJSONTyped,
  ToJSON: CreateEquosSessionRequestToJSON,
  ToJSONTyped: CreateEquosSessionRequestToJSONTyped,
  instanceOf: instanceOfCreateEquosSessionRequest,
} = jsonOf<CreateEquosSessionRequest>('name', 'avatar')
export const {
  FromJSON: CreateEquosSessionResponseFromJSON,
  FromJSONTyped: CreateEquosSessionResponseFromJSONTyped,
  ToJSON: CreateEquosSessionResponseToJSON,
  ToJSONTyped: CreateEquosSessionResponseToJSONTyped,
  instanceOf: instanceOfCreateEquosSessionResponse,
} = jsonOf<CreateEquosSessionResponse>('session')
export const {
  FromJSON: ListEquosSessionsResponseFromJSON,
  FromJSONTyped: ListEquosSessionsResponseFromJSONTyped,
  ToJSON: ListEquosSessionsResponseToJSON,
  ToJSONTyped: ListEquosSessionsResponseToJSONTyped,
  instanceOf: instanceOfListEquosSessionsResponse,
} = jsonOf<ListEquosSessionsResponse>('skip', 'take', 'total', 'sessions')
