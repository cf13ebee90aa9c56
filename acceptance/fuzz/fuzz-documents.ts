import { type Dice, throwDice } from './dice.ts'
import type { FuzzStage, Round } from './fuzz-stage.ts'
import { mutateBytes, mutateText } from './mutate.ts'
import { makeSamples, mutateInsideWord, type SampleDocument } from './sample-documents.ts'

/** Above what a reader may take for one document. */
const boundMs = 35_000

const oddNames = ['../../etc/passwd.md', 'a/b/c.md', '.md', 'x', 'ü🙂.html', 'a%00.pdf', ' .docx', 'con.pdf', '-.md']
const oddTypes = [
  '',
  'text/plain',
  'application/octet-stream',
  'text/html; charset=utf-16',
  'text/html; charset=nonsense',
  'x',
]

/**
 * Documents of every kind with bytes changed: each is taken or refused with a reason, in time, and a refused one leaves the
 * documents as they were. One after the other, so that it is known who changed what.
 */
export async function fuzzDocuments(stage: FuzzStage, { seed, shots }: Round): Promise<void> {
  const { parlor } = stage
  const bases = await parlor.request<{ data: { id: string }[] }>('GET', '/v1/knowledge-bases')
  const path = `/v1/knowledge-bases/${bases.body.data[0]?.id}/documents`
  const samples = await makeSamples()
  const list = async () => (await parlor.request('GET', `${path}?page_size=100`)).text
  let before = await list()
  for (const { name, mediaType, bytes } of samples) {
    const { status, text } = await upload(stage, path, { name, mediaType, bytes })
    if (status !== 200) stage.fault(`the whole ${name} was answered ${status}: ${text}`)
  }
  before = await list()
  for (let index = 0; index < shots; index++) {
    const dice = throwDice(seed, index)
    const sample = samples[index % samples.length] as SampleDocument
    const shot = changeDocument(sample, dice)
    const said = `document ${index} (${shot.name}, ${shot.mediaType}, ${shot.bytes.length} bytes)`
    const startedAt = performance.now()
    const answer = await upload(stage, path, shot)
    const took = performance.now() - startedAt
    stage.count(`${sample.name} ${answer.status}`)
    if (took > boundMs) stage.fault(`${said} took ${took} ms`)
    const isTaken = answer.status >= 200 && answer.status < 300
    const hasReason = typeof answer.body.message === 'string' && answer.body.message !== ''
    const isRefused = answer.status >= 400 && answer.status < 500 && hasReason
    if (!isTaken && !isRefused) stage.fault(`${said} was answered ${answer.status}: ${answer.text}`)
    const after = await list()
    if (!isTaken && after !== before) stage.fault(`${said} was refused and changed the documents`)
    // What was taken under an odd name goes again, so that the list stays one page.
    if (isTaken && !samples.some(({ name }) => name === shot.name)) {
      await parlor.request('DELETE', `${path}/${answer.body.id}`)
      before = await list()
    } else before = after
  }
}

function changeDocument(sample: SampleDocument, dice: Dice): SampleDocument {
  const isInside = sample.name.endsWith('.docx') && dice.chance(0.7)
  const bytes = isInside ? mutateInsideWord(dice) : mutateBytes(sample.bytes, dice)
  const name = dice.chance(0.9) ? sample.name : dice.chance(0.5) ? dice.pick(oddNames) : mutateText(sample.name, dice)
  return { name, bytes, mediaType: dice.chance(0.9) ? sample.mediaType : dice.pick(oddTypes) }
}

function upload({ parlor }: FuzzStage, path: string, { name, mediaType, bytes }: SampleDocument) {
  const safe = name.toWellFormed().replaceAll(/["\r\n]/g, '_')
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${safe}"\r\ncontent-type: ${mediaType}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')])
  return parlor.request<{ id?: string; message?: string }>('POST', path, body, {
    'content-type': 'multipart/form-data; boundary=b',
  })
}
