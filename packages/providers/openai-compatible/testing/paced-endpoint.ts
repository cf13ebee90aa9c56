import { openEndpoint } from './open-endpoint.ts'

/** The other side of `measure-cost.ts`, in a process of its own: says a word every so often. */
const words = Number(process.argv[2])
const pauseMs = Number(process.argv[3])

const { endpoint } = await openEndpoint(({ delta, finish }) => {
  let said = 0
  const timer = setInterval(() => {
    said += 1
    if (said <= words) return void delta({ content: said % 20 === 0 ? ' euros [1].' : ' word' })
    clearInterval(timer)
    finish('stop', { prompt_tokens: 10, completion_tokens: words, total_tokens: words + 10 })
  }, pauseMs)
})
process.send?.({ baseUrl: endpoint.baseUrl })
process.on('message', () => process.send?.(process.cpuUsage()))
