import { mayUse } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import type { App } from '../../http/app-types.ts'
import { renderAvatar, renderVoice } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { IdParams, ListQuery } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

const read = { credential: { kind: 'secret_key', scope: 'read' } } as const

/** Avatars and voices: the parts an agent is made of that are looked up, not made (contracts 1.4). */
export function registerParts(app: App, wire: WidgetWire): void {
  app.get(
    '/v1/avatars',
    { config: read, schema: { operationId: 'listAvatars', querystring: ListQuery } },
    async (r) => {
      const window = windowFrom(r.query as ListQuery)
      const found = await wire.agents.avatars.list(callerOf(r).account.id, window.visibility, window.page)
      return renderList('avatars', { ...found, items: found.items.map((a) => renderAvatar(a, wire.publicUrl)) }, window)
    },
  )
  app.get('/v1/avatars/:id', { config: read, schema: { operationId: 'getAvatar', params: IdParams } }, async (r) => {
    const avatar = await wire.agents.avatars.find(r.params.id)
    if (avatar === null || !mayUse(avatar, callerOf(r).account.id)) throw noSuch('avatar')
    return superset(renderAvatar(avatar, wire.publicUrl))
  })
  app.get('/v1/voices', { config: read, schema: { operationId: 'listVoices', querystring: ListQuery } }, async (r) => {
    const window = windowFrom(r.query as ListQuery)
    const found = await wire.agents.voices.list(callerOf(r).account.id, window.visibility, window.page)
    return renderList('voices', { ...found, items: found.items.map(renderVoice) }, window)
  })
  app.get('/v1/voices/:id', { config: read, schema: { operationId: 'getVoice', params: IdParams } }, async (r) => {
    const voice = await wire.agents.voices.find(r.params.id)
    if (voice === null || !mayUse(voice, callerOf(r).account.id)) throw noSuch('voice')
    return superset(renderVoice(voice))
  })
}

export function noSuch(noun: string): ParlorError {
  return new ParlorError('not_found', {
    message: `There is no ${noun} with this id in your account or among the public ones.`,
  })
}
