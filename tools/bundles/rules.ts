/** Sizes in bytes after brotli at its best, as the server sends them. */
export const sizeLimits = {
  loader: 3 * 1024,
  frameFirstLoad: 30 * 1024,
  /** A function of the SDK with its transport. */
  sdkFunction: 2.5 * 1024,
  /** The browser entry of the SDK with the live connection. */
  sdkBrowser: 6 * 1024,
} as const

/** What no file that a browser receives may hold. */
export interface ForbiddenText {
  pattern: RegExp
  what: string
  instead: string
  /** A library we ship may bring this many of its own; counted in the library's files, never written down here. */
  asManyAs?: readonly string[]
}

const preact = ['preact/dist/preact.mjs', 'preact/hooks/dist/hooks.mjs']
const keysStayHome = 'keys stay on the backend; the browser gets a session token only'
const nodesOnly = 'make nodes and set textContent'
const noStorage = 'keep it in memory, or hand it to the page with parlor.keep'

export const forbiddenTexts: readonly ForbiddenText[] = [
  { pattern: /x-api-key/gi, what: 'the API key header', instead: keysStayHome },
  { pattern: /gram-key/gi, what: 'the API key header of the chat wire', instead: keysStayHome },
  { pattern: /\bprl_(live|test|pub)/g, what: 'the prefix of a Parlor key', instead: keysStayHome },
  { pattern: /\bsk[-_](live|test|proj|ant)\b/g, what: 'the prefix of a secret key', instead: keysStayHome },
  { pattern: /PARLOR_[A-Z]/g, what: 'a server setting', instead: 'let the server send what the page needs' },
  { pattern: /process\.env/g, what: 'the environment', instead: 'let the server send what the page needs' },
  {
    pattern: /\b(openai|anthropic|elevenlabs|deepgram|mistral|cohere|groq|azure|heygen|tavus)\b/gi,
    what: 'the name of a provider',
    instead: 'talk to a provider on the server',
  },
  {
    pattern: /\b(?:https?|wss?):\/\/(?!www\.w3\.org\/)[\w[]/gi,
    what: 'an absolute address',
    instead: "build it from the server's own origin",
  },
  { pattern: /["'`]\/\/[a-z0-9-]+\.[a-z]/gi, what: 'an address of another host', instead: 'serve it from here' },
  { pattern: /\beval\s*\(/g, what: 'eval', instead: 'a strict policy refuses it; write the code out' },
  {
    pattern: /\bFunction\s*\(/g,
    what: 'code made from text',
    instead: 'a strict policy refuses it; write the code out',
  },
  { pattern: /innerHTML/g, what: 'innerHTML', instead: nodesOnly, asManyAs: preact },
  { pattern: /dangerouslySetInnerHTML/g, what: 'dangerouslySetInnerHTML', instead: nodesOnly, asManyAs: preact },
  {
    pattern: /outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|document\.write|srcdoc/g,
    what: 'HTML made from text',
    instead: nodesOnly,
  },
  { pattern: /document\.cookie/g, what: 'a cookie', instead: noStorage },
  { pattern: /\b(localStorage|indexedDB)\b/g, what: 'lasting storage', instead: noStorage },
]
