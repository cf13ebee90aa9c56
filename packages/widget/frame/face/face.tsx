import type { AvatarLook } from '@parlor/protocol'
import { useMemo } from 'preact/hooks'
import { Human } from './human.tsx'
import { lookOf } from './look.ts'
import { Robot } from './robot.tsx'

export type Expression = 'idle' | 'listening' | 'thinking' | 'speaking' | 'asleep'

interface FaceProps {
  look: AvatarLook
  name: string
  expression: Expression
  /** Says who it is and what it does, for those who do not see it. */
  label: string
}

/** The agent's face: a still drawing that blinks, listens, ponders and speaks by the style sheet alone. */
export function Face({ look: config, name, expression, label }: FaceProps) {
  const look = useMemo(() => lookOf(config, name), [config, name])
  return (
    <div class="face" data-parlor="face" data-expression={expression} role="img" aria-label={label}>
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <defs>
          <clipPath id="face-clip">
            <circle cx="60" cy="60" r="60" />
          </clipPath>
          <radialGradient id="face-light" cx=".35" cy=".2" r=".9">
            <stop offset="0" stop-color="#fff" stop-opacity=".75" />
            <stop offset="1" stop-color="#fff" stop-opacity="0" />
          </radialGradient>
        </defs>
        <g clip-path="url(#face-clip)">
          <rect width="120" height="120" fill={look.background} />
          <rect width="120" height="120" fill="url(#face-light)" />
          <g transform="translate(60 65) scale(1.14) translate(-60 -62)">
            <g class="f-all">{look.head === 'robot' ? <Robot look={look} /> : <Human look={look} />}</g>
          </g>
        </g>
      </svg>
      <span class="face-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  )
}
