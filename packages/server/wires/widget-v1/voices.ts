import { mayUse, type Voice } from '@parlor/core/agent'
import type { App } from '../../http/app-types.ts'
import * as answers from './answer-schemas.ts'
import { noSuch } from './no-such.ts'
import { renderVoice } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { IdParams, type ListQuery, VoiceQuery } from './schemas.ts'
import { callerOf, readRoute, type WidgetWire } from './wire.ts'

/** Nobody has more voices than this; a filtered list is cut from all of them. */
const mostVoices = 1000

/** Voices: how an agent may sound (contracts 1.4, K9). */
export function registerVoices(app: App, wire: WidgetWire): void {
  app.get(
    '/v1/voices',
    {
      config: readRoute,
      schema: {
        operationId: 'listVoices',
        querystring: VoiceQuery,
        response: { 200: answers.listOf('voices', answers.voice) },
      },
    },
    async (request) => {
      const { language, gender } = request.query
      const window = windowFrom(request.query as ListQuery)
      const { id } = callerOf(request).account
      const { items } = await wire.agents.voices.list(id, window.visibility, { offset: 0, limit: mostVoices })
      const fits = (voice: Voice) =>
        (gender === undefined || voice.gender === gender) && (language === undefined || speaks(voice, language))
      const fitting = items.filter(fits)
      const { offset, limit } = window.page
      const shown = fitting.slice(offset, offset + limit).map(renderVoice)
      return renderList('voices', { items: shown, total: fitting.length }, window)
    },
  )
  app.get(
    '/v1/voices/:id',
    {
      config: readRoute,
      schema: { operationId: 'getVoice', params: IdParams, response: { 200: answers.superset(answers.voice) } },
    },
    async (request) => {
      const voice = await wire.agents.voices.find(request.params.id)
      if (voice === null || !mayUse(voice, callerOf(request).account.id)) throw noSuch('voice')
      return superset(renderVoice(voice))
    },
  )
}

/** `en` asks for any English, `en-GB` for that one. */
function speaks(voice: Voice, language: string): boolean {
  const [has, asked] = [voice.language.toLowerCase(), language.toLowerCase()]
  return has === asked || has.startsWith(`${asked}-`)
}
