// Uses the published package as a stranger would, in whatever Node runs this, and prints what came of it.
import { pathToFileURL } from 'node:url'

const { dist, entries, url, apiKey, agentId, origin } = JSON.parse(process.argv[2])
const load = (file) => import(pathToFileURL(`${dist}/${file}.js`).href)

for (const entry of entries) await load(entry)
const { Parlor, ParlorRequestError } = await load('index')
const functions = await load('functions/index')
const { createBrowserSession, streamChat } = await load('browser/index')

const parlor = new Parlor()
const names = []
for await (const avatar of parlor.avatars.list({ page_size: 1 })) names.push(avatar.name)
const session = await parlor.widgetSessions.create({ agentic_avatar_id: agentId, allowed_origins: [origin] })
const refusal = await parlor.widgetSessions.get('nothing').catch((error) => error)
const core = new functions.ParlorCore({ baseUrl: url, apiKey })
const read = await functions.getWidgetSessionStatus(core, { session_id: session.session_id })
const { client_token: token } = await parlor.chatSessions.create({ embed_origin: origin })
const messages = [{ role: 'user', content: 'When are you open?' }]
let answer = ''
for await (const event of streamChat({ url, token, messages, headers: { origin } })) {
  if (event.type === 'text') answer += event.text
}

/** Node has WebSocket from 22 on. */
async function talk() {
  if (typeof WebSocket === 'undefined') return null
  const { session_token } = await parlor.widgetSessions.create({ agentic_avatar_id: agentId })
  const live = createBrowserSession({ url, token: session_token })
  const said = new Promise((resolve) =>
    live.on('transcript', ({ entries }) => {
      const last = entries.findLast(({ kind }) => kind === 'agent')
      if (last?.finish === 'complete') resolve(last.text)
    }),
  )
  live.connect()
  live.send('When are you open?')
  const text = await said
  live.leave()
  live.dispose()
  return text
}

console.log(
  JSON.stringify({
    node: process.version,
    names,
    status: read.ok && read.value.status,
    refused: refusal instanceof ParlorRequestError && refusal.code,
    isOneClass: refusal instanceof functions.ParlorRequestError,
    answer,
    said: await talk(),
  }),
)
