import { availableParallelism, loadavg } from 'node:os'

/** How loaded the machine is, for beside the figures. */
export function describeLoad(): string {
  const [minute = 0, five = 0] = loadavg()
  return `${availableParallelism()} cores, load ${minute.toFixed(1)} over the last minute, ${five.toFixed(1)} over five`
}
