/**
 * The events of a `text/event-stream` body, as `{ id, event, data }`, as they come.
 * @throws TypeError when the connection breaks; it just ends when the server ends it.
 */
export async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const blocks = (rest + value).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = readBlock(block)
        if (event.data !== '') yield event
      }
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

function readBlock(block) {
  const fields = { id: '', event: 'message', data: [] }
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? []
    if (name === 'data') fields.data.push(value)
    else if (name === 'id' || name === 'event') fields[name] = value
  }
  return { ...fields, data: fields.data.join('\n') }
}
