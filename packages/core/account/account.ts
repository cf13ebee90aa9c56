/** Who pays and owns: a customer of this installation. */
export interface Account {
  id: string
  name: string
  /** How many sessions may be open at once; null for no ceiling. */
  concurrency: number | null
  /** The longest a session may live, in seconds; null for the installation's own ceiling. */
  maxDurationSeconds: number | null
  suspendedAt: number | null
  createdAt: number
}

/** A part of an account with agents, signing keys and sites of its own. The default one has the slug `default`. */
export interface Project {
  id: string
  accountId: string
  slug: string
  name: string
  /** Whether {@link allowedOrigins} binds every session of the project. */
  strictOrigins: boolean
  /** Canonical origins, such as `https://shop.example`. */
  allowedOrigins: string[]
  /** Origins somebody asked for that are not allowed: nobody decided yet, or it was refused. */
  originRequests: OriginRequest[]
  /** When it was deleted; its row stays, and the store goes on showing it. Null while it lives. */
  deletedAt: number | null
  createdAt: number
}

/** An origin that waits for a project's decision or was refused. Allowed ones stand in {@link Project.allowedOrigins}. */
export interface OriginRequest {
  origin: string
  status: 'pending' | 'rejected'
}
