/** Gives each heading of one document the anchor GitHub would give it: `## Reply.send()` becomes `replysend`. */
export function anchorMaker(): (heading: string) => string {
  const taken = new Map<string, number>()
  return (heading) => {
    const base = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    let anchor = base
    let count = taken.get(base) ?? 0
    while (taken.has(anchor)) {
      count += 1
      anchor = `${base}-${count}`
    }
    taken.set(base, count)
    if (anchor !== base) taken.set(anchor, 0)
    return anchor
  }
}
