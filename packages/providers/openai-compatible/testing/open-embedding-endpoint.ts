import type { ServerResponse } from 'node:http'
import { type AudioAsked, openAudioEndpoint } from './open-audio-endpoint.ts'

/** One request for vectors. */
export interface EmbeddingAsked extends AudioAsked {
  wish: { model: string; input: string[]; encoding_format: string }
}

/** What the endpoint does with one request. */
export type EmbeddingAct = (response: ServerResponse, asked: EmbeddingAsked) => unknown

/** A real endpoint for embeddings on a port of this machine; it does what `act` says, whatever is asked. */
export async function openEmbeddingEndpoint(act: EmbeddingAct) {
  const server = await openAudioEndpoint((response, asked) => act(response, { ...asked, wish: wishIn(asked) }))
  return { ...server, wishes: () => server.asked.map(wishIn) }
}

function wishIn({ body }: AudioAsked): EmbeddingAsked['wish'] {
  return JSON.parse(body.toString('utf8'))
}

/** Answers with these vectors, or whatever stands for them, in this order. */
export function sendVectors(response: ServerResponse, data: readonly unknown[]): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ object: 'list', data, model: 'fake', usage: { prompt_tokens: 1, total_tokens: 1 } }))
}

/** Answers as it should: each text gets a vector that tells it from others, and is not of length 1. */
export function sendLengths(response: ServerResponse, { wish }: EmbeddingAsked): void {
  const data = wish.input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1, 0] }))
  sendVectors(response, data.toReversed())
}
