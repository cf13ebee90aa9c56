import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { Fetch } from './careful-fetch.ts'

/**
 * A fetch that sends a text with POST over Node's HTTP client and its kept connections; whatever else is asked goes to the
 * platform's. That one takes a text apart into a stream and sends it after its headers, and costs a request about half a
 * millisecond more. Redirects are answers like any other. Rejects when no answer came.
 */
export const postText: Fetch = (input, init = {}) => {
  const { method, body } = init
  return method === 'POST' && typeof body === 'string'
    ? post(new URL(String(input)), init, body)
    : globalThis.fetch(input, init)
}

function post(url: URL, { headers, signal }: RequestInit, body: string): Promise<Response> {
  const send = url.protocol === 'https:' ? overHttps : overHttp
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: {
        accept: '*/*',
        // What is sent is read as it comes: nothing here unpacks it.
        'accept-encoding': 'identity',
        'user-agent': 'Parlor',
        ...Object.fromEntries(new Headers(headers)),
        'content-length': Buffer.byteLength(body),
      },
      ...(signal && { signal }),
    })
    request.once('error', reject)
    request.once('response', (incoming) => {
      try {
        resolve(toResponse(incoming))
      } catch (error) {
        request.destroy()
        reject(error)
      }
    })
    request.end(body)
  })
}

/** Statuses whose answers have no body (Fetch, 2.2.6). */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

function toResponse(incoming: IncomingMessage): Response {
  const { statusCode: status = 0, rawHeaders } = incoming
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  if (bodiless.has(status)) incoming.resume()
  return new Response(bodiless.has(status) ? null : toStream(incoming), { status, headers })
}

/** Pieces that wait for their reader, before no more are taken from the socket. */
const mostWaiting = 16

/** By hand, for `Readable.toWeb` costs several times as much for every piece that comes. */
function toStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        incoming.on('data', (piece: Buffer) => {
          controller.enqueue(piece)
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause()
        })
        incoming.once('end', () => controller.close())
        incoming.once('error', (error) => controller.error(error))
      },
      pull: () => void incoming.resume(),
      cancel: () => void incoming.destroy(),
    },
    { highWaterMark: mostWaiting },
  )
}
