import { runProgram } from './run-program.ts'

/** Whether `espeak-ng` is installed: whether it answers to `--version`. */
export async function findEspeak(program = 'espeak-ng'): Promise<boolean> {
  try {
    for await (const _ of runProgram({ program, args: ['--version'], input: '', timeoutMs: 5_000 }));
    return true
  } catch {
    return false
  }
}
