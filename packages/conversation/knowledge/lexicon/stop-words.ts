import { foldWord } from '../fold-word.ts'

/** Words that say nothing about what is asked, folded. */
const table = {
  english: `a about an and any anybody anyone anything are as at be because been being but by can cannot could did do does doing don
    down each else ever every few for from get gets getting give given go goes going got had has have having he her here hers
    him his how however i if in instead into is isn it its itself just know less let like ll make makes making many may maybe me
    might mine more most much must my myself need needs no nor not now of off ok on once one only onto or other our ours out over
    own please possible rather re really same say she should so some somebody someone something such tell than thank thanks that
    the their them then there these they thing things this those through to too under until up upon us ve very via want wants was
    way ways we well were what whatever when whenever where whether which while who whom whose why will with within without won
    would yes yet you your yours explain show describe says said saying keep keeps put mean means happen happens exactly actually able another again also always
    before after between both during first hello hi hey am doesn didn isn aren wasn shouldn couldn wouldn etc`,
  german: `aber alle alles als also am an auch auf aus bei beim bin bis bist bitte da damit dann das dass dein deine dem den denn der des
    die dies diese dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch euer fur gibt habe haben hat
    hatte hier ich ihm ihn ihnen ihr ihre im in ins ist ja jede jeder jedes jetzt kann kannst kein keine konnen koennen lasst machen macht man
    mein meine mich mir mit mochte muss mussen nach nicht nichts noch nun nur ob oder ohne sehr sein seine sich sie sind so soll
    sollte uber um und uns unser unter vom von vor wann warum was welche welcher welches wenn wer werde werden wie wieder will
    wir wird wo worden wurde zu zum zur zwischen geht gehe erklare zeige viel viele vieles wieviel`,
  french: `ai ainsi alors as au aussi aux avec avez avoir avons bien ce cela ces cet cette ceux chez comme comment dans de des donc du
    elle elles en encore est et etais etait ete etes etre eu faire fait faut il ils j je jusqu l la le les leur leurs lui ma
    mais me meme mes moi mon n ne nos notre nous on ont ou par pas peut peux plus pour pourquoi puis qu quand que quel quelle
    quelles quels quelque qui quoi sa sans se ses si son sont sous suis sur ta te tes toi ton tous tout toute toutes tres tu un
    une vais veux vos votre vous y sil plait`,
  spanish: `al algo algun alguna ante aqui asi cada como con contra cual cuales cuando de del desde donde dos e el ella ellas ellos en
    entre era es esa ese eso esta estan estar estas este esto estos fue ha hace hacer hacia han hasta hay la las le les lo los
    mas me mi mis mucho muy nada ni nos nosotros o os otra otro para pero poco por porque puede puedo que quien quiero se sea
    segun ser si sin sobre son soy su sus tambien tan tanto te tengo ti tiene todo todos tu tus un una uno unos usted y ya yo`,
  portuguese: `ao aos as com da das do dos ela elas ele eles em essa esse esta este eu foi isso isto ja mais mas me meu minha muito na nao
    nas no nos num o os ou para pela pelo por posso qual quais quando que quem se sem ser seu sua tem um uma umas uns voce`,
  italian: `agli ai al alla alle allo anche che chi ci come con cosa cui da dal dalla degli dei del della delle dello di dove e ed
    gli ha ho i il io la le lei lo loro lui ma mi mia mio ne nei nel nella noi non o per perche piu posso quale quali quando
    quello questa questo se sei si sono su sua sul sulla suo tra tu un una uno voi vuoi`,
  russian: `а без бы был была были было быть в вам вас ваш ваша ваши все всё вы где да для до его ее её если есть еще ещё же за и из или им их к
    как какая какие какой какое каком когда которая которые который кто ли меня мне мой можно мы на над нам нас наш не него нет но ну о об он
    она они оно от по под пожалуйста почему при про с сколько со так там тебя то тоже только ты у уже чего чей что чтобы эта эти это этот я`,
  ukrainian: `або але був була були було бути в вам вас ваш ви все де для до є же з за зі і із її їх й як яка яке який які коли ли мене мені ми
    можна на над нам нас не немає ні о про при під скільки та так там то тільки ти у хто це цей ця ці чи чому що щоб я`,
  greek: `αν αυτή αυτό από για δεν εγώ είμαι είναι εσύ ένα ένας η θα και κάθε κάνω κατά με μετά μια μου μπορώ να ο οι όταν ότι πόσα πόσο πότε που
    πού πρέπει προς πως πώς σας σε στα στη στην στις στο στον στους τα τη την της τι τις το τον του τους των υπάρχει ως`,
  arabic: `أن أنا أنت أو أي أين إلى إن التي الذي بعد به بها ثم على عليه عن عند في فيه قبل قد كان كانت كل كم كيف لا لكن له لها لم لماذا لي ما
    ماذا متى مع من منذ منه منها نحن نعم هذا هذه هل هم هنا هو هي و يا يكون يمكن يمكنني`,
  hebrew: `או אולי אותו אז אחרי איזה איך אין איפה אל אם אני אנחנו את אתה אתם בין גם האם הוא היא היה הם זאת זה זו יש כי כל כמה לא למה לי לפני מאיפה
    מה מי מתי עד על עם של שלי שלך`,
  korean: `가능한가요 그 그리고 나는 누가 누구 는 되나요 됩니까 무슨 무엇 무엇을 무엇인가요 뭐 뭐예요 수 어느 어디 어디서 어디에 어떤 어떻게 언제 얼마 얼마나 왜 이 있나요
    있습니까 있어요 저 저는 제 제가 좀 주세요 하나요 합니까 해야 해요 알려`,
} as const

const stopWords: ReadonlySet<string> = new Set(
  Object.values(table).flatMap((words) => words.split(/\s+/).map((word) => foldWord(word))),
)

/** Whether a folded word carries no content in any of the languages known here. */
export function isStopWord(folded: string): boolean {
  return stopWords.has(folded)
}
