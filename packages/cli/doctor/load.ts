const timeoutMs = 10_000
const largestBytes = 5 * 1024 * 1024

export interface Loaded {
  /** Where it came from after redirects. */
  url: URL
  status: number
  headers: Headers
  text: string
  /** Whether there was more than 5 MiB, of which the rest was left. */
  isCut: boolean
  /** The server's clock minus ours, in milliseconds; null where the answer has no Date. Exact to about a second. */
  clockDifferenceMs: number | null
}

/** Gets an address: redirects followed, 10 s, at most 5 MiB. @throws Error with a sentence when nothing came. */
export async function load(url: string | URL, headers: Record<string, string> = {}): Promise<Loaded> {
  const begun = Date.now()
  try {
    const response = await fetch(url, { headers, redirect: 'follow', signal: AbortSignal.timeout(timeoutMs) })
    const between = (begun + Date.now()) / 2
    const { bytes, isCut } = await readBody(response)
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      url: new URL(response.url || url),
      status: response.status,
      headers: response.headers,
      text: new TextDecoder().decode(bytes),
      isCut,
      // A Date is cut to its second: half of one is what it lacks on average.
      clockDifferenceMs: Number.isNaN(date) ? null : date + 500 - between,
    }
  } catch (cause) {
    throw new Error(`${new URL(url).origin} did not answer: ${reasonOf(cause)}.`, { cause })
  }
}

async function readBody(response: Response): Promise<{ bytes: Uint8Array; isCut: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size > largestBytes) return { bytes: Buffer.concat(chunks).subarray(0, largestBytes), isCut: true }
  }
  return { bytes: Buffer.concat(chunks), isCut: false }
}

/** `fetch` says only that it failed; why is in what it wraps. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `nothing came for ${timeoutMs / 1000} seconds`
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? `${cause.message || 'refused'} (${cause.code})` : cause.message
  return error.message
}
