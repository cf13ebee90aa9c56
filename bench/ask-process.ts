import type { ChildProcess } from 'node:child_process'

/** Asks a forked process something and waits for its one answer. @throws Error when it answers with an error, or ends. */
export function askProcess<Answer>(child: ChildProcess, order: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A process of the bench ended before it answered.'))
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      if (typeof answer === 'object' && answer !== null && 'error' in answer) reject(new Error(String(answer.error)))
      else resolve(answer as Answer)
    })
    child.send(order)
  })
}
