import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { ParlorError } from '@parlor/core/errors'
import type { Dispatcher } from 'undici'

interface BodyRules {
  limitBytes: number
  /** Turns a failure of the network into one for the caller; it throws. */
  explain(error: unknown): never
}

const unzippers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const

/** A body as it was before it was zipped, counted on the way: what unzips without end is stopped at the limit. */
export function unzipBody({ headers, body }: Dispatcher.ResponseData, { limitBytes, explain }: BodyRules): Readable {
  const coding = String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase()
  let count = 0
  const counter = new Transform({
    transform(piece: Buffer, _encoding, done: TransformCallback) {
      count += piece.byteLength
      if (count > limitBytes) done(tooLarge(limitBytes))
      else done(null, piece)
    },
    destroy: (error, done) => done(error === null ? null : explained(error, explain)),
  })
  // Its failures reach whoever reads the last of these.
  const forget = () => {}
  if (Object.hasOwn(unzippers, coding)) pipeline(body, unzippers[coding as keyof typeof unzippers](), counter, forget)
  else pipeline(body, counter, forget)
  return counter
}

function explained(error: Error, explain: BodyRules['explain']): Error {
  try {
    explain(error)
  } catch (told) {
    return told as Error
  }
}

function tooLarge(limitBytes: number): ParlorError {
  const limit = limitBytes >= 1024 * 1024 ? `${Math.floor(limitBytes / 1024 / 1024)} MiB` : `${limitBytes} bytes`
  return new ParlorError('payload_too_large', {
    message: `What stands at the address is larger than ${limit}. Use the address of a smaller document.`,
  })
}
