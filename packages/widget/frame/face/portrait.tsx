import { renderToString } from 'preact-render-to-string'
import { Face } from './face.tsx'

/** The face of the public avatar, at rest: its look is open, so its name decides it. */
const name = 'Iris'

/** A picture of the drawn face that stands by itself: what lists of avatars show. Only the build runs this. */
export function renderPortrait(): string {
  const page = renderToString(<Face look={{}} name={name} expression="idle" label={name} />)
  const drawing = page.slice(page.indexOf('<svg'), page.indexOf('</svg>') + '</svg>'.length)
  // In the frame the style sheet hides what other expressions show.
  const hidden = '<style>.f-ponder,.f-talk,.f-asleep{display:none}</style>'
  return drawing
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Iris" ')
    .replace(' aria-hidden="true"', '')
    .replace('>', `>${hidden}`)
}
