import type { Frame } from '@parlor/conversation/room'

/** Bytes of a picture in I420. Width and height are even. */
const bytesOf = (width: number, height: number): number => (width * height * 3) / 2

// BT.601, limited range, in 1/65536: what a video encoder takes a picture without further notice for.
const half = 1 << 15
const grey = (16 << 16) + half
const neutral = (128 << 16) + half

/**
 * RGBA to I420 (BT.601, limited range). Chroma is the mean of each two by two.
 * @param rgba opaque; `width` and `height` are even
 */
export function toI420(rgba: Uint8ClampedArray, width: number, height: number): Frame {
  const data = new Uint8Array(bytesOf(width, height))
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height)
  const count = width * height
  let chroma = count
  const plane = count >> 2
  for (let row = 0; row < height; row += 2) {
    let at = row * width
    const end = at + width
    for (; at < end; at += 2) {
      const a = pixels[at] as number
      const b = pixels[at + 1] as number
      const c = pixels[at + width] as number
      const d = pixels[at + width + 1] as number
      data[at] = luma(a)
      if (a === b && a === c && a === d) {
        const same = data[at] as number
        data[at + 1] = same
        data[at + width] = same
        data[at + width + 1] = same
      } else {
        data[at + 1] = luma(b)
        data[at + width] = luma(c)
        data[at + width + 1] = luma(d)
      }
      // Red and blue lie sixteen bits apart, so that one sum adds both without the one running into the other.
      const redBlue = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff)
      const red = redBlue & 0xffff
      const blue = redBlue >>> 16
      const green = ((a >> 8) & 0xff) + ((b >> 8) & 0xff) + ((c >> 8) & 0xff) + ((d >> 8) & 0xff)
      data[chroma] = (neutral + ((-9713 * red - 19070 * green + 28783 * blue) >> 2)) >> 16
      data[chroma + plane] = (neutral + ((28783 * red - 24103 * green - 4680 * blue) >> 2)) >> 16
      chroma++
    }
  }
  return { data, width, height }
}

/** Memory order is red, green, blue, alpha on every machine Parlor runs on. */
function luma(pixel: number): number {
  return (grey + 16829 * (pixel & 0xff) + 33039 * ((pixel >> 8) & 0xff) + 6416 * ((pixel >> 16) & 0xff)) >> 16
}

/** Lays a piece over a picture; `left` and `top` are even. */
export function layOver(under: Frame, piece: Frame, left: number, top: number): void {
  const planes = [
    { from: 0, at: 0, by: 1 },
    { from: piece.width * piece.height, at: under.width * under.height, by: 2 },
    { from: (piece.width * piece.height * 5) / 4, at: (under.width * under.height * 5) / 4, by: 2 },
  ]
  for (const { from, at, by } of planes) {
    const width = piece.width / by
    for (let row = 0; row < piece.height / by; row++) {
      const source = from + row * width
      const target = at + (top / by + row) * (under.width / by) + left / by
      under.data.set(piece.data.subarray(source, source + width), target)
    }
  }
}
