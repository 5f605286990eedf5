const words = (list: string): readonly string[] => list.split(" ");

/** Words that nobody talks about, however telling their place: adverbs, what a study asks for, and the means to write. */
export const passing: ReadonlySet<string> = new Set([
  ...words(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mine yours ours theirs hers whoever whatever whichever wherever stored customers customer users user clients client guests colleagues members staff everybody management moderator motion motions debate debates rebuttal rebuttals statements votes rounds days until without tomorrow yesterday tonight instead really weeks months years soon together further whether everyone included maybe later next again thinking",
  ),
  ...words(
    "table tables document documents calendar web internet spreadsheet motion row rows column columns paragraph summary search look looks plan plans write writes speaks company companies hours minutes euros dollars side person meeting meetings",
  ),
  ...words(
    "bitte kurz erzählen halten benutzen vorschlagen lieber verbesserung verbesserungen meinung frage vorschlag vorschläge sie ihnen ihr ihre wäre würde welche was wie warum",
  ),
  ...words("merci pensez vraiment avis question idée idées pourquoi mois jour améliorer"),
  ...words("gracias opinan opinión pregunta idea ideas mejorar añadirían usted ustedes meses sólo solo"),
  ...words("obrigado acham opinião pergunta ideia ideias melhoria melhorias sugerem vocês meses casa"),
  ...words(
    "요즘 오늘 내일 말씀 마음 정도 생각 하나 이야기 경우 기능 추가 의견 이유 질문 소개 자기소개 아이디어 제안 계속",
  ),
  ...words("自分 皆 機能 追加 意見 理由 質問 紹介 自己紹介 提案 今日 最近 改善"),
  ...words("الفكرة فكرة تقترحون إضافتها إضافة رأي سؤال السبب"),
]);

/** Of weight only in company, as in “four-day week” and “product line”: stretches of time, figures of speech, what a meeting is made of. */
export const inCompany: ReadonlySet<string> = new Set([
  ...words("week month year day evening morning"),
  ...words("line name mind way place house point hand heart head case sense moment floor chair round vote statement"),
]);

/** Little by themselves, and part of the name that they end: “spare parts”. */
export const completing: ReadonlySet<string> = new Set(words("work part parts feature features list lists times"));

/** What somebody or something does, at the end of a run of words: “the library closes on Sundays”. */
export const doing: ReadonlySet<string> = new Set(
  words(
    "closes opens moves pays takes spends becomes begins ends stays goes gets wants needs learns loses leaves turns keeps brings sells buys says means comes raises rises falls drops stops starts grows offers lets charges changes costs plans runs shows allows makes gives sends works",
  ),
);
