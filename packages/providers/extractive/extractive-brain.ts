import type { Brain, BrainContext, BrainPart } from '@parlor/conversation/brain'
import type { Retrieval, Retriever } from '@parlor/conversation/knowledge'
import { chooseQuotes } from './choose-quotes.ts'
import { chooseRelated } from './choose-related.ts'
import { composeAnswer, inWordGroups } from './compose-answer.ts'
import { type Phrases, phrasesFor } from './phrases.ts'
import { readSmallTalk } from './read-small-talk.ts'

/** Below this likelihood an answer would be a guess; see `retrieval.test.ts` for what comes of it. */
export const answerableFrom = 0.4
const mostTitles = 3

/** A brain without a model: it answers in sentences from the documents, word for word, or says that it found none. */
export function extractiveBrain(ports: { retriever: Retriever }): Brain {
  return {
    mode: 'extractive',
    async *reply(context, signal) {
      try {
        for await (const part of replyTo(ports.retriever, context, signal)) {
          if (signal.aborted) return
          yield part
        }
      } catch (error) {
        if (!signal.aborted) throw error
      }
    },
  }
}

async function* replyTo(retriever: Retriever, context: BrainContext, signal: AbortSignal): AsyncGenerator<BrainPart> {
  const { question, agentName, knowledgeBase, locale } = context
  if (signal.aborted) return
  const talk = readSmallTalk(question, agentName)
  if (talk) {
    const say = phrasesFor(locale, talk.language).smallTalk[talk.kind]
    yield* inWordGroups(say(agentName, knowledgeBase?.name ?? null).trim())
    yield { type: 'done', answerMode: 'small_talk', grounded: false }
    return
  }
  const phrases = phrasesFor(locale)
  if (!knowledgeBase) {
    yield* inWordGroups(phrases.noKnowledge(agentName))
    yield { type: 'done', answerMode: 'notice', grounded: false }
    return
  }
  const before = questionBefore(context)
  const retrieval = await retriever.search(knowledgeBase.id, question, signal, { before })
  const quotes = retrieval.answerability.confidence >= answerableFrom ? chooseQuotes(retrieval, question) : []
  if (quotes.length === 0) {
    yield* sayNotFound(retrieval, knowledgeBase.name, phrases)
    return
  }
  yield* composeAnswer({ quotes, related: chooseRelated(retrieval, quotes) }, phrases)
  yield { type: 'done', answerMode: 'quotation', grounded: true }
}

/** What was asked last, small talk aside. */
function questionBefore({ history, agentName }: BrainContext): string | null {
  const asked = history.filter(({ role, text }) => role === 'visitor' && readSmallTalk(text, agentName) === null)
  return asked.at(-1)?.text ?? null
}

function* sayNotFound(retrieval: Retrieval, baseName: string, phrases: Phrases): Generator<BrainPart> {
  const titles = [...new Set(retrieval.passages.map(({ document }) => document.title))].slice(0, mostTitles)
  const nearest = titles.length > 0 ? ` ${phrases.nearest(titles.join(', '))}` : ''
  yield* inWordGroups(phrases.notFound(baseName) + nearest)
  yield { type: 'done', answerMode: 'not_found', grounded: false }
}
