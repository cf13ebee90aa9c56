/** Whole seconds; the answer to a question that is asked now must not find a token that is over. */
const renewBelowSeconds = 30

/** The token stands in this variable and nowhere else: no storage, no cookie, no address. */
let token = ''
/** Several calls at once ask for one token. */
let asking = null

/**
 * The token to call Parlor with; fetches a new one when fewer than 30 s are left. `onRenewed` is called when it did.
 * @throws Error with a sentence when the site's backend gives none.
 */
export async function takeToken(onRenewed = () => {}) {
  const had = token !== ''
  if (had && secondsLeft() >= renewBelowSeconds) return token
  asking ??= askBackend().finally(() => {
    asking = null
  })
  token = await asking
  if (had) onRenewed()
  return token
}

/** The token as it is, also when it is over: to see what it is still good for. */
export function heldToken() {
  return token
}

/** Whole seconds until it runs out; 0 without a token. */
export function secondsLeft() {
  return token === '' ? 0 : Math.max(0, Math.floor(readClaims(token).exp - Date.now() / 1000))
}

/** The one origin the token is for, or nothing without a token. */
export function boundTo() {
  return token === '' ? undefined : readClaims(token).aud[0]
}

export function forgetToken() {
  token = ''
}

/** Lets the backend end everything this visitor holds. @throws Error with a sentence. */
export async function endSessions() {
  const response = await fetch('/chat/session', { method: 'DELETE' })
  if (!response.ok) throw new Error(await reasonOf(response))
}

async function askBackend() {
  const response = await fetch('/chat/session', { method: 'POST' })
  if (!response.ok) throw new Error(await reasonOf(response))
  const { client_token } = await response.json()
  return client_token
}

async function reasonOf(response) {
  const body = await response.json().catch(() => ({}))
  return body.message ?? body.error ?? `The site's backend answered ${response.status}.`
}

/** The claims say what the token is for. They prove nothing here: only Parlor can check them. */
function readClaims(jwt) {
  const part = jwt.split('.')[1] ?? ''
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  return JSON.parse(new TextDecoder().decode(bytes))
}
