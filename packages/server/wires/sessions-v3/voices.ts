import type { Voice } from '@parlor/core/agent'
import { refuseField } from '@parlor/core/errors'
import { isoSeconds, newId } from '@parlor/core/time'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { VoiceAnswer } from './answer-schemas.ts'
import { client, name, prose, word } from './body-fields.ts'
import type { WirePlace } from './place.ts'
import { registerResource } from './resource.ts'
import type { AvatarWire } from './wire.ts'

const CreateVoiceBody = Type.Object({
  name,
  description: prose,
  sampleUrl: Type.String({ maxLength: 2000, description: 'http or https; never fetched' }),
  voiceId: word,
  client,
})

/** The word these voices are marked with. */
export const voiceMark = 'voice'

/** Voices: kept as they were described; the sample is given back and nobody goes there (contracts 2.4). */
export function registerVoices(app: App, wire: AvatarWire, place: WirePlace): void {
  const shelf = wire.agents.voices
  registerResource(app, {
    wire,
    place,
    resource: {
      plural: 'voices',
      noun: 'Voice',
      madeAs: voiceMark,
      unknown: 'not_found',
      shelf,
      answer: VoiceAnswer,
      body: CreateVoiceBody,
      make: async ({ account }, { name, description, sampleUrl, voiceId, client }) => {
        if (!isWebAddress(sampleUrl)) {
          throw refuseField(['body', 'sampleUrl'], 'not_allowed', 'it must be an http or https address')
        }
        const voice: Voice = {
          id: newId(wire.clock),
          accountId: account.id,
          name,
          description,
          gender: 'neutral',
          language: 'en',
          createdAt: wire.clock.now(),
          archivedAt: null,
          madeAs: voiceMark,
          client: client ?? null,
          remarks: { sampleUrl, voiceId },
        }
        await shelf.insert(voice)
        return voice
      },
      render: async (voice) => renderVoice(voice),
    },
  })
}

export function renderVoice(voice: Voice) {
  const createdAt = isoSeconds(voice.createdAt)
  return {
    id: voice.id,
    organizationId: voice.accountId ?? '',
    name: voice.name,
    description: voice.description ?? '',
    sampleUrl: String(voice.remarks?.sampleUrl ?? ''),
    voiceId: String(voice.remarks?.voiceId ?? ''),
    client: voice.client ?? null,
    createdAt,
    updatedAt: createdAt,
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
}
