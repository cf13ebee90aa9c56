import { afterEach, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

let house: House
afterEach(() => house.close())
const read = () => house.composed.app.inject({ method: 'GET', url: '/metrics' })

it('metrics without a token are for this machine alone', async () => {
  house = await openHouse()
  expect((await read()).statusCode).toBe(200)
})

it.each([
  { HOST: '0.0.0.0', PARLOR_PUBLIC_URL: 'http://127.0.0.1:3001' },
  { HOST: '127.0.0.1', PARLOR_PUBLIC_URL: 'https://parlor.example' },
])('with %j others could ask, so a token must be set first', async (settings) => {
  house = await openHouse(settings)
  const response = await read()
  expect(response.statusCode).toBe(403)
  expect(response.json().message).toContain('PARLOR_METRICS_TOKEN')
})

it('passages read by a sentence model are told of where there is one', async () => {
  house = await openHouse()
  expect((await read()).body).not.toContain('parlor_passages')
  await house.close()
  house = await openHouse({ PARLOR_EMBEDDINGS_BASE_URL: 'http://127.0.0.1:1/v1', PARLOR_EMBEDDINGS_MODEL: 'm' })
  expect((await read()).body).toMatch(/^parlor_passages_read 0$/m)
})
