import { expect, test } from 'vitest'
import { layOver, toI420 } from './to-i420.ts'

const plain = (red: number, green: number, blue: number) =>
  Uint8ClampedArray.from({ length: 4 * 4 * 4 }, (_, at) => [red, green, blue, 255][at % 4] ?? 0)

test.each([
  ['white', [255, 255, 255], [235, 128, 128]],
  ['black', [0, 0, 0], [16, 128, 128]],
  ['red', [255, 0, 0], [81, 90, 240]],
  ['green', [0, 255, 0], [145, 54, 34]],
  ['blue', [0, 0, 255], [41, 240, 110]],
  ['grey', [128, 128, 128], [126, 128, 128]],
])('%s has the brightness and colour that BT.601 gives it in limited range', (_, colour, expected) => {
  const [red = 0, green = 0, blue = 0] = colour
  const { data } = toI420(plain(red, green, blue), 4, 4)
  expect([data[0], data[16], data[20]]).toEqual(expected)
  expect(new Set(data.subarray(0, 16)).size).toBe(1)
})

test('each pixel keeps its own brightness, and four share their mean colour', () => {
  const rgba = plain(0, 0, 0)
  rgba.set([255, 255, 255, 255], 4)
  rgba.set([255, 0, 0, 255], 8)
  const { data } = toI420(rgba, 4, 4)
  expect([...data.subarray(0, 4)]).toEqual([16, 235, 81, 16])
  expect(data[16]).toBe(128)
  expect(data[17]).toBe(119)
})

test('a piece laid over a picture changes that part of all three planes and nothing else', () => {
  const under = toI420(new Uint8ClampedArray(8 * 8 * 4), 8, 8)
  layOver(under, { data: new Uint8Array(24).fill(200), width: 4, height: 4 }, 2, 4)
  const changed = [...under.data.entries()].filter(([, value]) => value === 200).map(([at]) => at)
  const brightness = [4, 5, 6, 7].flatMap((row) => [2, 3, 4, 5].map((column) => row * 8 + column))
  const chroma = [2, 3].flatMap((row) => [1, 2].map((column) => row * 4 + column))
  expect(changed).toEqual([...brightness, ...chroma.map((at) => 64 + at), ...chroma.map((at) => 80 + at)])
})
