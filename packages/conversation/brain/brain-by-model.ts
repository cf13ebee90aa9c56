import type { Brain, BrainContext } from './brain.ts'

/** The model name that asks for quotations from the documents. */
export const extractiveModel = 'extractive'

/** An agent's model may be left to the installation. */
const meansDefault: ReadonlySet<string> = new Set(['', 'default'])

export interface BrainChoice {
  extractive: Brain
  /** The configured endpoint, or null where there is none. */
  endpoint: { brain: Brain; defaultModel: string } | null
  /** Called once, when an agent first asks for a model and there is no endpoint. */
  onMissing(model: string): void
}

/**
 * A brain for all agents: the model's name decides. `extractive` quotes; any other name goes to the endpoint, and the
 * default model stands for an empty name and for `default`. Without an endpoint the documents answer for every name.
 */
export function brainByModel({ extractive, endpoint, onMissing }: BrainChoice): Brain {
  let isMissed = false
  const choose = (model: string) => (model === extractiveModel || endpoint === null ? extractive : endpoint.brain)
  return {
    mode: endpoint === null ? extractive.mode : endpoint.brain.mode,
    modeFor: (model) => choose(nameOf(model)).mode,
    reply(context, signal) {
      const model = nameOf(context.model)
      if (model !== extractiveModel && endpoint === null && !isMissed) {
        isMissed = true
        onMissing(model)
      }
      return choose(model).reply(withModel(context, model), signal)
    },
  }

  function nameOf(model: string): string {
    const name = model.trim()
    return meansDefault.has(name) ? (endpoint?.defaultModel ?? extractiveModel) : name
  }
}

function withModel(context: BrainContext, model: string): BrainContext {
  return context.model === model ? context : { ...context, model }
}

/** A name an agent's model may have, with what answers then. */
export interface ConfiguredModel {
  name: string
  provider: 'parlor' | 'openai-compatible'
}

/** The models this installation knows of, its default first; an endpoint may serve more of them. */
export function configuredModels(endpoint: { model: string } | null): readonly ConfiguredModel[] {
  const own: ConfiguredModel = { name: extractiveModel, provider: 'parlor' }
  return endpoint === null ? [own] : [{ name: endpoint.model, provider: 'openai-compatible' }, own]
}
