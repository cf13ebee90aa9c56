import { fromEnvironment } from './environment.ts'

/** An operator's session (printed by `parlor login`) and the project it is used for. */
export interface SessionSecurity {
  sessionHeaderGramSession: string
  projectSlugHeaderGramProject: string
}

/** A secret key with the scope `chat` and the project it is used for. */
export interface KeySecurity {
  apikeyHeaderGramKey: string
  projectSlugHeaderGramProject: string
}

/** Who calls, in one of two ways; the first that is complete is used. */
export interface ChatSessionsSecurity {
  option1?: SessionSecurity | undefined
  option2?: KeySecurity | undefined
}

/** The same, as fields of a request. */
export interface Credentials {
  gramSession?: string | undefined
  gramKey?: string | undefined
  gramProject?: string | undefined
}

/**
 * The credentials a call goes out with. A complete option of its own comes before the fields of its request; where neither names a
 * key or a session, those of the client are used, and then `GRAM_API_KEY`. A project that nothing names is `GRAM_PROJECT`, and
 * with the key of the environment `default`, the project every account begins with.
 */
export function authorize(
  given: ChatSessionsSecurity | undefined,
  request: Credentials,
  client: ChatSessionsSecurity | undefined,
): Credentials {
  const own = { ...request, ...firstComplete(given) }
  if (own.gramKey || own.gramSession) return { ...own, gramProject: own.gramProject ?? fromEnvironment('GRAM_PROJECT') }
  const known = firstComplete(client) ?? { gramKey: fromEnvironment('GRAM_API_KEY') }
  const gramProject = own.gramProject ?? known.gramProject ?? fromEnvironment('GRAM_PROJECT')
  return { ...known, gramProject: gramProject ?? (known.gramKey && 'default') }
}

function firstComplete({ option1, option2 }: ChatSessionsSecurity = {}): Credentials | undefined {
  const { sessionHeaderGramSession: gramSession, projectSlugHeaderGramProject: sessionsProject } = option1 ?? {}
  if (gramSession && sessionsProject) return { gramSession, gramProject: sessionsProject }
  const { apikeyHeaderGramKey: gramKey, projectSlugHeaderGramProject: keysProject } = option2 ?? {}
  return gramKey && keysProject ? { gramKey, gramProject: keysProject } : undefined
}
