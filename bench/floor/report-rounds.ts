import { formatSpread, spreadOf } from './figures.ts'
import { type Kind, kinds } from './job-requests.ts'

export interface Figure {
  perSecond: number
  /** Processor time of the server for one request, and of Postgres where there is one. */
  microseconds: number
  storeMicroseconds: number
}
export type Round = Record<Kind, Figure>

export interface Rounds {
  name: string
  rounds: Round[]
}

/** What Parlor is to reach beside each of the others, in requests per second. */
const aims = new Map([
  ['floor', 0.6],
  ['oidc', 5],
  ['oidc, grouped', 5],
])

/** Prints the figures and Parlor's ratio to each of the others, taken round by round. Parlor comes last. */
export function reportRounds(results: Rounds[], { withStore }: { withStore: boolean }): void {
  const all: { title: string; shown: (figure: Figure) => number; speed: (figure: Figure) => number }[] = [
    { title: 'requests per second', shown: (figure) => figure.perSecond, speed: (figure) => figure.perSecond },
    {
      title: 'processor microseconds per request',
      shown: (figure) => figure.microseconds,
      speed: (figure) => 1 / figure.microseconds,
    },
  ]
  if (withStore) {
    const whole = (figure: Figure) => figure.microseconds + figure.storeMicroseconds
    all.push({
      title: 'the same with what Postgres took',
      shown: whole,
      speed: (figure) => 1 / whole(figure),
    })
  }
  for (const { title, shown, speed } of all) {
    console.log(`\n${title}, min / median / max`)
    for (const kind of kinds) {
      for (const { name, rounds } of results) {
        const spread = spreadOf(rounds.map((round) => shown(round[kind])))
        console.log(
          `${kind.padEnd(7)}${name.padEnd(14)}${formatSpread(spread, 0).padEnd(26)}${beside(name, kind, speed)}`,
        )
      }
    }
  }

  function beside(name: string, kind: Kind, speed: (figure: Figure) => number): string {
    const aim = aims.get(name)
    const [parlor, other] = [results.at(-1), results.find((one) => one.name === name)]
    if (aim === undefined || parlor === undefined || other === undefined) return ''
    const ratios = spreadOf(
      parlor.rounds.map((round, index) => speed(round[kind]) / speed((other.rounds[index] as Round)[kind])),
    )
    const verdict = ratios.median >= aim ? 'reached' : 'missed'
    return `Parlor / ${name} ${formatSpread(ratios, 2)} (aim ${aim}: ${verdict})`
  }
}
