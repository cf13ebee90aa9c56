import { ParlorError } from '@parlor/core/errors'
import { answerOnce, type OncePorts, ReplayedError } from '@parlor/core/idempotency'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { networkOf } from './client-address.ts'

const mark = 'idempotent-replayed'

/** How an operation's answer is kept and made again. By default it is kept as it is: only for answers without a token. */
export interface Keeping<T> {
  /** The reference of what will be made, where `run` makes just that: see `Once`. */
  intends?: string
  refer(answer: T): string
  recall(reference: string): Promise<T>
}

const asItIs = { refer: (answer: unknown) => JSON.stringify(answer), recall: async (text: string) => JSON.parse(text) }

/**
 * Runs a creating request once for its `Idempotency-Key`, known by account, project and operation for 24 hours (design 5,
 * "Retries"). Without the header it simply runs.
 * @throws ParlorError `invalid_request` for a key that is empty, too long or not plain ASCII; `conflict` as `answerOnce` says.
 */
export async function once<T>(
  ports: OncePorts,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (intended?: string) => Promise<T>,
  keeping: Keeping<T> = asItIs,
): Promise<T> {
  const key = request.headers['idempotency-key']
  if (key === undefined) return run(keeping.intends)
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ParlorError('invalid_request', {
      message: 'Write the Idempotency-Key in 1 to 255 printable ASCII characters, such as a UUID.',
    })
  }
  const { caller, project } = request
  if (caller === null) throw new ParlorError('missing_key')
  const operation = `${request.method} ${request.routeOptions.url ?? ''}${whose(request)}`
  const scope = { accountId: caller.account.id, projectId: project?.id ?? caller.key.projectId, operation, key }
  try {
    const { answer, replayed } = await answerOnce(ports, {
      scope,
      body: [request.params, request.body],
      run,
      ...keeping,
    })
    if (replayed) reply.header(mark, 'true')
    return answer
  } catch (error) {
    if (error instanceof ReplayedError) reply.header(mark, 'true')
    throw error
  }
}

/** A client key stands in a page for everybody: what one visitor made is not handed to another who guesses the Idempotency-Key. */
function whose({ caller, ip }: FastifyRequest): string {
  return caller?.key.kind === 'client' ? ` ${caller.key.id} ${networkOf(ip)}` : ''
}
