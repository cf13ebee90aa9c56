/* All a customer's page needs: a token from its own backend, given to the widget. */
const place = document.getElementById('widget')
const said = document.getElementById('said')
const say = (text) => {
  said.textContent = text
}

/** The session this site has for this visitor, in every tab and over a reload, where the browser lets it be kept. */
function kept(value) {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem('session') ?? 'null')
    if (value === null) localStorage.removeItem('session')
    else localStorage.setItem('session', JSON.stringify(value))
  } catch {
    /* Storage is switched off: the page works without it. */
  }
  return null
}

async function start() {
  let session = kept()
  if (session === null || Date.parse(session.expires_at) < Date.now()) {
    const response = await fetch('/session', { method: 'POST' })
    session = await response.json()
    if (!response.ok) return say(session.message)
    kept(session)
  }
  const widget = document.createElement('parlor-widget')
  widget.setAttribute('token', session.session_token)
  place.replaceChildren(widget)
}

document.getElementById('end').addEventListener('click', async () => {
  const session = kept()
  if (session === null) return say('There is no session to end. Start one.')
  const response = await fetch(`/session/${encodeURIComponent(session.session_id)}`, { method: 'DELETE' })
  say(response.ok ? 'The backend ended the session.' : 'The session could not be ended.')
})

document.getElementById('again').addEventListener('click', () => {
  kept(null)
  say('')
  start()
})

/* A session that is over, or not known here, is kept no longer: a reload begins anew. */
const forget = ({ target }) => {
  if (kept()?.session_token === target.getAttribute('token')) kept(null)
}
addEventListener('parlor-ended', (event) => event.detail.reason === 'replaced' || forget(event))
addEventListener('parlor-refused', (event) => event.detail.rule === 'unknown_session' && forget(event))

start().catch(() => say('The page could not reach its backend. Reload to try again.'))
