import { readWav, type SpeechWish, type Voice } from '@parlor/conversation/speech'
import { chooseLanguage, type Languages, readLanguages } from './choose-language.ts'
import { EspeakFault } from './espeak-fault.ts'
import { runProgram } from './run-program.ts'
import { openLine } from './waiting-line.ts'

export interface EspeakOptions {
  program?: string
  /** How long it may take over one text, in milliseconds. */
  timeoutMs?: number
}

/** Two minutes of speech, in characters; the rest of a longer text is not spoken. */
const longestText = 2_000
const usualTimeoutMs = 10_000
/** A few at once are done sooner than all: each needs a processor, and for some 20 ms. */
const mostAtOnce = 4
const variants = { female: '+f3', male: '+m3', neutral: '' } as const

/**
 * The robotic voice of `espeak-ng`, a program of its own (GPL) that is never part of this one. The text goes in by its standard
 * input and is nothing but text there; what it is asked for besides comes from its own list, so that a voice's name counts for nothing. It gives 22,050 samples a second, the
 * first within some 20 ms. @throws EspeakFault, or the signal's reason.
 */
export function espeakVoice({ program = 'espeak-ng', timeoutMs = usualTimeoutMs }: EspeakOptions = {}): Voice {
  const line = openLine(mostAtOnce)
  let asked: Promise<Languages> | null = null
  const languages = () => {
    asked ??= listLanguages(program, timeoutMs).catch((error: unknown) => {
      asked = null
      throw error
    })
    return asked
  }
  async function* synthesize(wish: SpeechWish, signal: AbortSignal) {
    signal.throwIfAborted()
    const input = plain(wish.text)
    if (input === '') return
    const voice = chooseLanguage(wish.language, await languages()) + variants[wish.gender]
    const args = ['--stdin', '--stdout', '-b', '1', '-v', voice]
    try {
      yield* readWav(runProgram({ program, args, input, timeoutMs, signal, line }))
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof EspeakFault ? error : new EspeakFault('broken')
    }
  }
  return { synthesize }
}

/** Signs nobody writes, but those that join letters: the program takes some for commands. */
const unwritten = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** The text without what could steer the voice from within: commands, and phonemes in doubled brackets. */
function plain(text: string): string {
  const written = text.slice(0, longestText).replace(unwritten, (sign) => (sign === '\n' ? '\n\n' : ' '))
  const said = written.replace(/\[(?=\s*\[)/g, '').trim()
  return /[\p{L}\p{N}\p{S}]/u.test(said) ? `${said}\n` : ''
}

async function listLanguages(program: string, timeoutMs: number): Promise<Languages> {
  let listing = ''
  const decoder = new TextDecoder()
  for await (const piece of runProgram({ program, args: ['--voices'], input: '', timeoutMs })) {
    listing += decoder.decode(piece, { stream: true })
  }
  return readLanguages(listing)
}
