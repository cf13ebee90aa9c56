import { openFilePlace } from './store-in-file.ts'

export type StoreKind = 'sqlite' | 'postgres'

/** What a test does to its server's store, besides reading it when the server is gone. */
export type StoreTap = 'breaks' | 'hears_commits'

/** Where one server, through all its lives, keeps what it must not lose. */
export interface StorePlace {
  kind: StoreKind
  /** The settings that lead a server there. */
  env: Readonly<Record<string, string>>
  nodeArgs: readonly string[]
  /** What is in `env` and must never be seen anywhere. */
  secrets: readonly string[]
  /** Everything in it, as one text to search. */
  readAll(): Promise<string>
  /** From now on nothing can be read from it or written to it. For a server started with the tap `breaks`. */
  break(): void
  mend(): void
  /** Calls once, when a transaction is about to be committed or just was. For a server started with the tap `hears_commits`. */
  onceCommitted(call: () => void): void
  remove(): Promise<void>
}

export type OpenPlace = (tap: StoreTap | null) => Promise<StorePlace>

let chosen: { kind: StoreKind; open: OpenPlace } = { kind: 'sqlite', open: openFilePlace }

/** Servers started from now on keep what they have there. The tests are for either store; a setup file of the test run calls this. */
export function chooseStore(kind: StoreKind, open: OpenPlace): void {
  chosen = { kind, open }
}

/** For the few tests that say another thing of each store. */
export function storeKind(): StoreKind {
  return chosen.kind
}

/** An empty place of the store the test run is for. */
export function openStorePlace(tap: StoreTap | null): Promise<StorePlace> {
  return chosen.open(tap)
}
