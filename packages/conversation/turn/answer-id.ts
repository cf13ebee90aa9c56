/**
 * The id of the message that answers a response: the same whoever makes the answer. Several nodes may answer one question, because
 * none knows what the others do; under the log's lock the first one finds no message of this id, and every later one does.
 */
export function answerId(response: number): string {
  return `${reserved}${response}`
}

/** Whether a client must not use this id: it could keep an answer from being stored. */
export function isAnswerId(id: string): boolean {
  return id.startsWith(reserved)
}

const reserved = 'answer:'
