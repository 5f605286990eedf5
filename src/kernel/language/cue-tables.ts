import type { LanguageCode } from "./tongues.ts";

/** Phrases by what they do in a talk, in lower case, parted by commas. A phrase that begins with ^ opens a turn. */
export interface CueTable {
  readonly agreement: string;
  readonly disagreement: string;
  /** Praise of what another said; it counts at the opening of a turn alone. */
  readonly praise: string;
  /** Words that make a claim less sure. */
  readonly hedges: string;
  /** Words that give a reason, an example or a figure for something. */
  readonly reasons: string;
}

/**
 * Our own short lists, in the kinds that the literature names: agreeing and disagreeing openings after A. Pomerantz
 * ("Agreeing and disagreeing with assessments", 1984), hedges after G. Lakoff ("Hedges", 1973) and K. Hyland
 * ("Metadiscourse", 2005). They find what is common and miss irony and whatever is said in other words.
 */
export const cueTables: Readonly<Record<LanguageCode, CueTable>> = {
  en: {
    agreement:
      "^yes,^yeah,^yep,^exactly,^absolutely,^definitely,^totally,^agreed,^right,^true,^same here,^me too,^of course,i agree,agree with,you are right,you're right,is right,i'm with,i am with,count me in,makes sense to me,good point,fair enough,fair point,happy to back,rings true",
    disagreement:
      "^no,^nope,^nah,^but,^hold on,^wait,^well no,^yes but,^yeah but,^sure but,i disagree,don't agree,do not agree,can't agree,cannot agree,i doubt,i'd argue,don't buy,do not buy,not convinced,unconvinced,not so sure,not sure about that,i see it differently,other way round,on the contrary,beg to differ,with respect,that's wrong,that is wrong,not true,i'm against,i am against,wouldn't work,would not work,won't work,puts me off,leaves me cold,cannot follow,can't follow,too easy",
    praise:
      "great point,good point,great idea,good idea,great question,good question,love that,love this,love how,love the idea,love your,what a great,what a wonderful,brilliant,wonderful idea,excellent,fantastic,amazing,well said,well put,couldn't agree more,could not agree more,so true,spot on",
    hedges:
      "maybe,perhaps,probably,possibly,i think,i guess,i suppose,i feel like,i believe,sort of,kind of,kinda,sorta,somewhat,rather,a bit,a little,seems,seem,appears,apparently,might,may,could,would say,more or less,in a way,not sure,i don't know,i mean,roughly,about,around,usually,mostly,tends to,tend to",
    reasons:
      "because,since,so that,for example,for instance,such as,if,otherwise,therefore,that means,which means,the reason,due to,thanks to,last time,last week,last month,last year,it cost,it costs,percent,%,per cent,euros,dollars,pounds,evidence,study,studies,showed,shows,broke,saves,proof",
  },
  de: {
    agreement:
      "^ja,^genau,^stimmt,^richtig,^absolut,^eben,^klar,^natürlich,stimme zu,gebe dir recht,gebe ihr recht,gebe ihm recht,hast recht,haben recht,sehe ich genauso,sehe ich auch so,bin dabei,bin ganz auf der seite,guter punkt",
    disagreement:
      "^nein,^nee,^nö,^aber,^moment,^ja aber,^doch,widerspreche,widersprechen,stimmt nicht,sehe ich anders,sehe das anders,nicht überzeugt,überzeugt mich nicht,bezweifle,glaube ich nicht,im gegenteil,bin dagegen,falsch,hilft mir wenig",
    praise:
      "guter punkt,gute idee,tolle idee,super idee,gute frage,tolle frage,großartig,wunderbar,ausgezeichnet,fantastisch,klasse,gut gesagt,schön gesagt,liebe diese idee",
    hedges:
      "vielleicht,wahrscheinlich,möglicherweise,eventuell,ich glaube,ich denke,ich finde,ich vermute,ich schätze,irgendwie,ziemlich,eher,etwas,ein bisschen,scheint,anscheinend,könnte,könnten,würde sagen,mehr oder weniger,weiß nicht,nicht sicher,ungefähr,etwa,meistens,wohl",
    reasons:
      "weil,denn,da,deshalb,deswegen,damit,zum beispiel,etwa wenn,wenn,sonst,daher,das heißt,der grund,wegen,letzte woche,letztes jahr,letztes mal,kostet,kostete,prozent,%,euro,beweis,studie,studien,zeigt,zeigte,kaputt,spart",
  },
  fr: {
    agreement:
      "^oui,^ouais,^exactement,^absolument,^tout à fait,^voilà,^c'est vrai,^bien sûr,d'accord,vous avez raison,tu as raison,a raison,je suis de cet avis,je partage,bon point",
    disagreement:
      "^non,^mais,^attendez,^attends,^oui mais,pas d'accord,je ne crois pas,je doute,pas convaincu,pas convaincue,au contraire,c'est faux,je suis contre,ne me convainc pas,autrement",
    praise:
      "bonne idée,excellente idée,très bonne idée,bonne question,excellente question,bravo,génial,formidable,excellent,magnifique,bien dit,j'adore",
    hedges:
      "peut-être,probablement,sans doute,je pense,je crois,je trouve,je suppose,j'imagine,il me semble,semble,plutôt,un peu,assez,une sorte de,pourrait,pourraient,je dirais,plus ou moins,je ne sais pas,pas sûr,pas sûre,environ,à peu près,en général,apparemment",
    reasons:
      "parce que,parce qu,car,puisque,puisqu,comme,par exemple,si,sinon,donc,la raison,à cause de,grâce à,pour que,afin que,la dernière fois,la semaine dernière,l'année dernière,coûte,coûté,pour cent,%,euros,preuve,étude,études,montre,montré,cassé,cassée",
  },
  es: {
    agreement:
      "^sí,^exacto,^exactamente,^claro,^totalmente,^por supuesto,^desde luego,^es verdad,de acuerdo,tienes razón,tiene razón,opino lo mismo,pienso igual,coincido,buen punto",
    disagreement:
      "^no,^pero,^espera,^espere,^sí pero,no estoy de acuerdo,no creo,dudo,no me convence,al contrario,eso es falso,estoy en contra,lo veo distinto,lo veo de otra manera,no comparto,discrepo",
    praise:
      "buena idea,gran idea,excelente idea,buena pregunta,gran pregunta,buen punto,genial,fantástico,excelente,maravilloso,estupendo,bien dicho,me encanta",
    hedges:
      "quizá,quizás,tal vez,a lo mejor,probablemente,posiblemente,creo que,pienso que,supongo,me parece,parece,más bien,un poco,algo,bastante,una especie de,podría,podrían,diría,más o menos,no sé,no estoy seguro,no estoy segura,aproximadamente,normalmente,al parecer",
    reasons:
      "porque,ya que,puesto que,pues,por ejemplo,si,si no,por eso,así que,la razón,debido a,gracias a,para que,la última vez,la semana pasada,el año pasado,cuesta,costó,por ciento,%,euros,pesos,prueba,estudio,estudios,muestra,demuestra,rompió",
  },
  pt: {
    agreement:
      "^sim,^exato,^exatamente,^claro,^com certeza,^isso mesmo,^é verdade,^pois é,concordo,tem razão,tens razão,penso o mesmo,penso igual,estou com,bom ponto",
    disagreement:
      "^não,^mas,^espera,^calma,^sim mas,discordo,não concordo,não acho,não acredito,duvido,não me convence,pelo contrário,isso é falso,sou contra,vejo de outra forma,vejo diferente",
    praise:
      "boa ideia,ótima ideia,óptima ideia,excelente ideia,boa pergunta,ótima pergunta,bom ponto,genial,fantástico,excelente,maravilhoso,bem dito,adorei,adoro",
    hedges:
      "talvez,provavelmente,possivelmente,acho que,penso que,creio que,suponho,me parece,parece-me,parece,um pouco,meio que,bastante,uma espécie de,poderia,poderiam,diria,mais ou menos,não sei,não tenho certeza,aproximadamente,normalmente,pelo visto",
    reasons:
      "porque,já que,pois,por exemplo,se,senão,por isso,então,a razão,o motivo,devido a,graças a,para que,da última vez,na semana passada,no ano passado,custa,custou,por cento,%,euros,reais,prova,estudo,estudos,mostra,mostrou,quebrou,avariou",
  },
  ko: {
    agreement: "^네,^예,^맞아,^맞습니다,^그렇,^그럼요,동의,맞는 말,옳은 말,저도 그렇게,같은 생각,공감",
    disagreement:
      "^아니,^그런데 저는,^하지만,^글쎄,동의하지 않,동의하기 어렵,반대,생각이 다르,저는 다르게,그렇지 않,의문,납득,설득되지",
    praise: "좋은 생각,좋은 아이디어,훌륭한,멋진 생각,좋은 질문,대단해,대단하,최고예요,최고네요,좋은 지적",
    hedges:
      "아마,어쩌면,것 같,듯하,듯해,듯합니다,생각해요,생각합니다,생각이 들,일지도,수도 있,약간,조금,좀,대략,보통,잘 모르겠,글쎄",
    reasons: "때문,왜냐,그래서,니까,예를 들,만약,그러면,이유,덕분,지난주,작년,지난번,퍼센트,%,원,증거,연구,고장",
  },
  ja: {
    agreement: "^はい,^ええ,^うん,^そうです,^そうそう,^確かに,^その通り,賛成,同感,同意,おっしゃる通り,私もそう",
    disagreement:
      "^いいえ,^いや,^でも,^しかし,^ちょっと待って,反対,そうは思いません,そうは思わない,違うと思,違います,疑問,納得でき",
    praise: "いい考え,良い考え,いいアイデア,良いアイデア,素晴らしい,すばらしい,いい質問,良い質問,さすが,最高です",
    hedges:
      "たぶん,多分,おそらく,かもしれ,と思い,と思う,気がし,気がする,ような,みたい,らしい,でしょう,だろう,ちょっと,少し,やや,大体,だいたい,わからな,分からな",
    reasons: "なぜなら,だから,ので,ため,例えば,たとえば,もし,理由,おかげ,先週,去年,前回,パーセント,%,円,証拠,研究,壊れ",
  },
  ar: {
    agreement: "^نعم,^أجل,^بالضبط,^تماما,^تمامًا,^طبعا,^صحيح,أوافق,أتفق,معك حق,على حق,أنا مع",
    disagreement: "^لا,^لكن,^ولكن,^مهلا,لا أوافق,لا أتفق,أختلف,أشك,لست مقتنع,بالعكس,على العكس,غير صحيح,أنا ضد,أعترض",
    praise: "فكرة رائعة,فكرة جيدة,فكرة ممتازة,سؤال جيد,سؤال رائع,رائع,ممتاز,أحسنت,أحب هذه",
    hedges: "ربما,لعل,قد,أظن,أعتقد,أحسب,يبدو,نوعا ما,قليلا,تقريبا,حوالي,غالبا,لست متأكد,لا أدري,لا أعرف,من الممكن",
    reasons:
      "لأن,لأنه,لأنها,لأنني,بسبب,لذلك,مثلا,على سبيل المثال,إذا,لو,السبب,بفضل,الأسبوع الماضي,العام الماضي,بالمئة,%,يكلف,دليل,دراسة,تعطل",
  },
};
