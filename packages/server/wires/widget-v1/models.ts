import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { readRoute, type WidgetWire } from './wire.ts'

const model = Type.Object({ name: Type.String(), provider: Type.String() })

/** `GET /v1/llms`: the values a brain's `llm_name` may have here (contracts 1.4). */
export function registerModels(app: App, wire: WidgetWire): void {
  const answer = Type.Object({ data: Type.Array(model), llms: Type.Array(model), meta: Type.Null() })
  app.get(
    '/v1/llms',
    { config: readRoute, schema: { operationId: 'listLlms', response: { 200: answer } } },
    async () => {
      const models = [...wire.models]
      return { data: models, llms: models, meta: null }
    },
  )
}
