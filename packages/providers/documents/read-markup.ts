import { type ReadDocument, readMarkdown, type SentDocument } from '@parlor/conversation/knowledge'
import { Defuddle, type DefuddleOptions } from 'defuddle/node'
import { openPage, pageText } from './open-page.ts'

const always: DefuddleOptions = {
  markdown: true,
  useAsync: false,
  includeReplies: false,
  removeImages: true,
  fetch: () => Promise.reject(new Error('Documents are read without a network.')),
}
/** Nothing but the article is looked for; all of the page is it. */
const everything: DefuddleOptions = {
  removeExactSelectors: false,
  removePartialSelectors: false,
  removeHiddenElements: false,
  removeLowScoring: false,
  removeContentPatterns: false,
  contentSelector: 'body',
}
/** An article that leaves out more of a page than this was not found rightly. */
const leastShare = 0.1

interface Markup extends Pick<SentDocument, 'url' | 'field'> {
  html: string
  /** All of it is text to read, as in a letter, with no menus around it. */
  isDocument: boolean
}

/** Reads markup by way of Markdown. */
export async function readMarkup({ html, url, field, isDocument }: Markup): Promise<ReadDocument> {
  const page = openPage(html, field)
  const wanted = pageText(page).length * leastShare
  const heading = tidy(page.querySelector('h1')?.textContent ?? '')
  let { title, content } = await Defuddle(page, url ?? undefined, { ...always, ...(isDocument && everything) })
  if (!isDocument && content.trim().length < wanted) {
    content = (await Defuddle(openPage(html, field), url ?? undefined, { ...always, ...everything })).content
  }
  const read = readMarkdown(withHeading(content, heading))
  return { title: tidy(title) || heading || read.title, chunks: read.chunks }
}

/** The first heading is often taken for the title and left out; a citation should name it all the same. */
function withHeading(markdown: string, heading: string): string {
  const isThere = markdown.split('\n').some((line) => /^#{1,6} /.test(line) && wordsOf(line) === wordsOf(heading))
  return isThere || heading === '' ? markdown : `# ${heading.replace(/([\\`*_[\]<>])/g, '\\$1')}\n\n${markdown}`
}

function wordsOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '')
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
