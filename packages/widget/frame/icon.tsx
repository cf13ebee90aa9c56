const paths = {
  send: 'M12 19V5M5.5 11.5 12 5l6.5 6.5',
  stop: 'M8 8h8v8H8z',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  down: 'M12 5v14M5.5 12.5 12 19l6.5-6.5',
  quote: 'M9.5 7C6.5 8 5 10.5 5 14v3h5v-5H7.5M18.5 7c-3 1-4.5 3.5-4.5 7v3h5v-5h-2.5',
  search: 'M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zM15.5 15.5 20 20',
  clock: 'M12 20a8 8 0 1 1 0-16 8 8 0 0 1 0 16zM12 8v4.5l3 1.5',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  alert: 'M12 4 2.5 20h19zM12 10v4.5M12 17.3v.2',
  windows: 'M8 8h12v12H8zM4 16V4h12',
  cut: 'M3 12h4l2.5-6 5 12L17 12h4',
  check: 'M5 12.5l4.5 4.5L19 7.5',
} as const

export type IconName = keyof typeof paths

/** One of our line drawings, as an ornament beside words or a label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
