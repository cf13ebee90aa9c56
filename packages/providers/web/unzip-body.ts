import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { ParlorError, refuseField } from '@parlor/core/errors'
import type { Dispatcher } from 'undici'

interface BodyRules {
  /** The way to the value that holds the address: refusals name it. */
  field: readonly string[]
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
export function unzipBody({ headers, body }: Dispatcher.ResponseData, rules: BodyRules): Readable {
  const { limitBytes, explain, field } = rules
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
  if (coding === '' || coding === 'identity') pipeline(body, counter, forget)
  else if (Object.hasOwn(unzippers, coding)) {
    pipeline(body, unzippers[coding as keyof typeof unzippers](), counter, forget)
  } else pipeline(body, refusing(coding, field), counter, forget)
  return counter
}

/** What was zipped in a way nobody asked for is no text, and must not pass for one. */
function refusing(coding: string, field: readonly string[]): Transform {
  const message = `the address answers in the content coding ${coding.slice(0, 40)}, which Parlor cannot read.`
  return new Transform({ transform: (_piece, _encoding, done) => done(refuseField([...field], 'encoding', message)) })
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
