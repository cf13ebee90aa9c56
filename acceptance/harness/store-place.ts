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
  /** Calls once, right at a commit: so that a kill falls beside it. For a server started with the tap `hears_commits`. */
  onceCommitted(call: () => void): void
  remove(): Promise<void>
}

export type OpenPlace = (tap: StoreTap | null) => Promise<StorePlace>
