import { type Avatar, archiveThing, mayUse } from '@parlor/core/agent'
import type { App } from '../../http/app-types.ts'
import * as answers from './answer-schemas.ts'
import { nameMissing, noSuch } from './no-such.ts'
import { renderAvatar } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { IdParams, ListQuery } from './schemas.ts'
import { callerOf, readRoute, type WidgetWire, writeRoute } from './wire.ts'

/** Avatars: the looks an agent may have (contracts 1.4, K8, K23). */
export function registerAvatars(app: App, wire: WidgetWire): void {
  const find = async (accountId: string, id: string): Promise<Avatar> => {
    const avatar = await wire.agents.avatars.find(id)
    if (avatar !== null && mayUse(avatar, accountId)) return avatar
    throw noSuch('avatar')
  }

  app.get(
    '/v1/avatars',
    {
      config: readRoute,
      schema: {
        operationId: 'listAvatars',
        querystring: ListQuery,
        response: { 200: answers.listOf('avatars', answers.avatar) },
      },
    },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const found = await wire.agents.avatars.list(callerOf(request).account.id, window.visibility, window.page)
      const items = found.items.map((avatar) => renderAvatar(avatar, wire.publicUrl))
      return renderList('avatars', { ...found, items }, window)
    },
  )
  app.get(
    '/v1/avatars/:id',
    {
      config: readRoute,
      schema: { operationId: 'getAvatar', params: IdParams, response: { 200: answers.superset(answers.avatar) } },
    },
    async (request) => {
      const avatar = await find(callerOf(request).account.id, request.params.id)
      return superset(renderAvatar(avatar, wire.publicUrl))
    },
  )
  app.get(
    '/v1/avatars/:id/details',
    {
      config: readRoute,
      schema: { operationId: 'getAvatarDetails', params: IdParams, response: { 200: answers.AvatarDetails } },
    },
    async (request) => renderDetails(await find(callerOf(request).account.id, request.params.id), wire),
  )
  app.delete(
    '/v1/avatars/:id',
    {
      config: writeRoute,
      schema: {
        operationId: 'deleteAvatar',
        params: IdParams,
        response: { 200: answers.superset({ ...answers.removed, avatar_id: answers.avatar.id }) },
      },
    },
    async (request) => {
      const { account } = callerOf(request)
      const { id } = request.params
      await archiveThing(wire.agents.avatars, wire.clock, account.id, id).catch((error) => {
        throw nameMissing(error, 'avatar')
      })
      return superset({ success: true, message: 'Avatar deleted.', id, avatar_id: id, deleted_id: id })
    },
  )
}

/** The docs' second page has an envelope of its own. */
function renderDetails(avatar: Avatar, wire: WidgetWire) {
  const { preview_image, video_url, is_public } = renderAvatar(avatar, wire.publicUrl)
  const { id, name, gender } = avatar
  const pictures = { preview_image_url: preview_image, preview_video_url: video_url }
  return {
    error: null,
    data: { type: 'avatar', id, name, gender, ...pictures, premium: false, is_public, default_voice_id: '', tags: [] },
  }
}
