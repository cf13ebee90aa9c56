/**
 * Makes samples of one channel out of bytes as they come: signed 16 bits, little-endian, the channels by turns. A piece may end
 * in the middle of a sample; the next one goes on there.
 */
export function openSampleReader(channels: 1 | 2): (bytes: Uint8Array) => Int16Array {
  const width = 2 * channels
  let rest = new Uint8Array(0)
  return (bytes) => {
    const whole = new Uint8Array(rest.length + bytes.length)
    whole.set(rest)
    whole.set(bytes, rest.length)
    const count = Math.floor(whole.length / width)
    rest = whole.slice(count * width)
    const view = new DataView(whole.buffer)
    const samples = new Int16Array(count)
    for (let at = 0; at < count; at++) {
      const left = view.getInt16(at * width, true)
      samples[at] = channels === 1 ? left : (left + view.getInt16(at * width + 2, true)) / 2
    }
    return samples
  }
}
