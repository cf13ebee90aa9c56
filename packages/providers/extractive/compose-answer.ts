import { type BrainPart, citePassage } from '@parlor/conversation/brain'
import type { FoundPassage } from '@parlor/conversation/knowledge'
import type { Quote } from './choose-quotes.ts'
import type { Phrases } from './phrases.ts'

/**
 * The parts of an answer that quotes: a lead, then each quotation with the number of its source. A source is named before
 * the text that uses it.
 */
export function* composeAnswer(quotes: readonly Quote[], phrases: Phrases): Generator<BrainPart> {
  const numbers = new Map<FoundPassage, number>()
  const [first] = quotes
  if (first) yield { type: 'text', text: `${phrases.accordingTo(first.passage.document.title)}\n\n` }
  for (const [i, quote] of quotes.entries()) {
    let n = numbers.get(quote.passage)
    if (n === undefined) {
      n = numbers.size + 1
      numbers.set(quote.passage, n)
      yield { type: 'citation', citation: citePassage(quote.passage, n) }
    }
    const gap = i < quotes.length - 1 ? '\n\n' : ''
    yield* inWordGroups(`${renderQuote(quote, phrases)}[${n}]${gap}`)
  }
}

function renderQuote(quote: Quote, phrases: Phrases): string {
  if (quote.kind === 'code') {
    const longest = Math.max(2, ...[...quote.text.matchAll(/`+/g)].map(([run]) => run.length))
    const fence = '`'.repeat(longest + 1)
    const language = /^[\w+#.-]{1,20}$/.test(quote.language ?? '') ? quote.language : ''
    return `${fence}${language}\n${quote.text}\n${fence}\n`
  }
  const [open, close] = phrases.quotes
  return `${open}${quote.text}${close} `
}

const wordsInGroup = 4

/** Cuts a text so that it can be shown as it comes; joined, the parts are the text again. */
export function* inWordGroups(text: string): Generator<BrainPart> {
  const words = text.match(/\s*\S+\s*/g) ?? []
  for (let at = 0; at < words.length; at += wordsInGroup) {
    yield { type: 'text', text: words.slice(at, at + wordsInGroup).join('') }
  }
}
