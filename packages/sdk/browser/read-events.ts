/**
 * The data of each event of a stream as they come (WHATWG HTML, 9.2.6), without names and ids. `onSign` is called for every sign of life. An event
 * that was cut is not told; a body that breaks rejects with what the runtime throws.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>, onSign: () => void): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      onSign()
      rest += decoder.decode(value, { stream: true })
      // A return at the very end may be half of a line's end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const [, name, text = ''] = /^(\w*)(?:: ?(.*))?$/s.exec(line) ?? []
        if (line === '') {
          if (data.length > 0) yield data.join('\n')
          data = []
        } else if (name === 'data') data.push(text)
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
