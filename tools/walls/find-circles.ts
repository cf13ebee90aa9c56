/**
 * Finds the import circles of a graph: one circle for each knot of files that reach each other, as the shortest way
 * round from its first file. `edges` maps a file to the files it imports.
 */
export function findCircles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = []
  const reported = new Set<string>()
  for (const start of [...edges.keys()].sort()) {
    if (reported.has(start)) continue
    const way = shortestWayBack(edges, start)
    if (!way) continue
    circles.push(way)
    for (const file of way) reported.add(file)
  }
  return circles
}

function shortestWayBack(edges: ReadonlyMap<string, readonly string[]>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const file of queue) {
    for (const next of edges.get(file) ?? []) {
      if (next === start) return wayTo(cameFrom, start, file)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, file)
      queue.push(next)
    }
  }
  return undefined
}

function wayTo(cameFrom: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const way = [start]
  for (let file = end; file !== start; file = cameFrom.get(file) ?? start) way.splice(1, 0, file)
  return [...way, start]
}
