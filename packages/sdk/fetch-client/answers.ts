import { FetchError } from './errors.ts'

/** An answer whose body is still to be read: what the `Raw` twin of an operation resolves to. */
export interface ApiResponse<T> {
  raw: Response
  /** Reads the body; once. Rejects with FetchError when it breaks off or is not what it should be. */
  value(): Promise<T>
}

export type ResponseTransformer<T> = (json: unknown) => T

/** A body of JSON. */
export class JSONApiResponse<T> implements ApiResponse<T> {
  readonly raw: Response
  readonly #transform: ResponseTransformer<T>

  // The caller who names T without a transformer says that the body is one.
  constructor(raw: Response, transform: ResponseTransformer<T> = (json) => json as T) {
    this.raw = raw
    this.#transform = transform
  }

  async value(): Promise<T> {
    return this.#transform(await readJson(this.raw))
  }
}

/** A body nobody reads. */
export class VoidApiResponse implements ApiResponse<void> {
  readonly raw: Response

  constructor(raw: Response) {
    this.raw = raw
  }

  async value(): Promise<void> {}
}

/** A body of bytes. */
export class BlobApiResponse implements ApiResponse<Blob> {
  readonly raw: Response

  constructor(raw: Response) {
    this.raw = raw
  }

  value(): Promise<Blob> {
    return this.raw.blob()
  }
}

/** A body of text. */
export class TextApiResponse implements ApiResponse<string> {
  readonly raw: Response

  constructor(raw: Response) {
    this.raw = raw
  }

  value(): Promise<string> {
    return this.raw.text()
  }
}

/** Reads a body of JSON. A body that breaks off is no answer either. @throws FetchError */
export async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw cause instanceof Error ? new FetchError(cause, 'The answer could not be read to its end.') : cause
  }
}

/** Whether a content type is JSON, such as `application/json; charset=utf-8` or `application/problem+json`. */
export function isJson(contentType: string | null | undefined): boolean {
  return /^application\/([^;]+\+)?json\s*(;|$)/i.test(contentType ?? '')
}
