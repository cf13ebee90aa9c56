import { expect } from 'vitest'
import type { ContractCase } from './contract-case.ts'
import { chunksOf, sampleBase, sampleDocument } from './samples.ts'

/** Sentences of four scripts without spaces between words, or with endings glued to them, and words that stand in them. */
const languages: readonly { language: string; texts: readonly string[]; found: readonly [string, number][] }[] = [
  {
    language: 'Chinese',
    texts: [
      '如果商品有质量问题，您可以在三十天内申请退货退款。',
      '打印机卡纸时，请先关闭电源再打开后盖。',
      '本店营业时间为九点。',
    ],
    found: [
      ['退货', 0],
      ['质量问题', 0],
      ['打印机', 1],
      ['卡纸', 1],
      ['营业时间', 2],
    ],
  },
  {
    language: 'Japanese',
    texts: [
      '返品をご希望の場合は、商品到着後三十日以内にご連絡ください。',
      'サーバーの再起動にはおよそ五分かかります。',
      'ﾌﾟﾘﾝﾀの用紙が詰まったときは、電源を切ります。',
    ],
    found: [
      ['返品', 0],
      ['商品到着', 0],
      ['サーバー', 1],
      ['再起動', 1],
      ['プリンタ', 2],
      ['用紙', 2],
    ],
  },
  {
    language: 'Thai',
    texts: ['ลูกค้าสามารถคืนสินค้าได้ภายในสามสิบวัน', 'กรุณาปิดเครื่องพิมพ์ก่อนเปิดฝาหลัง', 'ร้านเปิดทำการเวลาเก้าโมงเช้า'],
    found: [
      ['คืนสินค้า', 0],
      ['ลูกค้า', 0],
      ['เครื่องพิมพ์', 1],
      ['ทำการ', 2],
    ],
  },
  {
    language: 'Korean',
    texts: [
      '상품을 받은 날부터 삼십일 안에 환불을 신청할 수 있습니다.',
      '프린터에 용지가 걸리면 전원을 끄십시오.',
      '매장은 아홉시에 엽니다.',
    ],
    found: [
      ['환불', 0],
      ['환불은', 0],
      ['환불'.normalize('NFKD'), 0],
      ['신청하려면', 0],
      ['프린터가', 1],
      ['매장', 2],
    ],
  },
]

export const knowledgeScriptCases: readonly ContractCase[] = [
  ...languages.map(
    ({ language, texts, found }): ContractCase => ({
      name: `words of ${language} are found inside the run of signs they stand in, and counted`,
      run: async ({ stores: { knowledge } }) => {
        const base = sampleBase()
        await knowledge.insertBase(base)
        await knowledge.putDocument(sampleDocument(base.id), chunksOf(...texts))
        for (const [word, position] of found) {
          const hits = await knowledge.search(base.id, [word], 5)
          expect([word, ...hits.map((hit) => hit.chunk.position)]).toEqual([word, position])
        }
        const { containing } = await knowledge.countWords(
          base.id,
          found.map(([word]) => word),
        )
        expect(containing).toEqual(found.map(() => 1))
      },
    }),
  ),
  {
    name: 'signs that only meet where two words do are no word, a single sign is found, and a removed text leaves nothing',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      const put = (name: string, title: string, text: string) =>
        knowledge.putDocument(sampleDocument(base.id, { name, title }), chunksOf(text))
      await put('title', '退货', '其他')
      await put('body', '其他', '这里可以退货，也可以喝绿茶。')
      await put('mixed', 'iPhone手机', 'รุ่นใหม่ v2')
      const names = async (...words: string[]) =>
        (await knowledge.search(base.id, words, 9)).map((hit) => hit.document.name)
      expect(await names('退货')).toEqual(['title', 'body'])
      expect(await names('货退')).toEqual([])
      expect(await names('退茶')).toEqual([])
      expect(await names('茶')).toEqual(['body'])
      expect(await names('iPhone手机')).toEqual(['mixed'])
      expect(await names('手机', 'ใหม่')).toEqual(['mixed'])
      for (const { id } of (await knowledge.listDocuments(base.id, { offset: 0, limit: 9 })).items) {
        await knowledge.removeDocument(base.id, id)
      }
      expect(await knowledge.countWords(base.id, ['退货', '茶', 'ใหม่'])).toEqual({ chunks: 0, containing: [0, 0, 0] })
    },
  },
]
