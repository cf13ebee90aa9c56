import { ParlorRequestError } from '../functions/parlor-request-error.ts'
import { refusalOf } from '../functions/read-answer.ts'
import { NoAnswerError, patient } from '../transport/index.ts'
import type { CreateChatCompletionRequest } from '../types/index.ts'
import { type ChatAnswer, type ChatEvent, type Chunk, type TurnFrame, takeChunk, takeFrame } from './chat-answer.ts'
import { readEvents } from './read-events.ts'
import { checkAddress, checkToken } from './refuse-keys.ts'

export interface StreamChatOptions extends Omit<CreateChatCompletionRequest, 'stream' | 'stream_options' | 'n'> {
  /** Where Parlor is reached, such as `https://parlor.example`. */
  url: string
  /** The chat session's token, from your backend. */
  token: string
  /** A UUID of your making: then the chat is kept, and an answer that is cut is taken up where it was. */
  chatId?: string
  /** Stops the answer; what follows is a `NoAnswerError` with the reason `aborted`. */
  signal?: AbortSignal
  /** How long nothing at all may come, in milliseconds; 60 000 unless said. A server that is at work shows it more often. */
  silenceMs?: number
  headers?: Readonly<Record<string, string>>
  fetch?: typeof fetch
}

/**
 * Asks the agent and yields its answer as it comes. Leaving the loop stops the answer.
 * @throws ParlorRequestError where the answer is refused or fails on the way (401 once the token is over);
 * NoAnswerError where it was cut or went silent and cannot be taken up; TypeError for an API key instead of a token.
 * @example
 * for await (const event of streamChat({ url, token, messages })) {
 *   if (event.type === 'text') output.append(event.text)
 * }
 */
export async function* streamChat(options: StreamChatOptions): AsyncGenerator<ChatEvent, void> {
  const { url, token, chatId, signal, silenceMs = 60_000, headers, fetch, ...body } = options
  checkToken(token)
  const base = checkAddress(url, /^https?:/)
  const line = { signal, silenceMs, fetch, headers: { ...headers, 'gram-chat-session': token }, isOpen: false }
  const answer: ChatAnswer = { text: '', citations: [], toolCalls: [], usage: null, finish: null }
  const asked = {
    method: 'POST',
    headers: { ...line.headers, 'content-type': 'application/json', ...(chatId && { 'gram-chat-id': chatId }) },
    body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
  }
  let cut = yield* listen(line, `${base}/chat/completions`, asked, (data) => {
    if (data === '[DONE]') return
    const chunk = JSON.parse(data) as Chunk
    if (chunk.error) throw failed(chunk.error)
    return takeChunk(answer, chunk)
  })
  let after = ''
  for (let again = 0; cut; again++) {
    // Asking is not tried again: the question would be there twice.
    if (!chatId || !line.isOpen || again > patient.most) throw cut
    // Called off in the meantime, the next request ends at once.
    await new Promise((resolve) => setTimeout(resolve, patient.delayMs(again, null)))
    yield { type: 'resumed' }
    const query = new URLSearchParams({ chat_id: chatId, ...(after && { after }) })
    cut = yield* listen(line, `${base}/chat/turnstream?${query}`, { headers: line.headers }, (data) => {
      const frame = JSON.parse(data) as TurnFrame
      if (frame.error || frame.finish_reason === 'failed') throw failed(frame.error)
      const events = takeFrame(answer, frame)
      if (frame.type === 'done') return
      // What helps counts as a new beginning.
      again = -1
      after = frame.cursor
      return events
    })
  }
  yield { type: 'done', answer }
}

interface Line {
  signal: AbortSignal | undefined
  silenceMs: number
  fetch: typeof fetch | undefined
  /** Whether the server has taken the question. */
  isOpen: boolean
}

/**
 * Yields what `take` makes of a stream, until it makes nothing of the last event. Returns why the stream was cut, if it was.
 * @throws ParlorRequestError
 */
async function* listen(
  line: Line,
  url: string,
  init: RequestInit,
  take: (data: string) => ChatEvent[] | undefined,
): AsyncGenerator<ChatEvent, NoAnswerError | undefined> {
  const { signal, silenceMs, fetch: ask = fetch } = line
  const silence = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const onSign = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), silenceMs)
  }
  try {
    onSign()
    const signals = signal ? [signal, silence.signal] : [silence.signal]
    const response = await ask(url, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) })
    if (line.isOpen && response.status >= 500) throw response.status
    if (!response.ok) throw refusalOf(response, await response.json().catch(() => null))
    if (!response.headers.get('content-type')?.includes('event-stream') || !response.body) throw new SyntaxError()
    line.isOpen = true
    for await (const data of readEvents(response.body, onSign)) {
      const events = take(data)
      if (!events) return
      yield* events
    }
    throw null
  } catch (cause) {
    if (cause instanceof ParlorRequestError) throw cause
    if (cause instanceof SyntaxError)
      throw new ParlorRequestError("This answer is not one of Parlor's.", {
        status: 200,
        code: 'INVALID_ANSWER',
        cause,
      })
    const reason = signal?.aborted ? 'aborted' : silence.signal.aborted ? 'timeout' : 'connection'
    const error = new NoAnswerError(reason, `The stream was cut: ${reason}.`, cause)
    if (signal?.aborted) throw error
    return error
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

/** A failure that is told in the middle of a stream, whose own status was 200. */
function failed({ message, type, code = 'failed' }: NonNullable<Chunk['error']> = { message: 'The answer failed.' }) {
  return new ParlorRequestError(message, { status: type === 'authentication_error' ? 401 : 502, code })
}
