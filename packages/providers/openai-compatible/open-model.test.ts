import { expect, test } from 'vitest'
import { openModels } from './open-model.ts'

const endpoint = { baseUrl: 'http://127.0.0.1:9/v1', apiKey: null }

test('a model that is used again is not made again', () => {
  const open = openModels(endpoint)
  const model = open('small')
  for (let number = 0; number < 200; number++) {
    open(`model-${number}`)
    expect(open('small')).toBe(model)
  }
  expect(model.modelId).toBe('small')
})

test('a name that was used long ago is forgotten', () => {
  const open = openModels(endpoint)
  const first = open('first')
  for (let number = 0; number < 64; number++) open(`model-${number}`)
  expect(open('first')).not.toBe(first)
})
