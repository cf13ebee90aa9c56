import { type BrainPart, citePassage } from '@parlor/conversation/brain'
import type { FoundPassage } from '@parlor/conversation/knowledge'
import type { Quote } from './choose-quotes.ts'
import type { Phrases } from './phrases.ts'

/** What an answer is made of. */
export interface Findings {
  quotes: readonly Quote[]
  /** Named below the quotations, with nothing taken from them. */
  related: readonly FoundPassage[]
}

/**
 * The parts of an answer that quotes: a lead, then each quotation with the number of its source, then what else comes near. A
 * source is named before the text that uses it.
 */
export function* composeAnswer({ quotes, related }: Findings, phrases: Phrases): Generator<BrainPart> {
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
  yield* nameRelated(related, numbers.size, phrases)
}

function* nameRelated(related: readonly FoundPassage[], sources: number, phrases: Phrases): Generator<BrainPart> {
  if (related.length === 0) return
  for (const [i, passage] of related.entries())
    yield { type: 'citation', citation: citePassage(passage, sources + i + 1) }
  const names = related.map(({ document }, i) => `${document.title} [${sources + i + 1}]`)
  yield* inWordGroups(`\n\n${phrases.seeAlso(names.join(', '))}`)
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
