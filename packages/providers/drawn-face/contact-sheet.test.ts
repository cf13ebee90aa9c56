import { readFile } from 'node:fs/promises'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import { contactSheet, drawContactSheet } from './testing/contact-sheet.ts'

async function pixelsOf(png: Buffer): Promise<{ width: number; height: number; data: Uint8ClampedArray }> {
  const image = await loadImage(png)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height)
}

test('the picture in the documents shows the face as it is drawn, and is small', async () => {
  const file = await readFile(contactSheet)
  expect(file.length).toBeLessThan(150_000)
  const [kept, drawn] = await Promise.all([pixelsOf(file), pixelsOf(drawContactSheet())])
  expect([kept.width, kept.height]).toEqual([drawn.width, drawn.height])
  // Another machine may smooth an edge differently; a face that looks different would change hundreds of pixels.
  const differing = kept.data.filter((value, at) => Math.abs(value - (drawn.data[at] ?? 0)) > 24).length
  expect(differing).toBeLessThan(100)
})
