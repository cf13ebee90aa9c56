import type { KeyOwner } from '@parlor/core/account'
import { type Agent, type Avatar, type Brain, createAgent, type Shelf, type Voice } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import { isoSeconds } from '@parlor/core/time'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { CharacterAnswer, nullable } from './answer-schemas.ts'
import { client, name, someOf, word, wordOrNull } from './body-fields.ts'
import { brainMark, greetingOf, renderBrain } from './brains.ts'
import { chooseBrain } from './character-brain.ts'
import { faceMark, renderFace } from './faces.ts'
import { renderBase } from './knowledge-bases.ts'
import type { WirePlace } from './place.ts'
import { findOwn, noSuch, registerResource } from './resource.ts'
import { renderVoice, voiceMark } from './voices.ts'
import type { AvatarWire } from './wire.ts'

const changeable = {
  name,
  faceId: wordOrNull,
  voiceId: wordOrNull,
  brainId: wordOrNull,
  knowledgeBaseId: wordOrNull,
  elevenlabsAgentId: wordOrNull,
  search: Type.Optional(nullable(Type.Boolean())),
}
const CreateCharacterBody = Type.Object({ ...changeable, livekitIdentity: word, client })
const ChangeBody = someOf(changeable)

/** The word these agents are marked with. */
const characterMark = 'character'

/** What was asked for, as it was asked: an agent of Parlor's has all its parts, a character may lack them. */
interface CharacterRemarks {
  livekitIdentity: string
  faceId: string | null
  voiceId: string | null
  brainId: string | null
  knowledgeBaseId: string | null
  elevenlabsAgentId: string | null
  search: boolean
}

/** Characters: agents whose face, voice and mind may be left open; the installation's own stand in for them (contracts 2.4). */
export function registerCharacters(app: App, wire: AvatarWire, place: WirePlace): void {
  registerResource(app, {
    wire,
    place,
    resource: {
      plural: 'characters',
      noun: 'Character',
      madeAs: characterMark,
      unknown: 'not_found',
      shelf: wire.agents.agents,
      answer: CharacterAnswer,
      body: CreateCharacterBody,
      make: async (owner, body) => {
        const remarks = withGiven({ livekitIdentity: body.livekitIdentity }, body)
        const { name, client = null } = body
        const { account, key } = owner
        const own = { accountId: account.id, projectId: key.projectId, madeAs: characterMark, client, name }
        const parts = await findParts(wire, owner, { remarks, name, before: null })
        return createAgent(wire.agents, wire.clock, { ...own, ...parts, description: null, remarks: { ...remarks } })
      },
      render: (character) => renderCharacter(wire, character),
      change: {
        body: ChangeBody,
        apply: async (owner, before, body) => {
          const remarks = withGiven(remarksOf(before), body)
          const name = body.name ?? before.name
          const parts = await findParts(wire, owner, { remarks, name, before })
          return { ...before, name, ...parts, remarks: { ...remarks }, updatedAt: wire.clock.now() }
        },
      },
    },
  })
}

type AgentParts = Pick<Agent, 'avatarId' | 'voiceId' | 'brainId' | 'settings'>

/** The parts of the agent for what was asked. @throws ParlorError `not_found` naming what is not the account's. */
async function findParts(
  wire: AvatarWire,
  { account }: KeyOwner,
  { remarks, name, before }: { remarks: CharacterRemarks; name: string; before: Agent | null },
): Promise<AgentParts> {
  const { avatars, voices, brains } = wire.agents
  const named = async <T extends Avatar | Voice | Brain>(shelf: Shelf<T>, field: PartField, madeAs: string) => {
    const id = remarks[field]
    // What the character has already may have been archived since.
    if (id === null || (before !== null && id === remarksOf(before)[field])) return id
    if ((await findOwn(shelf, account.id, { id, madeAs })) === null) throw noSuch(madeAs, field)
    return id
  }
  const faceId = await named(avatars, 'faceId', faceMark)
  const voiceId = await named(voices, 'voiceId', voiceMark)
  const brainId = await named(brains, 'brainId', brainMark)
  const { knowledgeBaseId } = remarks
  const avatarId = faceId ?? (await standIn(avatars, account.id))
  const chosenVoice = voiceId ?? (await standIn(voices, account.id))
  const asked = brainId === null ? null : await brains.find(brainId)
  const wanted = { accountId: account.id, name, asked, knowledgeBaseId, before: before?.brainId ?? null }
  const brain = await chooseBrain(wire, wanted)
  const greeting = asked === null ? null : greetingOf(asked) || null
  const settings = { greeting, personality: null, languages: [], maxConversationLength: null }
  return { avatarId, voiceId: chosenVoice, brainId: brain.id, settings }
}

type PartField = 'faceId' | 'voiceId' | 'brainId'

/** The installation's own, where nobody was named. */
async function standIn(shelf: Shelf<Avatar> | Shelf<Voice>, accountId: string): Promise<string> {
  const { items } = await shelf.list(accountId, 'public', { offset: 0, limit: 1 })
  const [first] = items
  if (first === undefined) throw new ParlorError('internal', { message: 'The installation has no part of its own.' })
  return first.id
}

async function renderCharacter(wire: AvatarWire, character: Agent) {
  const { faceId, voiceId, brainId, knowledgeBaseId, ...words } = remarksOf(character)
  const { avatars, voices, brains } = wire.agents
  const find = async <T>(id: string | null, from: { find(id: string): Promise<T | null> }) =>
    id === null ? null : from.find(id)
  const [face, voice, brain, base] = await Promise.all([
    find(faceId, avatars),
    find(voiceId, voices),
    find(brainId, brains),
    find(knowledgeBaseId, { find: (id) => wire.knowledge.findBase(id) }),
  ])
  return {
    id: character.id,
    organizationId: character.accountId,
    name: character.name,
    client: character.client ?? null,
    ...words,
    faceId,
    voiceId,
    brainId,
    knowledgeBaseId,
    face: face && renderFace(face),
    voice: voice && renderVoice(voice),
    brain: brain && renderBrain(brain),
    knowledgeBase: base && (await renderBase(wire, base)),
    createdAt: isoSeconds(character.createdAt),
    updatedAt: isoSeconds(character.updatedAt),
  }
}

type Given = Type.Static<typeof ChangeBody>

/** Only what was given replaces what was there. */
function withGiven(before: Partial<CharacterRemarks> & { livekitIdentity: string }, body: Given): CharacterRemarks {
  const id = (field: PartField | 'knowledgeBaseId' | 'elevenlabsAgentId') =>
    body[field] === undefined ? (before[field] ?? null) : body[field]
  return {
    livekitIdentity: before.livekitIdentity,
    faceId: id('faceId'),
    voiceId: id('voiceId'),
    brainId: id('brainId'),
    knowledgeBaseId: id('knowledgeBaseId'),
    elevenlabsAgentId: id('elevenlabsAgentId'),
    search: body.search ?? before.search ?? false,
  }
}

/** Written by `withGiven` alone. */
function remarksOf(character: Agent): CharacterRemarks {
  return character.remarks as unknown as CharacterRemarks
}
