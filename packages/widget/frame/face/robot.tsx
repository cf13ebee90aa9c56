import { darker, type Look } from './look.ts'

/** A friendly machine with the same expressions. */
export function Robot({ look }: { look: Look }) {
  return (
    <>
      <g class="f-body">
        <path fill={look.clothes} d="M14 128c0-20 12-30 30-31h32c18 1 30 11 30 31z" />
        <path fill={darker(look.clothes)} d="M52 84h16v13q-8 6-16 0z" />
      </g>
      <g class="f-head">
        <path d="M60 32V20" stroke={darker(look.skin)} stroke-width="3" />
        <circle class="f-lamp" cx="60" cy="17" r="4.5" fill={look.clothes} />
        <rect x="24" y="50" width="8" height="18" rx="4" fill={darker(look.skin)} />
        <rect x="88" y="50" width="8" height="18" rx="4" fill={darker(look.skin)} />
        <rect x="29" y="30" width="62" height="57" rx="20" fill={look.skin} />
        <rect x="36" y="40" width="48" height="38" rx="14" fill="#22262d" />
        <g class="f-eyes" fill="#7ff0dc">
          <rect class="f-blink" x="45" y="49" width="8" height="11" rx="4" />
          <rect class="f-blink" x="67" y="49" width="8" height="11" rx="4" />
        </g>
        <g class="f-asleep" fill="none" stroke="#7ff0dc" stroke-width="2.5" stroke-linecap="round">
          <path d="M45 56h8M67 56h8" />
        </g>
        <g fill="none" stroke="#7ff0dc" stroke-width="2.5" stroke-linecap="round">
          <path class="f-smile" d="M53 67q7 5 14 0" />
          <path class="f-ponder" d="M56 69h8" />
        </g>
        <rect class="f-talk" x="52" y="65" width="16" height="8" rx="4" fill="#7ff0dc" />
      </g>
    </>
  )
}
