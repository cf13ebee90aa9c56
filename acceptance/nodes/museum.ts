import type { WantedDocument } from '../harness/make-agent.ts'

/** What the agents of these tests know. */
export const museum: WantedDocument = {
  name: 'museum.md',
  text: `# The museum

## Opening hours

The museum opens at nine in the morning.

## Tickets

A ticket costs twelve euros.

## Cloakroom

The cloakroom is behind the stairs.
`,
}

export const questions = ['When does the museum open?', 'How much is a ticket?', 'Where is the cloakroom?'] as const
