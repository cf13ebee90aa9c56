import { type Finding, ok, warning } from './finding.ts'

/** More than this is worth a word: sessions end by the server's clock, countdowns run on the other one. */
const toleratedMs = 5000

export function judgeClock(differenceMs: number | null, whose: string): Finding[] {
  if (differenceMs === null) return []
  const seconds = Math.round(Math.abs(differenceMs) / 1000)
  if (Math.abs(differenceMs) <= toleratedMs) return [ok('clock', `The clocks of ${whose} and this machine agree.`)]
  const way = differenceMs > 0 ? 'ahead of' : 'behind'
  return [warning('clock', `The clock of ${whose} is ${seconds} s ${way} this machine’s.`, 'timedatectl set-ntp true')]
}
