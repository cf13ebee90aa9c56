/** Words whose full stop ends no sentence, in the languages Parlor's own phrases are in; without the stop, in small letters. */
const abbreviations: ReadonlySet<string> = new Set(
  [
    'mr mrs ms dr prof rev st sr jr vs etc approx vol fig figs ed eds dept inc ltd corp univ al cf ca ch pp jan feb apr jun jul aug sep sept oct nov dec',
    'bzw usw ggf evtl inkl exkl zzgl abs nr str tel hr fr vgl bspw sog geb gest ff bd kap mio mrd okt dez',
    'mme mlle m mm ste av bd env janv févr avr juil déc tél',
    'sra srta ud uds dra pág págs aprox núm avda',
    'exmo exma sto sta',
    'sig sigg dott egr pag ecc',
  ].flatMap((words) => words.split(' ')),
)

/**
 * Whether the full stop behind this word may belong to the word: an abbreviation, an initial, an ordinal or the number of an
 * item. Better one sentence too long than a name cut in two.
 */
export function keepsItsStop(word: string): boolean {
  const bare = word.replace(/^[^\p{L}\p{N}]+/u, '')
  return /^(?:\d{1,2}|(?:\p{L}\.)*\p{L})$/u.test(bare) || abbreviations.has(bare.toLowerCase())
}
