import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Nearer than this to a place counts as there. Pixels. */
const near = 60
/** Space left above the question that is pinned to the top. Pixels. */
const above = 12

/**
 * `question`: the log moves up until the visitor's last question stands at its top, so that a long answer is read from
 * its beginning. `end`: it follows the newest word. `free`: the visitor reads elsewhere and is left alone.
 */
type Follows = 'question' | 'end' | 'free'

/** Moves a scroller along with its content. `questions` is how many the visitor has asked: a new one is followed anew. */
export function useStickToEnd(content: unknown, questions: number) {
  const scroller = useRef<HTMLElement>(null)
  const follows = useRef<Follows>('question')
  const [isAway, setAway] = useState(false)

  const move = useCallback(() => {
    const box = scroller.current
    if (!box) return
    const { end, question } = places(box)
    if (follows.current === 'end') box.scrollTop = end
    if (follows.current === 'question') box.scrollTop = Math.max(box.scrollTop, Math.min(end, question))
    setAway(end - box.scrollTop > near)
  }, [])

  // Declared before the moving, so that a new question is followed in the same turn.
  useLayoutEffect(() => {
    follows.current = 'question'
  }, [questions])
  useLayoutEffect(move, [content, questions])

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const onScroll = () => {
      const { end, question } = places(box)
      const isAt = (place: number) => Math.abs(box.scrollTop - place) <= near
      if (isAt(Math.min(end, question))) follows.current = 'question'
      else follows.current = isAt(end) ? 'end' : 'free'
      setAway(end - box.scrollTop > near)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    const resized = new ResizeObserver(move)
    resized.observe(box)
    return () => {
      box.removeEventListener('scroll', onScroll)
      resized.disconnect()
    }
  }, [move])

  const toEnd = useCallback(() => {
    follows.current = 'end'
    move()
  }, [move])
  return { scroller, isAway, toEnd }
}

function places(box: HTMLElement): { end: number; question: number } {
  const questions = box.querySelectorAll<HTMLElement>('.visitor')
  const last = questions[questions.length - 1]
  return {
    end: box.scrollHeight - box.clientHeight,
    // A long greeting is read from its beginning as well.
    question: last ? last.offsetTop - above : 0,
  }
}
