import { readEvents } from './read-events.js'
import { boundTo, heldToken, takeToken } from './session.js'

const parlorUrl = document.documentElement.dataset.parlor

/** Why something was not done: `kind` is `offline`, `refused`, `ended`, `expired`, `busy`, `cut` or `failed`. */
export class Refusal extends Error {
  constructor(kind, message) {
    super(message)
    this.kind = kind
  }
}

/**
 * Asks, and yields `{ text, cursor }` for each piece and `{ citations }` once, as they come. The history goes along; under `chatId` the answer
 * can be taken up again where it was cut.
 * @throws Refusal of kind `cut` when the connection breaks half-way.
 */
export async function* ask({ messages, chatId, signal, onRenewed }) {
  const response = await call('/chat/completions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Gram-Chat-ID': chatId },
    body: JSON.stringify({ model: 'parlor', stream: true, messages }),
    signal,
    onRenewed,
  })
  for await (const { id: cursor, data } of whole(response, signal)) {
    if (data === '[DONE]') return
    const chunk = JSON.parse(data)
    if (chunk.error) throw brokenBy(chunk.error)
    const text = chunk.choices?.[0]?.delta?.content
    if (text) yield { text, cursor }
    if (chunk.citations) yield { citations: chunk.citations }
  }
  throw new Refusal('cut', 'The answer broke off.')
}

/** The rest of an answer whose connection broke, after `cursor`: pieces, then `{ all, citations }` when it is whole. */
export async function* resume({ chatId, cursor, signal }) {
  const after = cursor === '' ? '' : `&after=${cursor}`
  const response = await call(`/chat/turnstream?chat_id=${chatId}${after}`, { signal })
  for await (const { id, event, data } of whole(response, signal)) {
    const { text, message, error } = JSON.parse(data)
    if (event === 'text') yield { text, cursor: id }
    if (message?.role === 'assistant') yield { all: message.content, citations: message.citations }
    if (error) throw brokenBy(error)
    if (event === 'done') return
  }
  throw new Refusal('cut', 'The answer broke off again.')
}

/** This visitor's chats, the latest first. */
export async function listChats() {
  const response = await call('/rpc/chat.list?limit=50')
  return (await response.json()).chats
}

/** What was said in a chat, as `{ role, content, citations }`. */
export async function loadChat(id) {
  const response = await call(`/rpc/chat.load?id=${encodeURIComponent(id)}&limit=200`)
  return (await response.json()).messages
}

/** Lets Parlor give a chat a title. */
export async function titleChat(id) {
  await call('/rpc/chat.generateTitle', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id }),
  })
}

/** Asks once more with the token as it is, so that everybody sees what it is still worth. */
export async function tryOldToken() {
  const headers = { 'Gram-Chat-Session': heldToken() }
  const isTaken = await fetch(`${parlorUrl}/rpc/chat.list`, { headers, credentials: 'omit' }).then(
    ({ ok }) => ok,
    () => false,
  )
  return isTaken ? 'Parlor still takes the old token.' : 'Asked once more with the old token, Parlor refused.'
}

async function call(path, { headers = {}, onRenewed, signal, ...request } = {}) {
  const token = await takeToken(onRenewed).catch((error) => {
    throw error instanceof TypeError
      ? new Refusal('offline', 'This site cannot be reached.')
      : new Refusal('refused', error.message)
  })
  // Nothing but the token says who this is: no cookie goes along.
  const all = { 'Gram-Chat-Session': token, ...headers }
  const response = await fetch(parlorUrl + path, { ...request, headers: all, signal, credentials: 'omit' }).catch(
    async (error) => {
      throw signal?.aborted ? error : await whyUnreadable()
    },
  )
  if (!response.ok) throw refusalOf(response.status, await response.json().catch(() => ({})))
  return response
}

async function* whole({ body }, signal) {
  try {
    yield* readEvents(body)
  } catch (error) {
    throw signal?.aborted || error instanceof Refusal ? error : new Refusal('cut', 'The connection broke.')
  }
}

/**
 * A browser keeps from a page what it may not read, the refusal of its own token among it. But the page knows where it stands, and whom its
 * token is for.
 */
async function whyUnreadable() {
  const isThere = await fetch(`${parlorUrl}/healthz`, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' }).then(
    () => true,
    () => false,
  )
  if (!isThere) return new Refusal('offline', 'Parlor cannot be reached.')
  const { origin } = location
  // A token that was let go of in the meantime was one that is over.
  if (boundTo() === undefined || boundTo() === origin) return new Refusal('ended', 'The session was ended.')
  return new Refusal('refused', `This token is for pages of ${boundTo()} alone, and this page stands at ${origin}.`)
}

// 402: the session has had all it may have, and is over with that.
const kinds = { 401: 'ended', 402: 'ended', 403: 'refused', 409: 'busy' }

function refusalOf(status, { message, error }) {
  return new Refusal(kinds[status] ?? 'failed', message ?? error?.message ?? `Parlor answered ${status}.`)
}

function brokenBy({ code, reason, message }) {
  if (code === 'unauthorized') return new Refusal(reason === 'expired' ? 'expired' : 'ended', message)
  return new Refusal('failed', message)
}
