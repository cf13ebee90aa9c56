/** The languages the extractive brain speaks of its own accord. Quotations stay in the language of the document. */
export const languages = ['en', 'de', 'fr', 'es', 'pt', 'it'] as const
export type Language = (typeof languages)[number]

export type SmallTalk = 'greeting' | 'thanks' | 'goodbye' | 'help' | 'identity'

export interface Phrases {
  quotes: readonly [string, string]
  accordingTo: (title: string) => string
  notFound: (base: string) => string
  nearest: (titles: string) => string
  seeAlso: (titles: string) => string
  noKnowledge: (agent: string) => string
  smallTalk: Readonly<Record<SmallTalk, (agent: string, base: string | null) => string>>
}

const en: Phrases = {
  quotes: ['“', '”'],
  accordingTo: (title) => `According to ${title}:`,
  notFound: (base) => `I could not find that in ${base}.`,
  nearest: (titles) => `The nearest I have is in: ${titles}.`,
  seeAlso: (titles) => `See also: ${titles}.`,
  noKnowledge: (agent) =>
    `${agent} has no documents to answer from in this session, so I cannot answer questions here.`,
  smallTalk: {
    greeting: (agent, base) => `Hello! I am ${agent}. ${base ? `Ask me something, and I look it up in ${base}.` : ''}`,
    thanks: () => 'You are welcome.',
    goodbye: () => 'Goodbye!',
    help: (agent, base) =>
      base
        ? `I answer questions by quoting from ${base}, and I say where each quotation stands. Ask in your own words; naming the thing you mean helps.`
        : `I am ${agent}. There are no documents to answer from in this session, so all I can do is say hello.`,
    identity: (agent, base) =>
      `I am ${agent}, an automated assistant. ${base ? `My answers are quotations from ${base}.` : 'I have no documents to answer from in this session.'}`,
  },
}

const de: Phrases = {
  quotes: ['„', '“'],
  accordingTo: (title) => `Aus ${title}:`,
  notFound: (base) => `Dazu habe ich in ${base} nichts gefunden.`,
  nearest: (titles) => `Am nächsten kommen: ${titles}.`,
  seeAlso: (titles) => `Siehe auch: ${titles}.`,
  noKnowledge: (agent) =>
    `${agent} hat in dieser Sitzung keine Dokumente zum Nachschlagen; Fragen kann ich hier deshalb nicht beantworten.`,
  smallTalk: {
    greeting: (agent, base) =>
      `Hallo! Ich bin ${agent}. ${base ? `Fragen Sie mich etwas, ich sehe in ${base} nach.` : ''}`,
    thanks: () => 'Gern geschehen.',
    goodbye: () => 'Auf Wiedersehen!',
    help: (agent, base) =>
      base
        ? `Ich beantworte Fragen mit Zitaten aus ${base} und sage, wo jedes Zitat steht. Fragen Sie in eigenen Worten; es hilft, die Sache beim Namen zu nennen.`
        : `Ich bin ${agent}. In dieser Sitzung gibt es keine Dokumente, aus denen ich antworten könnte.`,
    identity: (agent, base) =>
      `Ich bin ${agent}, ein automatischer Assistent. ${base ? `Meine Antworten sind Zitate aus ${base}.` : 'In dieser Sitzung habe ich keine Dokumente.'}`,
  },
}

const fr: Phrases = {
  quotes: ['« ', ' »'],
  accordingTo: (title) => `D’après ${title} :`,
  notFound: (base) => `Je n’ai rien trouvé à ce sujet dans ${base}.`,
  nearest: (titles) => `Ce qui s’en approche le plus : ${titles}.`,
  seeAlso: (titles) => `Voir aussi : ${titles}.`,
  noKnowledge: (agent) =>
    `${agent} n’a aucun document à consulter dans cette session ; je ne peux donc pas répondre aux questions ici.`,
  smallTalk: {
    greeting: (agent, base) =>
      `Bonjour ! Je suis ${agent}. ${base ? `Posez-moi une question, je cherche dans ${base}.` : ''}`,
    thanks: () => 'Je vous en prie.',
    goodbye: () => 'Au revoir !',
    help: (agent, base) =>
      base
        ? `Je réponds par des citations de ${base} et j’indique d’où vient chacune. Posez votre question avec vos mots ; nommer la chose précisément aide.`
        : `Je suis ${agent}. Cette session ne contient aucun document à consulter.`,
    identity: (agent, base) =>
      `Je suis ${agent}, un assistant automatique. ${base ? `Mes réponses sont des citations de ${base}.` : 'Je n’ai aucun document dans cette session.'}`,
  },
}

const es: Phrases = {
  quotes: ['«', '»'],
  accordingTo: (title) => `Según ${title}:`,
  notFound: (base) => `No he encontrado eso en ${base}.`,
  nearest: (titles) => `Lo más cercano está en: ${titles}.`,
  seeAlso: (titles) => `Véase también: ${titles}.`,
  noKnowledge: (agent) => `${agent} no tiene documentos en esta sesión, así que aquí no puedo responder preguntas.`,
  smallTalk: {
    greeting: (agent, base) => `¡Hola! Soy ${agent}. ${base ? `Pregúnteme algo y lo busco en ${base}.` : ''}`,
    thanks: () => 'De nada.',
    goodbye: () => '¡Hasta luego!',
    help: (agent, base) =>
      base
        ? `Respondo con citas de ${base} e indico de dónde sale cada una. Pregunte con sus palabras; ayuda nombrar aquello a lo que se refiere.`
        : `Soy ${agent}. En esta sesión no hay documentos con los que responder.`,
    identity: (agent, base) =>
      `Soy ${agent}, un asistente automático. ${base ? `Mis respuestas son citas de ${base}.` : 'No tengo documentos en esta sesión.'}`,
  },
}

const pt: Phrases = {
  quotes: ['“', '”'],
  accordingTo: (title) => `Segundo ${title}:`,
  notFound: (base) => `Não encontrei isso em ${base}.`,
  nearest: (titles) => `O mais próximo está em: ${titles}.`,
  seeAlso: (titles) => `Veja também: ${titles}.`,
  noKnowledge: (agent) => `${agent} não tem documentos nesta sessão, por isso não posso responder a perguntas aqui.`,
  smallTalk: {
    greeting: (agent, base) => `Olá! Sou ${agent}. ${base ? `Faça uma pergunta e eu procuro em ${base}.` : ''}`,
    thanks: () => 'De nada.',
    goodbye: () => 'Até logo!',
    help: (agent, base) =>
      base
        ? `Respondo com citações de ${base} e digo de onde vem cada uma. Pergunte com as suas palavras; ajuda dar o nome exato ao que procura.`
        : `Sou ${agent}. Nesta sessão não há documentos com que responder.`,
    identity: (agent, base) =>
      `Sou ${agent}, um assistente automático. ${base ? `As minhas respostas são citações de ${base}.` : 'Não tenho documentos nesta sessão.'}`,
  },
}

const it: Phrases = {
  quotes: ['«', '»'],
  accordingTo: (title) => `Da ${title}:`,
  notFound: (base) => `Non ho trovato nulla al riguardo in ${base}.`,
  nearest: (titles) => `Quello che più si avvicina è in: ${titles}.`,
  seeAlso: (titles) => `Vedi anche: ${titles}.`,
  noKnowledge: (agent) => `${agent} non ha documenti in questa sessione, quindi qui non posso rispondere alle domande.`,
  smallTalk: {
    greeting: (agent, base) => `Ciao! Sono ${agent}. ${base ? `Chiedimi qualcosa e lo cerco in ${base}.` : ''}`,
    thanks: () => 'Prego.',
    goodbye: () => 'Arrivederci!',
    help: (agent, base) =>
      base
        ? `Rispondo citando da ${base} e dico da dove viene ogni citazione. Chiedi con parole tue; aiuta chiamare la cosa con il suo nome.`
        : `Sono ${agent}. In questa sessione non ci sono documenti da cui rispondere.`,
    identity: (agent, base) =>
      `Sono ${agent}, un assistente automatico. ${base ? `Le mie risposte sono citazioni da ${base}.` : 'Non ho documenti in questa sessione.'}`,
  },
}

const table: Readonly<Record<Language, Phrases>> = { en, de, fr, es, pt, it }

/** The phrases of a locale such as `de-AT`; of `otherwise` where the locale is unknown, or its language is. */
export function phrasesFor(locale: string | null, otherwise: Language = 'en'): Phrases {
  const wanted = locale?.toLowerCase().split(/[-_]/)[0]
  const language = languages.find((known) => known === wanted)
  return table[language ?? otherwise]
}
