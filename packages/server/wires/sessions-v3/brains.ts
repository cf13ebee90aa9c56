import type { Brain } from '@parlor/core/agent'
import { isoSeconds, newId } from '@parlor/core/time'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { modelFor } from './agents.ts'
import { BrainAnswer } from './answer-schemas.ts'
import { client, instructions, name, prose, word } from './body-fields.ts'
import type { WirePlace } from './place.ts'
import { registerResource } from './resource.ts'
import type { AvatarWire } from './wire.ts'

const CreateBrainBody = Type.Object({ name, instructions, greetingMessage: prose, model: word, client })

/** The word these brains are marked with. */
export const brainMark = 'brain'

/** Brains: instructions and a greeting (contracts 2.4). The model that is named is kept, and Parlor's own answers. */
export function registerBrains(app: App, wire: AvatarWire, place: WirePlace): void {
  const { clock } = wire
  const shelf = wire.agents.brains
  registerResource(app, {
    wire,
    place,
    resource: {
      plural: 'brains',
      noun: 'Brain',
      madeAs: brainMark,
      unknown: 'not_found',
      shelf,
      answer: BrainAnswer,
      body: CreateBrainBody,
      make: async ({ account }, { greetingMessage, ...body }) => {
        const now = clock.now()
        const brain: Brain = {
          id: newId(clock),
          accountId: account.id,
          name: body.name,
          instructions: body.instructions,
          model: modelFor(body.model),
          knowledgeBaseId: null,
          isPublic: false,
          isActive: true,
          createdAt: now,
          updatedAt: now,
          archivedAt: null,
          madeAs: brainMark,
          client: body.client ?? null,
          remarks: { greetingMessage, model: body.model },
        }
        await shelf.insert(brain)
        return brain
      },
      render: async (brain) => renderBrain(brain),
    },
  })
}

export function renderBrain(brain: Brain) {
  return {
    id: brain.id,
    organizationId: brain.accountId ?? '',
    name: brain.name,
    instructions: brain.instructions,
    greetingMessage: greetingOf(brain),
    model: String(brain.remarks?.model ?? brain.model),
    client: brain.client ?? null,
    createdAt: isoSeconds(brain.createdAt),
    updatedAt: isoSeconds(brain.updatedAt),
  }
}

/** What it says first; empty for nothing. */
export function greetingOf(brain: Brain): string {
  return String(brain.remarks?.greetingMessage ?? '')
}
