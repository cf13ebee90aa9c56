const words = new Intl.Segmenter('ja', { granularity: 'word' })
const run = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu
/** Words of Chinese questions that say nothing about what is asked. In Japanese most such words are written in Hiragana alone. */
const chinese = new Set(
  '如何 怎么 怎样 怎么样 什么 什么时候 时候 哪里 哪个 哪些 哪儿 可以 能够 可否 能否 是否 我们 你们 他们 您 请问 有没有 没有 为什么 多少 几个 这个 那个 告诉 一下 怎麼 怎樣 什麼 時候 哪裡 哪個 可以 能夠 我們 你們 請問 為什麼 這個 那個 告訴 几点 几天 几时 多久 多长 哪天 幾點 幾天 幾時 多長'.split(
    ' ',
  ),
)
const japanese = new Set('何 何時 何日 何月 何曜日 何処 何故 何人 誰 幾ら 幾つ'.split(' '))
const hiraganaOnly = /^\p{Script=Hiragana}+$/u

/**
 * Puts spaces between the words of Chinese and Japanese in a question, and leaves its function words out: the pairs of signs
 * a text is searched by would else reach over two words, and most would be found nowhere.
 */
export function partSpaceless(question: string): string {
  return question.replace(run, (signs) => {
    const kept = [...words.segment(signs)].map(({ segment }) => segment).filter((word) => !isFunctionWord(word))
    return ` ${kept.join(' ')} `
  })
}

function isFunctionWord(word: string): boolean {
  return hiraganaOnly.test(word) || chinese.has(word) || japanese.has(word)
}
