import type { LiveState } from '@parlor/live-client'
import { fill } from './i18n/load-messages.ts'
import { Icon } from './icon.tsx'
import { useText } from './text-context.ts'
import { useCountdown } from './use-live.ts'

/** Said aloud when this many seconds are left, and not every second. */
const spoken = [60, 30, 10]

/** The time that is left, within the last minute. */
export function Countdown({ state }: { state: LiveState }) {
  const text = useText()
  const seconds = useCountdown(state)
  const said = seconds === null ? undefined : spoken.findLast((one) => seconds <= one)
  const time = seconds === null ? '' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <>
      {seconds !== null && (
        <span
          class={seconds <= 10 ? 'countdown countdown-last' : 'countdown'}
          data-parlor="countdown"
          data-seconds={seconds}
        >
          <Icon name="clock" />
          {fill(text.left, { time })}
        </span>
      )}
      <span class="hidden" aria-live="polite">
        {said !== undefined && fill(text.endsIn, { seconds: said })}
      </span>
    </>
  )
}
