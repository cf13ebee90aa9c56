import type { WantedAgent } from '../harness/make-agent.ts'

const visiting = `# Visiting the museum

## Opening hours

The museum opens at nine in the morning. It closes at six in the evening.

## Tickets

A ticket costs twelve euros. Children under six enter for free.
`

/** An agent with something to say, for a customer who runs a museum. */
export const museum: WantedAgent = {
  name: 'Mira',
  greeting: 'Welcome to the museum. What would you like to know?',
  documents: [{ name: 'visiting.md', text: visiting, url: 'https://museum.example/visiting' }],
}

export const ticketQuestion = 'How much is a ticket?'
export const ticketAnswer = 'A ticket costs twelve euros.'
