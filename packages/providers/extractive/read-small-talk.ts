import type { Language, SmallTalk } from './phrases.ts'

/** Whole phrases, folded: no accents, no marks. The longest that fits is taken first. */
const table: Readonly<Record<Language, Readonly<Record<SmallTalk, string>>>> = {
  en: {
    greeting:
      'hi|hello|hey|hiya|howdy|good morning|good afternoon|good evening|good day|greetings|how are you|how are you doing|whats up|nice to meet you',
    thanks:
      'thanks|thank you|thx|many thanks|thanks a lot|thank you very much|thank you so much|great thanks|cheers|ok thanks|perfect thanks|that helps|that helped',
    goodbye: 'bye|goodbye|bye bye|see you|see you later|good night|have a nice day|have a good day|ciao',
    help: 'help|help me|what can you do|what can i ask|what can i ask you|what do you know|how does this work|how can you help|how can you help me|can you help me|what are you for|what do you do',
    identity:
      'who are you|what are you|whats your name|what is your name|are you a robot|are you a bot|are you human|are you a human|are you real|are you an ai|are you a person|am i talking to a human',
  },
  de: {
    greeting:
      'hallo|guten tag|guten morgen|guten abend|moin|servus|gruss gott|gruezi|wie geht es dir|wie geht es ihnen|wie gehts|na',
    thanks: 'danke|danke schon|dankeschon|vielen dank|besten dank|danke dir|danke sehr|herzlichen dank|super danke',
    goodbye: 'tschuss|auf wiedersehen|bis bald|bis spater|gute nacht|schonen tag|schonen tag noch|tschau|ade',
    help: 'hilfe|hilf mir|was kannst du|was konnen sie|was kann ich fragen|wie funktioniert das|kannst du mir helfen|konnen sie mir helfen|was machst du|womit kannst du helfen',
    identity:
      'wer bist du|wer sind sie|wie heisst du|wie heissen sie|bist du ein mensch|bist du ein roboter|bist du ein bot|sind sie ein mensch|bist du echt|was bist du',
  },
  fr: {
    greeting: 'bonjour|salut|bonsoir|coucou|ca va|comment ca va|comment allez vous|comment vas tu|enchante',
    thanks: 'merci|merci beaucoup|merci bien|grand merci|mille mercis|super merci',
    goodbye: 'au revoir|a bientot|a plus|a plus tard|bonne nuit|bonne journee|bonne soiree|adieu',
    help: 'aide|aide moi|aidez moi|a l aide|que peux tu faire|que pouvez vous faire|que sais tu faire|comment ca marche|peux tu m aider|pouvez vous m aider|qu est ce que tu peux faire',
    identity:
      'qui es tu|qui etes vous|comment t appelles tu|comment vous appelez vous|es tu un robot|es tu humain|etes vous humain|etes vous un robot|quel est ton nom',
  },
  es: {
    greeting:
      'hola|buenos dias|buenas tardes|buenas noches|buenas|que tal|como estas|como esta usted|saludos|encantado',
    thanks: 'gracias|muchas gracias|mil gracias|muchisimas gracias|perfecto gracias',
    goodbye: 'adios|hasta luego|hasta pronto|hasta manana|chao|nos vemos',
    help: 'ayuda|ayudame|que puedes hacer|que puede hacer|que sabes hacer|como funciona esto|puedes ayudarme|puede ayudarme|que te puedo preguntar|en que puedes ayudarme',
    identity:
      'quien eres|quien es usted|como te llamas|como se llama|eres un robot|eres humano|eres una persona|eres un bot|cual es tu nombre',
  },
  pt: {
    greeting: 'ola|oi|bom dia|boa tarde|boa noite|tudo bem|como vai|como esta|e ai',
    thanks: 'obrigado|obrigada|muito obrigado|muito obrigada|valeu|brigado',
    goodbye: 'tchau|adeus|ate logo|ate mais|ate breve|ate amanha',
    help: 'ajuda|ajude me|me ajuda|o que voce pode fazer|o que podes fazer|o que voce faz|como funciona isso|como funciona|pode me ajudar|podes ajudar me',
    identity:
      'quem e voce|quem es tu|qual e o seu nome|qual o seu nome|como voce se chama|voce e um robo|voce e humano',
  },
  it: {
    greeting: 'buongiorno|buon giorno|buonasera|buona sera|salve|come stai|come va|come sta|piacere',
    thanks: 'grazie|grazie mille|molte grazie|tante grazie|ti ringrazio|la ringrazio',
    goodbye: 'arrivederci|a presto|a dopo|buona notte|buonanotte|buona giornata|addio',
    help: 'aiuto|aiutami|mi aiuti|cosa puoi fare|che cosa puoi fare|cosa sai fare|come funziona|puoi aiutarmi|puo aiutarmi|cosa posso chiederti',
    identity: 'chi sei|chi e lei|come ti chiami|come si chiama|sei un robot|sei umano|sei una persona|sei un bot',
  },
}

/** Words that may stand beside small talk without making it a question. */
const fillers = new Set([
  'there',
  'please',
  'and',
  'all',
  'everyone',
  'again',
  'ok',
  'okay',
  'oh',
  'well',
  'then',
  'so',
  'zusammen',
  'und',
  'bitte',
  'et',
  'y',
  'e',
  'mate',
  'dear',
])
/** Which kind is answered where a message holds several. */
const order: readonly SmallTalk[] = ['identity', 'help', 'goodbye', 'thanks', 'greeting']
const longestPhrase = 6
const longestMessage = 120

interface Meaning {
  kind: SmallTalk
  language: Language
}
const phrases = readTable()

/** What a message of nothing but small talk says; null as soon as it holds anything else. */
export function readSmallTalk(message: string, agentName: string): Meaning | null {
  if (message.length > longestMessage) return null
  const names = new Set(foldWords(agentName))
  const words = foldWords(message).filter((word) => !names.has(word))
  const found: Meaning[] = []
  let at = 0
  while (at < words.length) {
    const match = matchAt(words, at)
    if (match) {
      found.push(match.meaning)
      at += match.length
    } else if (fillers.has(words[at] ?? '')) at += 1
    else return null
  }
  for (const kind of order) {
    const meaning = found.find((one) => one.kind === kind)
    if (meaning) return meaning
  }
  return null
}

function matchAt(words: readonly string[], at: number): { meaning: Meaning; length: number } | null {
  for (let length = Math.min(longestPhrase, words.length - at); length > 0; length--) {
    const meaning = phrases.get(words.slice(at, at + length).join(' '))
    if (meaning) return { meaning, length }
  }
  return null
}

function foldWords(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, '')
    .replaceAll('ß', 'ss')
  // What's, l'aide: in English the mark joins, elsewhere it parts; the table holds both as they come out here.
  return folded.replace(/(\w)['’](s|re|m)\b/g, '$1$2').match(/[\p{L}\p{N}]+/gu) ?? []
}

function readTable(): Map<string, Meaning> {
  const map = new Map<string, Meaning>()
  for (const [language, kinds] of Object.entries(table) as [Language, Record<SmallTalk, string>][]) {
    for (const [kind, list] of Object.entries(kinds) as [SmallTalk, string][]) {
      for (const phrase of list.split('|')) if (!map.has(phrase)) map.set(phrase, { kind, language })
    }
  }
  return map
}
