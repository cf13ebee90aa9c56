import { foldWord } from '../fold-word.ts'

/** Words that say a little: they may help, but that a text lacks them proves nothing. Folded. */
const table = `
able accomplish achieve actual again ago allow already answer anymore anyone apart app application approach apply ask asked asking available aware
away back bad basic become begin behave behaviour behavior belong best better big bit bring build bunch call called calls came care case cause certain
certainly chance change check choose clear clearly close code come comes common complete concern consider contain correct correctly couple course
create current currently day days deal decide decent depend detail different difficult directly done early easily easy effect elsewhere end enough
entire especially everybody example expect explain extra face fact fail far feature feel few fine finish fit fix follow following force found four
free friend full general generally gone good great guess half hand handle happen happened happening hard help helps helpful hint hold holds huge idea
important include inside interested issue job join kind know known large last late later lead learn leave left less let level life light like likely
little live load long look looking looks lose lot love low main major manage matter maybe meaning mention minute moment month move multiple name
natural near nearly necessary never newest next nice normal normally nothing notice number obvious offer old older open order ordinary original ours
outside page part particular parts past pay people perhaps person piece place plan plenty point possible possibly practice prefer present pretty
prevent previous probably problem project proper properly provide purpose question quick quickly quite ready real really reason recent recommend
recommended regular relate relevant remember replace result rid right run running runs safe said same save second see seem seems sees sense separate
serious seriously set several shall short side similar simple simply since single sit situation small software solve sometimes soon sort special
specific stand start started state stay step still stop straight stuff suggest suitable suppose supposed sure system take takes taken talk tell thing
think thought three time times today together told took topic total touch tried trouble true try trying turn twice two type unable understand unless
use used useful user uses using usual usually various version wait walk wanted week weeks went whole wide wish wonder word words work worked working
works world worry worth write wrong year years yet young happy hate heard hear instead kept knew needed nowadays obviously old-style ok somewhere
story support supports thinking tiny tool ugly web wild absolutely accident actually adding additional admit afraid afterwards ahead aim alike almost
alone along although amazing amount annoy annoyed annoying anyhow anyway anywhere appear appears appropriate arise arrange arrive arrives aside
attempt attempted attempting awful awkward barely bear beat beautiful beforehand begins behind believe besides beyond boring bother bothered bothers
bottom brand brief briefly bringing brings broad brought busy buy calling careful carefully carry carries causes chances chosen circumstances claim
clever comfortable coming commonly completely complicated confused confusing confusion consequence consistent constantly contrary convenient convince
cool couldnt counts crazy crunch crunching curious dare deep definitely deliberate deliberately deserve desired despite difficulty dislike doubt
doubts dozen dozens dream drive drives driving dumb eager easier easiest effort either elegant else emergency ended ends enjoy entirely essentially
eventually everywhere exact excellent except exist existing exists expected expects explaining explanation extremely fairly fall falls falling
familiar fancy favourite favorite fear feeling feels fellow fetching fewer figure fill final finally finds finishing firm forget formerly fortunately
forward fresh frequently frustrated frustrating fully fun funny further gain gather generic gets glad gonna gotta grab grow growing guy guys habit
harder hardly head heavily hence helped helping hopefully hoping hope human humans hundred hundreds hurry ideally ideas imagine immediately impact
importantly impossible improvement indeed individual inform inner insist inspired intend intended intention interest interesting introduce investigate
invite involved keen keeping kinds knowing knows lack lacks largely lately latter lay lazy leaving letting lie lies likewise listen lives lots lucky
mad magic mainly makes managed manager massive meanwhile meant meet meets mental mere merely mess messy mid million millions mind minor miss misses
mistaken mix moments months moreover morning mostly moved moving naive nasty neat neither nevertheless nicely night nobody none nope notably noticed
noticing nowhere numerous occasionally occur occurs oddly offers often ones ongoing opinion opposite originally ought outcome overall overnight
painful pair partly passing patience patient perfect perfectly personal personally picked picking planned planning plans pleasant pleased pointless
popular potential potentially prepare presence previously pride prior proceed produced produces producing progress prompt proud prove push pushed puts
putting puzzle quit rarely rather reach reached reaches realise realize realized reasonable reasonably reasons recall recently regarding reliable
reliably rely remain remaining remains remark remind reminder rest risky rough roughly rush sad safely sake saved saves saving saying scared scary
scenario scratch seemingly seen seldom sensible sent separately severe shame shift shot shows sick silly simpler simplest sits sitting situations
slightly smart smarter smooth smoothly someday somehow someone somewhat sorry sorts sounds speaking specially specifically spend spending spent spite
spot spotted stands starting starts stays stick sticks stopped stopping stops strange strangely strong struggle struggling stupid succeed success
successful successfully sudden suddenly suffer sufficient suggested suggestion suit suits super supposedly surely surprise surprised surprising
surprisingly sweet taking talking talks taught teaches tells ten tend tends terrible thank thankfully therefore they thick thin thinks thirty
thoroughly thousand thousands throughout tip tips tired tomorrow tonight tons tough toward towards tricky tries truly truth turning turns twenty
typical typically ultimately unclear unfortunately unhappy unlike unlikely unusual upcoming urgent utterly valuable variety vary virtually waiting
waits wanting warn waste wasted wasting watching weak wear weekend weird whatsoever whenever whereas wherever whoever willing wise wished wondering
workaround worried worrying worse worst worthwhile wow wrongly yesterday yours zero company companies boss department office business codebase mate
folks newbie beginner expert experts senior junior programmer programmers engineer engineers
`

const lightWords: ReadonlySet<string> = new Set(
  table
    .trim()
    .split(/\s+/)
    .map((word) => foldWord(word)),
)

/** Whether a folded word says little about what is asked. */
export function isLightWord(folded: string): boolean {
  return lightWords.has(folded)
}
