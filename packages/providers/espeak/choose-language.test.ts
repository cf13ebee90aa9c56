import { describe, expect, it } from 'vitest'
import { chooseLanguage, readLanguages } from './choose-language.ts'

const listing = `Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
 5  de              --/M      German             gmw/de
 5  en-029          --/M      English_(Caribbean) gmw/en-029           (en 10)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 5  nb              --/M      Norwegian_Bokmål  gmq/nb               (no 5)
 5  pt              --/M      Portuguese_(Portugal) roa/pt               (pt-pt 5)
 5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 6)
`

describe('the language of the voice', () => {
  it.each([
    ['de', 'gmw/de'],
    ['de-AT', 'gmw/de'],
    ['DE_de', 'gmw/de'],
    ['en', 'gmw/en'],
    ['en-US', 'gmw/en-US'],
    ['en-AU', 'gmw/en'],
    ['pt', 'roa/pt'],
    ['pt-BR', 'roa/pt-BR'],
    ['zh-Hant-TW', 'sit/cmn'],
    ['no', 'gmq/nb'],
    ['xx', 'gmw/en'],
    ['', 'gmw/en'],
    [null, 'gmw/en'],
    ['-w', 'gmw/en'],
    ['../../etc/passwd', 'gmw/en'],
    ['de+f3', 'gmw/en'],
    ['VoiceName', 'gmw/en'],
  ])('for %j is %s', (asked, named) => {
    expect(chooseLanguage(asked, readLanguages(listing))).toBe(named)
  })

  it('is English where the list cannot be read', () => {
    expect(chooseLanguage('de', readLanguages('no such option\n'))).toBe('en')
  })
})
