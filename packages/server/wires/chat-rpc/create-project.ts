import { createProject } from '@parlor/core/account'
import { ParlorError, refuseField } from '@parlor/core/errors'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { holdToAccount } from './list-projects.ts'
import { renderProject, slugFrom } from './render-project.ts'
import { CreateProjectBody, ProjectAnswer } from './schemas.ts'
import { boundTo, byOperatorOrKey, type ChatWire, callerOf } from './wire.ts'
import { withWireNames } from './with-wire-names.ts'

/** `POST /rpc/projects.create`: a project with the slug its name gives, or with one of the caller's choice. */
export function registerCreateProject(app: App, wire: ChatWire): void {
  app.post(
    '/rpc/projects.create',
    {
      config: byOperatorOrKey('producer', false),
      schema: { operationId: 'projectsCreate', body: CreateProjectBody, response: { 200: ProjectAnswer } },
    },
    (request, reply) =>
      once(wire, request, reply, async () => {
        const { name, organization_id } = request.body
        holdToAccount(request, organization_id)
        if (boundTo(request) !== null) {
          throw new ParlorError('forbidden', {
            message: 'This key is for one project alone. Use a key of the whole account, or an operator session.',
          })
        }
        const slug = request.body.slug ?? slugFrom(name)
        if (slug === '') {
          throw refuseField(['body', 'name'], 'pattern', 'write a letter from a to z or a digit in it, or send a slug')
        }
        return {
          project: renderProject(
            await withWireNames(createProject(wire, callerOf(request).account.id, { name, slug })),
          ),
        }
      }),
  )
}
