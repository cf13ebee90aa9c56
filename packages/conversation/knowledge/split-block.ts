import { type Block, indentOf, textOf } from './find-blocks.ts'
import type { Line } from './scan-lines.ts'
import { splitSentences } from './split-sentences.ts'

/** The pieces of one block, none longer than `limit` characters. One piece where the block fits. */
export function splitBlock(lines: readonly Line[], block: Block, limit: number): string[] {
  const text = textOf(lines, block.from, block.to)
  if (text.trim().length <= limit) return [trimBlankLines(text)]
  if (block.kind === 'code') return splitCode(text.split('\n'), limit)
  if (block.kind === 'prose') return packPieces(splitSentences(text), '', limit)
  if (block.kind === 'item') return packPieces(splitItem(text.split('\n')), '\n', limit).map(dedent)
  return packPieces(text.split('\n'), '\n', limit)
}

/** Each part of a code block is a code block of its own, so that it is still read as code. */
function splitCode(lines: readonly string[], limit: number): string[] {
  const first = lines[0] ?? ''
  const marks = /`{3,}|~{3,}/.exec(first.slice(0, 400))?.[0]
  if (!marks) return packPieces(lines, '\n', limit)
  const hasClose = lines.length > 1 && lines.at(-1)?.trim() === marks
  const inner = lines.slice(1, hasClose ? -1 : undefined)
  const opening = first.slice(0, 100)
  const room = Math.max(limit - opening.length - marks.length - 2, 1)
  return packPieces(inner, '\n', room).map((part) => `${opening}\n${part}\n${marks}`)
}

/** A long item is cut before the items inside it first. */
function splitItem(lines: readonly string[]): string[] {
  const parts: string[] = []
  for (const line of lines) {
    const isInner = indentOf(line) > 0 && /^\s+(?:[-*+]|\d{1,9}[.)])[ \t]/.test(line.slice(0, 400))
    if (isInner || parts.length === 0) parts.push(line)
    else parts[parts.length - 1] += `\n${line}`
  }
  return parts
}

/** Puts neighbours together up to the limit; a piece that is too long alone is cut at lines, sentences, words, signs. */
function packPieces(pieces: readonly string[], between: string, limit: number): string[] {
  const packed: string[] = []
  let current: string | null = null
  for (const piece of pieces.flatMap((whole) => cutDown(whole, limit))) {
    if (current !== null && current.length + between.length + piece.length <= limit) current += between + piece
    else {
      if (current !== null) packed.push(current)
      current = piece
    }
  }
  if (current !== null) packed.push(current)
  return packed.map(trimBlankLines).filter((text) => text !== '')
}

function cutDown(text: string, limit: number): string[] {
  if (text.length <= limit) return [text]
  const lines = text.split('\n')
  if (lines.length > 1) return packPieces(lines, '\n', limit)
  const sentences = splitSentences(text)
  if (sentences.length > 1) return packPieces(sentences, '', limit)
  return cutAtWords(text, limit)
}

function cutAtWords(text: string, limit: number): string[] {
  const parts: string[] = []
  let start = 0
  while (start < text.length) {
    let end = Math.min(start + limit, text.length)
    if (end < text.length) {
      const space = text.lastIndexOf(' ', end)
      if (space > start + limit / 2) end = space + 1
      else if (isInsideSign(text, end)) end -= 1
    }
    parts.push(text.slice(start, Math.max(end, start + 1)))
    start = Math.max(end, start + 1)
  }
  return parts
}

function isInsideSign(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}

/** An inner item that begins a passage would be taken for code if it kept its indentation. */
function dedent(text: string): string {
  const indent = indentOf(text)
  if (indent === 0) return text
  return text.replaceAll(new RegExp(`^[ \\t]{1,${indent}}`, 'gm'), '')
}
