import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FetchError } from '../fetch-client/index.ts'
import { KonPro, KonProError } from './konpro.ts'
import { KonProSDK } from './konpro-sdk.ts'

/** A server that misbehaves by the session it is asked for. */
let server: Server
let baseURL: string
let asked: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const [wanted = ''] = /[^/]*$/.exec(request.url ?? '') ?? []
    if (wanted === 'hangs') return
    const json = { 'content-type': 'application/json' }
    if (wanted === 'cut') {
      response.writeHead(200, { ...json, 'content-length': '100' })
      return void response.write('{"data":', () => response.destroy())
    }
    if (wanted === 'busy') return void response.writeHead(503, { 'retry-after': '1' }).end('<h1>busy</h1>')
    const error = { code: 'VALIDATION_ERROR', message: 'No.', request_id: 'req-1' }
    response.writeHead(422, json).end(JSON.stringify({ error, detail: [] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('the first generation', () => {
  it('gives up after its time, and on an answer that breaks off, with a FetchError', async () => {
    const hasty = new KonProSDK('key', { baseURL, timeout: 50 })
    const late = await hasty.widgets.getSession('hangs').catch((error: unknown) => error)
    expect(late).toBeInstanceOf(FetchError)
    expect(late).toMatchObject({ cause: { name: 'TimeoutError' } })
    const patient = new KonProSDK('key', { baseURL, timeout: 0 })
    await expect(patient.widgets.getSession('cut')).rejects.toBeInstanceOf(FetchError)
  })

  it('rejects a refusal with the body as data', async () => {
    await expect(new KonProSDK('key', { baseURL }).widgets.getSession('odd')).rejects.toMatchObject({
      name: 'KonProError',
      status: 422,
      code: 'VALIDATION_ERROR',
      message: 'No.',
      requestId: 'req-1',
      data: { detail: [] },
    })
  })
})

describe('the second generation', () => {
  it('reads a refusal that is not JSON by its status, and asks once however busy the server is', async () => {
    asked = []
    const busy = new KonPro({ apiKey: 'key', basePath: baseURL })
    const error = await busy.widget.revokeWidgetSession({ sessionId: 'busy' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(KonProError)
    expect(error).toMatchObject({ status: 503, code: 'HTTP_503', message: 'Service Unavailable', requestId: undefined })
    expect(asked).toEqual(['DELETE /v1/widget/sessions/busy'])
  })

  it('rejects an answer that breaks off with a FetchError', async () => {
    const konpro = new KonPro({ apiKey: 'key', basePath: baseURL })
    await expect(konpro.widget.getWidgetSessionStatus({ sessionId: 'cut' })).rejects.toBeInstanceOf(FetchError)
  })

  it('makes each API once', () => {
    const konpro = new KonPro({ apiKey: 'key', basePath: baseURL })
    expect(konpro.widget).toBe(konpro.widget)
    expect(konpro.voices).not.toBe(konpro.brains)
  })
})
