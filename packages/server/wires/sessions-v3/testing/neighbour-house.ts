import { type House, openHouse } from '../../../admission/house.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A server over a fresh store, and two accounts that call this wire. */
export async function openNeighbourhood() {
  const house = await openHouse()
  const keys = { mine: await house.makeKey(house.mine), theirs: await house.makeKey(house.theirs) }
  return { house, mine: callWith(house, keys.mine), theirs: callWith(house, keys.theirs) }
}

function callWith({ composed }: House, key: string) {
  return async (method: Method, url: string, payload?: object, headers: Record<string, string> = {}) => {
    const response = await composed.app.inject({
      method,
      url,
      headers: { 'x-api-key': key, ...headers },
      ...(payload && { payload }),
    })
    return { status: response.statusCode, body: response.json(), headers: response.headers }
  }
}

/** A picture of one pixel, and its data URL. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
export const pixelUrl = `data:image/png;base64,${pixel.toString('base64')}`

/** A PNG of so many bytes, as a data URL: its beginning is right, the rest is nothing. */
export function pictureOf(bytes: number): string {
  const picture = Buffer.alloc(bytes)
  pixel.copy(picture, 0, 0, Math.min(bytes, 24))
  return `data:image/png;base64,${picture.toString('base64')}`
}
