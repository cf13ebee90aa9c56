/**
 * What an answer may become. There is no way to say anything else: HTML and images stay text, a heading is a bold line, a link is
 * http, https or mailto, a mark [n] is a citation only where the citation exists.
 */
export type Block =
  | { type: 'paragraph'; inlines: Inline[] }
  | { type: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { type: 'code'; text: string }

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'break' }
  | { type: 'code'; text: string }
  | { type: 'strong' | 'emphasis'; inlines: Inline[] }
  | { type: 'link'; href: string; inlines: Inline[] }
  | { type: 'citation'; n: number }
