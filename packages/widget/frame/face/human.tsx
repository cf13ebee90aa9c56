import { darker, type Look } from './look.ts'

/** Shoulders, neck, head and hair. What moves is a group with a class; the style sheet moves it. */
export function Human({ look }: { look: Look }) {
  const wide = look.head === 'round' ? 27 : 24.5
  return (
    <>
      {look.hairShape === 'long' && (
        <path
          class="f-back"
          fill={darker(look.hair)}
          d="M30 56c0-22 13-33 30-33s30 11 30 33v38c0 6-9 8-14 8H44c-5 0-14-2-14-8z"
        />
      )}
      <g class="f-body">
        <path fill={look.clothes} d="M12 128c0-20 14-30 34-33q14 9 28 0c20 3 34 13 34 33z" />
        <path fill={darker(look.clothes)} d="M43 95.500q17 15 34 0l-3-1.500q-14 9-28 0z" />
        <path fill={look.shade} d="M51 76h18v17q-9 8-18 0z" />
      </g>
      <g class="f-head">
        <circle cx={60 - wide} cy="59" r="5.5" fill={look.shade} />
        <circle cx={60 + wide} cy="59" r="5.5" fill={look.shade} />
        {look.hairShape === 'bun' && <circle cx="60" cy="21" r="11" fill={look.hair} />}
        <ellipse cx="60" cy="57" rx={wide} ry="29.5" fill={look.skin} />
        <g class="f-cheeks" fill="#e8584f" opacity=".2">
          <ellipse cx="44.5" cy="68" rx="5.5" ry="3.5" />
          <ellipse cx="75.5" cy="68" rx="5.5" ry="3.5" />
        </g>
        <Hair look={look} />
        <g class="f-brows" fill="none" stroke={darker(look.hair)} stroke-width="2.2" stroke-linecap="round">
          <path class="f-brow-l" d="M44.5 50.500q4.5-3 9-1" />
          <path class="f-brow-r" d="M66.5 49.500q4.5-2 9 1" />
        </g>
        <Eyes />
        <path d="M60 61q-2.2 4.5.8 5.5" fill="none" stroke={look.shade} stroke-width="2.2" stroke-linecap="round" />
        <Mouth colour={look.lips} />
      </g>
    </>
  )
}

function Eyes() {
  return (
    <>
      <g class="f-eyes">
        <g class="f-blink">
          <ellipse cx="49.5" cy="59" rx="3.3" ry="4" fill="#2a2320" />
          <circle cx="50.8" cy="57.4" r="1.2" fill="#fff" />
        </g>
        <g class="f-blink">
          <ellipse cx="70.5" cy="59" rx="3.3" ry="4" fill="#2a2320" />
          <circle cx="71.8" cy="57.4" r="1.2" fill="#fff" />
        </g>
      </g>
      <g class="f-asleep" fill="none" stroke="#2a2320" stroke-width="2.2" stroke-linecap="round">
        <path d="M45.5 59q4 3.5 8 0M66.5 59q4 3.5 8 0" />
      </g>
    </>
  )
}

function Mouth({ colour }: { colour: string }) {
  return (
    <>
      <path
        class="f-smile"
        d="M52 73.500q8 7 16 0"
        fill="none"
        stroke={colour}
        stroke-width="2.6"
        stroke-linecap="round"
      />
      <path
        class="f-ponder"
        d="M55 75q5 .5 9-1.5"
        fill="none"
        stroke={colour}
        stroke-width="2.6"
        stroke-linecap="round"
      />
      <g class="f-talk">
        <path d="M51.5 72.500q8.5 2 17 0q-1 9.5-8.5 9.500t-8.5-9.500z" fill="#7d2a2f" />
        <path d="M53.5 73.600q6.5 1.4 13 0l-.8 2.400q-5.7 1-11.4 0z" fill="#fff" />
        <path d="M55.5 80q4.5-3.5 9 0q-4.5 3-9 0z" fill="#e8797a" />
      </g>
    </>
  )
}

function Hair({ look }: { look: Look }) {
  if (look.hairShape === 'none') return null
  if (look.hairShape === 'short') {
    return (
      <path
        fill={look.hair}
        d="M33 58c-4-22 6-35 26-36c20-1 33 11 28.5 36c-3.5-4-5-10-7-15c-8 1-20-1-28-8c-3 6-11 8-14 13c-1.5 3-2.5 6.5-5.5 10z"
      />
    )
  }
  return (
    <path
      fill={look.hair}
      d="M31.5 62c-3.5-26 8-38.5 28.5-38.500s32 12.5 28.5 38.500c-5-5-7-12-9-18c-8-1-16-5-19.5-11c-4 7-11 10-19 12c-2.5 6-5 12-9.5 17z"
    />
  )
}
