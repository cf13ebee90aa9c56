import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BrainContext } from '@parlor/conversation/brain'
import { extractReasoningMiddleware, streamText, wrapLanguageModel } from 'ai'
import { carefulFetch } from '../careful-fetch.ts'
import { modelBrain } from '../model-brain.ts'
import { openModel } from '../open-model.ts'
import { postText } from '../post-text.ts'
import { findAlways, passage } from './passages.ts'

/**
 * What one chunk of a streamed answer costs, in microseconds of processor time, by several ways to read it, while many
 * answers stream at once: `node packages/providers/openai-compatible/testing/measure-cost.ts [streams] [chunks] [pause in
 * ms] [rounds]`. The ways take turns, for a busy machine costs all of them more, and chunks that come too fast are read several at
 * a time, which costs less; each figure is the least of its rounds.
 */
const streams = Number(process.argv[2] ?? 200)
const chunks = Number(process.argv[3] ?? 200)
const pauseMs = Number(process.argv[4] ?? 60)
const rounds = Number(process.argv[5] ?? 2)

const child = fork(fileURLToPath(new URL('./paced-endpoint.ts', import.meta.url)), [`${chunks}`, `${pauseMs}`])
process.on('exit', () => child.kill())
const [{ baseUrl }] = (await once(child, 'message')) as [{ baseUrl: string }]
const endpoint = { baseUrl, apiKey: null }
const body = JSON.stringify({ messages: [] })
const context: BrainContext = {
  instructions: 'You are the guide.',
  agentName: 'Ada',
  greeting: null,
  locale: null,
  history: [],
  question: 'How much is a ticket?',
  knowledgeBase: { id: 'kb', name: 'Museum' },
  model: 'house-model',
}
const sdk = openModel(endpoint, 'm')
const brain = modelBrain({ retriever: findAlways([passage('Twelve euros.')]).retriever, endpoint })

/** Each reads one answer to its end. */
const ways: Record<string, () => Promise<unknown>> = {
  'fetch alone': async () => drain((await fetch(`${baseUrl}/chat/completions`, { method: 'POST', body })).body),
  'our fetch': async () =>
    drain((await carefulFetch(postText)(`${baseUrl}/chat/completions`, { method: 'POST', body })).body),
  'the AI SDK’s doStream': async () => {
    const { stream } = await sdk.doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] })
    return drain(stream)
  },
  'the whole brain': () => drain(brain.reply(context, new AbortController().signal)),
  'the AI SDK’s streamText': () => {
    const middleware = extractReasoningMiddleware({ tagName: 'think' })
    const model = wrapLanguageModel({ model: sdk, middleware })
    return drain(streamText({ model, prompt: 'hi', maxRetries: 0 }).stream)
  },
}

const least = new Map<string, { own: number; endpoint: number }>()
for (const read of Object.values(ways)) await Promise.all(Array.from({ length: 20 }, read))
for (let round = 0; round < rounds; round += 1) {
  for (const [name, read] of Object.entries(ways)) {
    const start = { own: process.cpuUsage(), endpoint: await cpuOf(child) }
    await Promise.all(Array.from({ length: streams }, read))
    const own = perChunk(process.cpuUsage(start.own))
    const now = await cpuOf(child)
    const other = perChunk({ user: now.user - start.endpoint.user, system: now.system - start.endpoint.system })
    const before = least.get(name)
    if (before === undefined || own < before.own) least.set(name, { own, endpoint: other })
  }
}
for (const [name, { own, endpoint: other }] of least) {
  console.log(`${name.padEnd(24)} ${own.toFixed(1)} µs per chunk; the endpoint ${other.toFixed(1)} µs`)
}
process.exit()

async function drain(stream: AsyncIterable<unknown> | null): Promise<void> {
  for await (const _ of stream ?? []);
}

function perChunk({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / streams / chunks
}

async function cpuOf(process: ChildProcess): Promise<NodeJS.CpuUsage> {
  process.send('cpu')
  const [usage] = (await once(process, 'message')) as [NodeJS.CpuUsage]
  return usage
}
