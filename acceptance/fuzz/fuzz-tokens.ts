import { type Dice, throwDice } from './dice.ts'
import type { FuzzStage, Round } from './fuzz-stage.ts'
import { mutateJson, mutateText, writeJson } from './mutate.ts'

const origin = 'https://shop.example'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Chat tokens with anything in them changed: none is accepted that is not letter by letter the one that was made. */
export async function fuzzTokens(stage: FuzzStage, { seed, shots }: Round): Promise<void> {
  const { parlor } = stage
  const token = await makeToken(stage)
  const use = (shown: string) => {
    const headers = { 'x-api-key': undefined, 'gram-chat-session': shown, origin }
    return parlor.request('GET', '/rpc/chat.list', undefined, headers)
  }
  for (let index = 0; index < shots; index++) {
    const shown = changeToken(token, throwDice(seed, index))
    // What no header may hold, no library sends; a header's value has no spaces around it.
    if (/[^\x20-\x7e]/.test(shown) || shown.trim() === token) continue
    const { status, text } = await use(shown)
    stage.count(`token ${status}`)
    if (status < 400 || status >= 500) stage.fault(`the token ${shown.slice(0, 900)} was answered ${status}: ${text}`)
    if (index % 25 === 0 && (await use(token)).status !== 200) stage.fault('the good token was refused')
  }
}

export async function makeToken({ parlor }: FuzzStage): Promise<string> {
  const login = await parlor.request<{ operator_session: string }>('POST', '/admin/v1/login')
  const headers = { 'x-api-key': undefined, 'gram-session': login.body.operator_session, 'gram-project': 'default' }
  const wish = { embed_origin: origin, user_identifier: 'u1' }
  const made = await parlor.request<{ client_token?: string }>('POST', '/rpc/chatSessions.create', wish, headers)
  if (made.body.client_token === undefined) throw new Error(`no token: ${made.status} ${made.text}`)
  return made.body.client_token
}

/** The token with something changed in one of its parts or all over; seldom, it comes out as it was. */
export function changeToken(token: string, dice: Dice): string {
  const parts = token.split('.')
  const at = dice.below(parts.length)
  const part = parts[at] ?? ''
  const put = (other: string) => parts.map((one, place) => (place === at ? other : one)).join('.')
  switch (dice.below(9)) {
    // The last letter of a part has bits that mean nothing to a lax reader.
    case 0:
      return put(part.slice(0, -1) + dice.pick([...letters]))
    case 1:
      return put(part + dice.pick(['=', '==', '.', 'A', ' ', '\t', '%3D']))
    case 2:
      return put(changeClaims(part, dice))
    case 3:
      return put(part.replaceAll('-', '+').replaceAll('_', '/'))
    case 4:
      return dice.pick([parts.slice(0, 2).join('.'), `${parts.slice(0, 2).join('.')}.`, `${token}.${part}`, part])
    case 5:
      return dice.pick([token.toUpperCase(), token + token, `${token},${token}`, `${token};`, `"${token}"`])
    case 6: {
      const place = dice.below(token.length)
      return token.slice(0, place) + dice.pick([...letters]) + token.slice(place + 1)
    }
    default:
      return mutateText(token, dice)
  }
}

/** Header or claims that say something else, under the signature of before. */
function changeClaims(part: string, dice: Dice): string {
  try {
    const said = JSON.parse(Buffer.from(part, 'base64url').toString()) as object
    const odd = dice.pick([
      { alg: 'none' },
      { alg: 'HS512' },
      { exp: 4e9 },
      { aud: [] },
      { kid: '../x' },
      { crit: ['b64'] },
    ])
    return Buffer.from(writeJson(dice.chance(0.5) ? { ...said, ...odd } : mutateJson(said, dice))).toString('base64url')
  } catch {
    return Buffer.from(dice.bytes(32)).toString('base64url')
  }
}
