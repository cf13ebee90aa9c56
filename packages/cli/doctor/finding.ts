/** One thing the doctor looked at. Only what `stops` makes the command fail. */
export interface Finding {
  level: 'stops' | 'warning' | 'ok'
  /** What was looked at, such as `script-src`: a stable word. */
  check: string
  message: string
  /** The very line to write instead. */
  instead?: string
}

export const ok = (check: string, message: string): Finding => ({ level: 'ok', check, message })

export function stops(check: string, message: string, instead?: string): Finding {
  return { level: 'stops', check, message, ...(instead !== undefined && { instead }) }
}

export function warning(check: string, message: string, instead?: string): Finding {
  return { level: 'warning', check, message, ...(instead !== undefined && { instead }) }
}
