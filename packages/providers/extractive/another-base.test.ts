import { addDocument, createBase, knowledgeRetriever } from '@parlor/conversation/knowledge'
import { memoryKnowledgeStore } from '@parlor/conversation/knowledge/testing'
import { fixedClock } from '@parlor/core/time'
import { expect, test } from 'vitest'
import { englishWordVectors } from '../word-vectors/index.ts'
import { answerableFrom } from './extractive-brain.ts'

/** A base with nothing in common with the pages the judge was fitted to: small, and no manual of software. */
const documents = {
  'returns.md': `# Returns\n\nYou may send goods back within thirty days of delivery. Worn shoes cannot be returned.\n\n## Refunds\n\nThe money is
back on your card within five working days. Gift cards are not refunded.`,
  'delivery.md': `# Delivery\n\nParcels arrive within three days in Europe and ten days elsewhere. We do not deliver to post office boxes.\n\n## Costs\n\n
Delivery is free above 50 euros, and costs 5 euros below.\n\n## Tracking\n\nA link to follow the parcel is sent by email.`,
  'sizes.md': `# Sizes\n\nOur shoes run small: order one size up. A table of lengths in centimetres is in every box.\n\n## Wide feet\n\nThe models Alba and
Nera come in a wide form.`,
  'care.md': `# Care of leather\n\nBrush the leather when dry and wax it twice a year. Never put leather boots in the washing machine.\n\n## Suede\n\nUse a
rubber brush, and no wax.`,
  'shops.md': `# Our shops\n\nThe shop in Graz is open from nine to six, Monday to Saturday. The shop in Linz closes at noon on Saturday.\n\n## Repairs\n\nBoth
shops replace soles and heels while you wait.`,
  'account.md': `# Your account\n\nChange your address or password under "My account". An account is deleted on request within a week.\n\n## Newsletter\n\n
Every issue holds a link to unsubscribe.`,
  'payment.md': `# Payment\n\nWe take credit cards, bank transfer and invoices. An invoice is due within fourteen days.`,
}
const asked = {
  'How long do I have to send shoes back?': 'returns.md',
  'When do I get my money back?': 'returns.md',
  'How much does delivery cost?': 'delivery.md',
  'How long does delivery take?': 'delivery.md',
  'Where is my parcel?': 'delivery.md',
  'Which size should I order?': 'sizes.md',
  'Do you have shoes for wide feet?': 'sizes.md',
  'How do I clean suede?': 'care.md',
  'When does the shop in Linz close on Saturday?': 'shops.md',
  'Can you repair my heels?': 'shops.md',
  'How do I change my password?': 'account.md',
  'How do I unsubscribe from the newsletter?': 'account.md',
  'Can I pay by invoice?': 'payment.md',
}
const strange = [
  'How do I set a custom error handler?',
  'How do I deploy to Kubernetes?',
  'What is the weather in Paris?',
  'How do I cook rice?',
  'Who won the world cup?',
  'How do I write a Django view?',
  'What is quantum entanglement?',
  'How do I invest in stocks?',
  'Which laptop is best for games?',
  'How do I train for a marathon?',
  'What are the side effects of ibuprofen?',
  'How do I undo a git commit?',
]

test.each([
  ['with vectors of words', { words: englishWordVectors() }],
  ['by words alone', {}],
])('the judge holds for a base it was not fitted to: %s', async (how, more) => {
  const ports = { knowledge: memoryKnowledgeStore(), clock: fixedClock() }
  const base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'the handbook' })
  for (const [name, text] of Object.entries(documents)) await addDocument(ports, base, { name, text })
  const { search } = knowledgeRetriever({ ...ports, ...more })
  const look = async (question: string) => {
    const { passages, answerability } = await search(base.id, question, new AbortController().signal)
    return answerability.confidence >= answerableFrom ? passages.map(({ document }) => document.name) : []
  }
  const right: boolean[] = []
  for (const [question, name] of Object.entries(asked)) right.push((await look(question))[0] === name)
  const refused: boolean[] = []
  for (const question of strange) refused.push((await look(question)).length === 0)
  const count = (all: boolean[]) => all.filter(Boolean).length
  console.log(
    `another base, ${how}: ${count(right)} of ${right.length} right, ${count(refused)} of ${refused.length} refused`,
  )
  expect(count(right)).toBeGreaterThanOrEqual(0.8 * right.length)
  expect(count(refused)).toBeGreaterThanOrEqual(0.85 * refused.length)
})
