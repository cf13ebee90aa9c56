import type { BrainContext } from '@parlor/conversation/brain'
import { addDocument, createBase, knowledgeRetriever } from '@parlor/conversation/knowledge'
import { memoryKnowledgeStore } from '@parlor/conversation/knowledge/testing'
import { fixedClock } from '@parlor/core/time'
import { beforeAll, expect, test } from 'vitest'
import { englishWordVectors } from '../word-vectors/index.ts'
import { extractiveBrain } from './extractive-brain.ts'

const documents = {
  'ja.md': '# 返金ポリシー\n\n返金は購入から三十日以内に可能です。送料は返金されません。',
  'zh.md': '# 退款政策\n\n您可以在三十天内申请退款。运费不予退还。\n\n# 营业时间\n\n我们周一至周五营业。',
  'th.md': '# การคืนเงิน\n\nคุณสามารถขอคืนเงินได้ภายในสามสิบวัน',
  'de.md':
    '# Rückgabe\n\nSie können die Ware innerhalb von dreißig Tagen zurückgeben. Die Versandkosten werden nicht erstattet.',
  'fr.md': '# Remboursement\n\nVous pouvez demander un remboursement sous trente jours.',
}
const ports = { knowledge: memoryKnowledgeStore(), clock: fixedClock() }
let knowledgeBase: { id: string; name: string }
beforeAll(async () => {
  knowledgeBase = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'docs' })
  for (const [name, text] of Object.entries(documents)) await addDocument(ports, knowledgeBase, { name, text })
})

async function ask(question: string, locale: string): Promise<string> {
  const context: BrainContext = {
    instructions: '',
    agentName: 'Ada',
    greeting: null,
    locale,
    history: [],
    question,
    knowledgeBase,
    model: 'extractive',
  }
  let text = ''
  const brain = extractiveBrain({ retriever: knowledgeRetriever({ ...ports, words: englishWordVectors() }) })
  for await (const part of brain.reply(context, new AbortController().signal))
    if (part.type === 'text') text += part.text
  return text
}

test.each([
  ['返金はいつまで可能ですか？', 'ja', '“返金は購入から三十日以内に可能です。” [1]'],
  ['送料は返金されますか', 'ja', '“送料は返金されません。” [1]'],
  ['如何申请退款？', 'zh', '“您可以在三十天内申请退款。” [1]'],
  ['营业时间是什么时候', 'zh', '“我们周一至周五营业。” [1]'],
  ['ขอคืนเงินได้กี่วัน', 'th', '“คุณสามารถขอคืนเงินได้ภายในสามสิบวัน” [1]'],
  [
    'Wie viele Tage kann ich die Ware zurückgeben?',
    'de',
    '„Sie können die Ware innerhalb von dreißig Tagen zurückgeben.“ [1]',
  ],
  ['Comment demander un remboursement ?', 'fr', '« Vous pouvez demander un remboursement sous trente jours. » [1]'],
])('%s is answered in its language', async (question, locale, quotation) => {
  expect(await ask(question, locale)).toContain(quotation)
})

test.each([
  ['天气怎么样', 'zh'],
  ['東京の天気は？', 'ja'],
  ['Wer ist Bundeskanzler?', 'de'],
])('%s is not answered', async (question, locale) => {
  expect(await ask(question, locale)).not.toContain('[1]')
})
