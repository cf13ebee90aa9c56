import type { Opened, OpenStores, Stores } from './contract-case.ts'

/** A way a store may be wrong, and the sentence of the contract that must notice. */
export interface Fault {
  name: string
  /** A piece of the case's name. */
  noticedBy: string
  /** The store's ports with the fault in them; what is not named stays sound. */
  breakIn(stores: Stores): { [Port in keyof Stores]?: Partial<Stores[Port]> }
}

/** Opens sound stores and breaks them. */
export function brokenBy({ breakIn }: Fault, open: OpenStores): OpenStores {
  return async (): Promise<Opened> => {
    const opened = await open()
    const { stores } = opened
    const broken = breakIn(stores)
    return {
      ...opened,
      stores: {
        accounts: { ...stores.accounts, ...broken.accounts },
        signingKeys: { ...stores.signingKeys, ...broken.signingKeys },
        agents: { ...stores.agents, ...broken.agents },
        sessions: { ...stores.sessions, ...broken.sessions },
        seats: { ...stores.seats, ...broken.seats },
        knowledge: { ...stores.knowledge, ...broken.knowledge },
        vectors: { ...stores.vectors, ...broken.vectors },
        chats: { ...stores.chats, ...broken.chats },
        transcripts: { ...stores.transcripts, ...broken.transcripts },
        requests: { ...stores.requests, ...broken.requests },
        operatorSessions: { ...stores.operatorSessions, ...broken.operatorSessions },
        idempotency: { ...stores.idempotency, ...broken.idempotency },
      },
    }
  }
}

/** Long enough for anybody to look, also where the store answers at once. */
const aWhileMs = 30

export const pauseAWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, aWhileMs))

/** Says yes at once and lets the write happen a while later. */
export function acknowledgeEarly<Args extends unknown[]>(
  write: (...args: Args) => Promise<void>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    pauseAWhile()
      .then(() => write(...args))
      .catch(() => {})
  }
}
