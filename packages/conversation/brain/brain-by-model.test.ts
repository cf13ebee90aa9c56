import { describe, expect, it, vi } from 'vitest'
import type { Brain, BrainContext } from './brain.ts'
import { brainByModel, configuredModels } from './brain-by-model.ts'

function brains() {
  const asked: string[] = []
  const brain = (mode: Brain['mode']): Brain => ({
    mode,
    async *reply({ model }) {
      asked.push(`${mode}:${model}`)
      yield { type: 'text', text: mode }
    },
  })
  return { asked, extractive: brain('extractive'), llm: brain('llm') }
}

async function ask(brain: Brain, model: string): Promise<void> {
  for await (const _ of brain.reply({ model } as BrainContext, new AbortController().signal));
}

describe('with an endpoint', () => {
  it.each([
    ['extractive', 'extractive:extractive'],
    ['', 'llm:house-model'],
    [' default ', 'llm:house-model'],
    ['other/model:7b', 'llm:other/model:7b'],
  ])('the model "%s" is answered by %s', async (model, by) => {
    const { asked, extractive, llm } = brains()
    const onMissing = vi.fn()
    const brain = brainByModel({ extractive, endpoint: { brain: llm, defaultModel: 'house-model' }, onMissing })
    await ask(brain, model)
    expect(asked).toEqual([by])
    expect(brain.modeFor?.(model)).toBe(by.split(':')[0])
    expect(onMissing).not.toHaveBeenCalled()
  })
})

describe('without an endpoint', () => {
  it('the documents answer for every model, and that one is missing is said once', async () => {
    const { asked, extractive } = brains()
    const onMissing = vi.fn()
    const brain = brainByModel({ extractive, endpoint: null, onMissing })
    for (const model of ['extractive', 'default', 'some-model', 'some-model', 'another']) await ask(brain, model)
    expect(asked.every((by) => by.startsWith('extractive:'))).toBe(true)
    expect(brain.modeFor?.('some-model')).toBe('extractive')
    expect(onMissing.mock.calls).toEqual([['some-model']])
  })
})

it('lists the models that are configured, the default one first', () => {
  const own = { name: 'extractive', provider: 'parlor' }
  expect(configuredModels(null)).toEqual([own])
  expect(configuredModels({ model: 'house-model' })).toEqual([
    { name: 'house-model', provider: 'openai-compatible' },
    own,
  ])
})
