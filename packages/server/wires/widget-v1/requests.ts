import type { RequestRecord } from '@parlor/core/account'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import * as answers from './answer-schemas.ts'
import { renderList, windowFrom } from './render-list.ts'
import { type ListQuery, RequestQuery } from './schemas.ts'
import { callerOf, readRoute, type WidgetWire } from './wire.ts'

/** `GET /v1/requests`: what this account's keys were used for, newest first, and how often this month (contracts B38-B43). */
export function registerRequests(app: App, wire: WidgetWire): void {
  const list = answers.listOf('requests', answers.requestRow)
  app.get(
    '/v1/requests',
    {
      config: readRoute,
      schema: {
        operationId: 'listRequests',
        querystring: RequestQuery,
        response: { 200: Type.Object({ ...list.properties, requests_this_month: Type.Integer() }) },
      },
    },
    async (request) => {
      const { account } = callerOf(request)
      const { operation } = request.query
      const window = windowFrom(request.query as ListQuery)
      const found = await wire.requests.listRequests(
        account.id,
        operation === undefined ? {} : { operation },
        window.page,
      )
      const requests_this_month = await wire.requests.countRequestsInMonth(account.id, wire.clock.now())
      return {
        ...renderList('requests', { ...found, items: found.items.map(renderRequest) }, window),
        requests_this_month,
      }
    },
  )
}

function renderRequest(record: RequestRecord) {
  return {
    id: record.id,
    time: new Date(record.time).toISOString(),
    method: record.method,
    path: record.path,
    operation: record.operation,
    status: record.status,
    user_agent: record.userAgent,
    duration_ms: record.durationMs,
    request_id: record.requestId,
  }
}
