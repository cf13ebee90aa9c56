import { parentPort } from 'node:worker_threads'
import { readDocument } from './read-document.ts'
import { type FromWorker, type ToWorker, toRefusal } from './worker-messages.ts'

// No parser has anything to fetch; one that tries is stopped here.
globalThis.fetch = () => Promise.reject(new Error('Documents are read without a network.'))
// A library's warnings on a stranger's document belong in nobody's log.
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) console[level] = () => {}

const port = parentPort
port?.on('message', (document: ToWorker) => {
  readDocument(document).then(
    (read) => port.postMessage({ read } satisfies FromWorker),
    (error) => port.postMessage({ refusal: toRefusal(error, document.field) } satisfies FromWorker),
  )
})
