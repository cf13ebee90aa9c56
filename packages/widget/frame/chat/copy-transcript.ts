import type { Transcript } from '@parlor/live-client'

/** The conversation as plain text, with the sources of each answer below it and an unsent draft at the end. */
export function transcriptText(transcript: Transcript, names: { you: string; agent: string }, draft = ''): string {
  const parts = transcript.entries.map((entry) => {
    if (entry.kind === 'reset') return '---'
    if (entry.kind === 'visitor') return `${names.you}: ${entry.text}`
    const sources = entry.citations.map(({ n, title, source }) => `[${n}] ${title} (${source})`)
    return [`${names.agent}: ${entry.text}`, ...sources].join('\n')
  })
  if (draft.trim()) parts.push(`${names.you}: ${draft}`)
  return parts.join('\n\n')
}

/** Copies a text; must be called from a gesture. False where the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  // The old command works in a frame of another origin; the clipboard itself is forbidden there unless the page allows it.
  return (
    copyByCommand(text) ||
    navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  )
}

function copyByCommand(text: string): boolean {
  const focused = document.activeElement
  const field = Object.assign(document.createElement('textarea'), { value: text, className: 'hidden' })
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}
