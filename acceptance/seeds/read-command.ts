/** What a `curl` command line asks for. */
export interface CurlRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: string | undefined
}

/** Reads a `curl` command as the documents write it: `-X`, `-H`, `-d` and an address. @throws Error on anything else. */
export function readCommand(command: string): CurlRequest {
  const [program, ...words] = splitWords(command)
  if (program !== 'curl') throw new Error(`${program} is not curl.`)
  const headers: Record<string, string> = {}
  let method: string | undefined
  let body: string | undefined
  let address: string | undefined
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string
    if (word === '-X') method = words[++at]
    else if (word === '-d') body = words[++at]
    else if (word === '-H') {
      const [name = '', ...rest] = (words[++at] ?? '').split(':')
      headers[name] = rest.join(':').trim()
    } else if (word.startsWith('-') || address !== undefined) throw new Error(`What does ${word} mean?`)
    else address = word
  }
  if (address === undefined) throw new Error('The command has no address.')
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url: new URL(address), headers, body }
}

/** Words as a shell splits them: quotes of both kinds, and a backslash that takes the meaning from what follows. */
function splitWords(command: string): string[] {
  const pieces = command.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\\n|\\(.)|(\s+)|([^\s'"\\]+)/g)
  const words: string[] = []
  let word: string | undefined
  for (const [whole, single, double, escaped, space, bare] of pieces) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (whole !== '\\\n') {
      word = (word ?? '') + (single ?? double?.replace(/\\([$`"\\])/g, '$1') ?? escaped ?? bare ?? '')
    }
  }
  return word === undefined ? words : [...words, word]
}
