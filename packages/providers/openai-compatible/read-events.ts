/**
 * Reads server-sent events (WHATWG HTML, 9.2.6) as their bytes come: gives out the data of each one that is whole. Other
 * fields, comments, and an event without its end are nothing.
 */
export function readEvents(): (bytes: Uint8Array) => string[] {
  const decoder = new TextDecoder()
  /** The beginning of a line, in the pieces it came in: to join them each time would read a long one over and over. */
  let begun: string[] = []
  let endsWithReturn = false
  let data: string[] = []

  function takeLine(line: string, events: string[]): void {
    if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
    if (line !== '' || data.length === 0) return
    events.push(data.join('\n'))
    data = []
  }

  return (bytes) => {
    let text = decoder.decode(bytes, { stream: true })
    // A line may end with both, and the second come later.
    if (endsWithReturn && text.startsWith('\n')) text = text.slice(1)
    if (text !== '') endsWithReturn = text.endsWith('\r')
    const lines = text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n')
    const rest = lines.pop() ?? ''
    const events: string[] = []
    for (const line of lines) {
      takeLine(begun.length === 0 ? line : begun.join('') + line, events)
      begun = []
    }
    if (rest !== '') begun.push(rest)
    return events
  }
}
