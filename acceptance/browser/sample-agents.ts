import type { WantedAgent } from '../harness/make-agent.ts'
import type { Parlor } from '../harness/start-parlor.ts'
import { museum } from './museum.ts'

const german = `# Besuch im Museum

## Öffnungszeiten

Das Museum öffnet um neun Uhr morgens. Es schließt um sechs Uhr abends.

## Eintritt

Eine Eintrittskarte kostet zwölf Euro. Kinder unter sechs Jahren zahlen keinen Eintritt.
`

const arabic = `# زيارة المتحف

## أوقات العمل

يفتح المتحف في الساعة التاسعة صباحا. يغلق المتحف في الساعة السادسة مساء.

## التذاكر

سعر تذكرة المتحف اثنا عشر يورو. الأطفال دون السادسة يدخلون مجانا.
`

/** One agent for each language that is drawn, with a question it can answer. */
export const sampleAgents: Record<'en' | 'de' | 'ar', { agent: WantedAgent; question: string }> = {
  en: { agent: { ...museum, knowledgeBase: 'Museum guide' }, question: 'How much is a ticket?' },
  de: {
    agent: {
      name: 'Mira',
      greeting: 'Willkommen im Museum. Was möchten Sie wissen?',
      knowledgeBase: 'Museumsführer',
      documents: [{ name: 'besuch.md', text: german, url: 'https://museum.example/besuch' }],
    },
    question: 'Was kostet eine Eintrittskarte?',
  },
  ar: {
    agent: {
      name: 'ميرا',
      greeting: 'أهلا بكم في المتحف. ماذا تودون أن تعرفوا؟',
      knowledgeBase: 'دليل المتحف',
      documents: [{ name: 'zyara.md', text: arabic, url: 'https://museum.example/zyara' }],
    },
    question: 'سعر تذكرة المتحف',
  },
}

const made = new WeakMap<Parlor, Map<string, Promise<string>>>()

/** The agent of a language on this server, made when it is first asked for. */
export function sampleAgent(parlor: Parlor, lang: keyof typeof sampleAgents): Promise<string> {
  const known = made.get(parlor) ?? new Map<string, Promise<string>>()
  made.set(parlor, known)
  const agent = known.get(lang) ?? parlor.createAgent(sampleAgents[lang].agent)
  known.set(lang, agent)
  return agent
}
