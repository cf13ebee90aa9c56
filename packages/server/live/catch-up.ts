import { readResume } from '@parlor/conversation/transcript'
import { findUnanswered, type Turn } from '@parlor/conversation/turn'
import { isOver, say } from './connection.ts'
import type { VisitorChannel } from './live-state.ts'
import { abortReply, sayState, startReply } from './reply.ts'
import { tellOne } from './visitor-channel.ts'

/**
 * Tells what other nodes wrote to the visitor's log, in order and before anything newer, and takes up where they left off.
 * Nothing depends on hearing from them: whoever finds the log further than it knows reads on.
 */
export async function catchUp(channel: VisitorChannel): Promise<void> {
  const { context, place, connection, lastSeq } = channel
  if (connection === null || isOver(connection)) return
  const resume = await readResume(context.ports.transcripts, place, lastSeq)
  const { messages, tail } = resume
  if (resume.kind === 'snapshot') say(connection, { type: 'snapshot', seq: tail.lastSeq, messages })
  else for (const event of resume.events) tellOne(connection, event)
  channel.lastSeq = tail.lastSeq
  takeUp(channel, findUnanswered(messages, tail))
}

/**
 * Answers the question that is `owed`, unless that is being done; an answer to any other is not wanted any more. Two nodes may
 * be at the same one: the first to finish is the one that counts.
 */
export function takeUp(channel: VisitorChannel, owed: Turn | null): void {
  const { reply } = channel
  if (reply !== null) {
    if (reply.turn.response === owed?.response) return
    abortReply(channel, 'left')
    channel.reply = null
    if (owed === null) sayState(channel, 'idle')
  }
  if (owed !== null && channel.connection !== null) startReply(channel, owed)
}
