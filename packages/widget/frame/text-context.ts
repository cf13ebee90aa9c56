import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { en, type Messages } from './i18n/en.ts'

export const TextContext = createContext<Messages>(en)

export function useText(): Messages {
  return useContext(TextContext)
}
