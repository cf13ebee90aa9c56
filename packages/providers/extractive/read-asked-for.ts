/** What form an answer should have: a number or limit, what something is, how it is done, or nothing in particular. */
export type AskedFor = 'amount' | 'meaning' | 'way' | 'anything'

const forms: readonly (readonly [AskedFor, RegExp])[] = [
  [
    'amount',
    /\b(?:how (?:many|much|long|big|large|often|old|far|high)|maximum|minimum|limit|default|since when|until when|which version|wie (?:viele?|lange|gross|groß|oft)|combien|cu[aá]nt[oa]s?|quant[oaie]s?)\b/i,
  ],
  [
    'way',
    /\b(?:how (?:do|can|should|would|could|to|does one|must)|ways? to|can i|could i|wie (?:kann|mache|stelle)|comment|c[oó]mo|come posso)\b/i,
  ],
  [
    'meaning',
    /\b(?:what(?:'s| is| are| does| do)|meaning of|who (?:is|are)|was (?:ist|sind|bedeutet)|qu['’]est|qu[eé] (?:es|son)|o que|che cos)/i,
  ],
]

/** Reads from a question what form its answer should have. */
export function readAskedFor(question: string): AskedFor {
  const bounded = question.slice(0, 400)
  return forms.find(([, pattern]) => pattern.test(bounded))?.[0] ?? 'anything'
}
