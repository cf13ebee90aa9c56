import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react'
import type { GramCore } from '../core.ts'

const GramContext = createContext<GramCore | null>(null)

export interface GramProviderProps {
  /** Make it once, outside of any component. */
  client: GramCore
  children?: ReactNode
}

/**
 * Gives the hooks below it their client.
 * @example
 * const page = createElement(GramProvider, { client: new GramCore() }, 'your page')
 */
export function GramProvider({ client, children }: GramProviderProps): ReactElement {
  return createElement(GramContext.Provider, { value: client }, children)
}

/** The client of the provider above. @throws Error where there is none */
export function useGramContext(): GramCore {
  const client = useContext(GramContext)
  if (client === null) throw new Error('There is no GramProvider above this component.')
  return client
}
