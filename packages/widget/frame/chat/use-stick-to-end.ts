import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Nearer to the end than this, the visitor is taken to be reading along. Pixels. */
const near = 80

/** Keeps a scroller at its end while the visitor reads along, and leaves it alone once they scroll up. */
export function useStickToEnd(content: unknown) {
  const scroller = useRef<HTMLElement>(null)
  const follows = useRef(true)
  const [isAway, setAway] = useState(false)

  const toEnd = useCallback(() => {
    follows.current = true
    setAway(false)
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [])

  useLayoutEffect(() => {
    if (follows.current) toEnd()
  }, [content, toEnd])

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const onScroll = () => {
      follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < near
      setAway(!follows.current)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    const resized = new ResizeObserver(() => follows.current && toEnd())
    resized.observe(box)
    return () => {
      box.removeEventListener('scroll', onScroll)
      resized.disconnect()
    }
  }, [toEnd])

  return { scroller, isAway, toEnd }
}
