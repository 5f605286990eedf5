/** What a text can claim of the person whom it addresses. */
export type Claim =
  | "retired"
  | "unemployed"
  | "at work"
  | "married"
  | "spouse"
  | "divorced"
  | "former spouse"
  | "widowed"
  | "never married"
  | "a child"
  | "no children"
  | "a degree"
  | "a man"
  | "a woman";

/** One pattern a language: English, German, French, Spanish, Portuguese, Italian, Korean, Japanese, as far as it is safe. */
const written: Readonly<Record<Claim, readonly RegExp[]>> = {
  retired: [
    /\byou(?:'re| are| have been)(?: now| already| long| happily| recently)? retired\b|\b(?:since|after) (?:you retired|your retirement)\b|\byour (?:state )?pension (?:pays|comes|covers)\b/i,
    /\bdu bist (?:seit \S+ |schon |längst )?(?:in Rente|Rentner(?:in)?|pensioniert|im Ruhestand)\b|\bdeine Rente\b/i,
    /\b(?:tu es|vous êtes) (?:à la )?retraitée?\b|\b(?:ta|votre) retraite\b/i,
    /\b(?:estás|eres) jubilad[oa]\b|\btu jubilación\b/i,
    /\bvocê (?:é|está) aposentad[oa]\b|\bsua aposentadoria\b/i,
    /\bsei in pensione\b|\bla tua pensione\b/i,
    /은퇴했|퇴직했|退職した|定年を迎え/,
  ],
  unemployed: [
    /\byou(?:'re| are)(?: currently| now| still)? (?:unemployed|out of work|jobless|between jobs)\b/i,
    /\bdu bist (?:seit \S+ \S* ?|gerade |derzeit )?arbeitslos\b/i,
    /\b(?:tu es|vous êtes) (?:au chômage|sans emploi)\b/i,
    /\bestás (?:en paro|desemplead[oa]|sin trabajo)\b|\bvocê está desempregad[oa]\b|\bsei disoccupat[oa]\b/i,
    /실업 상태|失業中/,
  ],
  "at work": [
    /\byou work (?:full|part)[- ]time\b|\byour (?:boss|manager|supervisor) (?:is|says|wants|thinks|calls|gives)\b/i,
    /\bdein(?:e)? Chef(?:in)? (?:ist|sagt|will)\b|\b(?:ton|ta|votre) (?:chef|patron)(?:ne)? (?:est|dit|veut)\b/i,
    /\btu jef[ea] (?:es|dice|quiere)\b|\b(?:seu|sua) chefe (?:é|diz|quer)\b/i,
  ],
  married: [
    /\byou(?:'re| are)(?: happily| still)? married\b/i,
    /\bdu bist verheiratet\b|\b(?:tu es|vous êtes) mariée?\b|\bestás casad[oa]\b|\bvocê é casad[oa]\b|\bsei sposat[oa]\b/i,
  ],
  spouse: [
    /\byour (?:husband|wife)(?!'s (?:death|funeral))\b(?! (?:died|left|passed))/i,
    /\bdein(?:e|em|en|er|es)? (?:Ehemann|Ehefrau|Mann|Frau)\b|\b(?:ton|votre) mari\b|\b(?:ta|votre) (?:femme|épouse)\b/i,
    /\btu (?:marido|esposo|esposa|mujer)\b|\b(?:seu|teu) marido\b|\b(?:sua|tua) esposa\b|\btuo marito\b|\btua moglie\b/i,
  ],
  divorced: [
    /\byou(?:'re| are)(?: twice)? divorced\b/i,
    /\bdu bist geschieden\b|\b(?:tu es|vous êtes) divorcée?\b|\bestás divorciad[oa]\b|\bvocê é divorciad[oa]\b/i,
  ],
  "former spouse": [
    /\byour (?:ex-?|former )(?:husband|wife)\b|\b(?:since|after) your divorce\b/i,
    /\bdein(?:e)? Ex-?(?:Mann|Frau)\b|\bdeine(?:r)? Scheidung\b|\b(?:ton|votre) ex-mari\b|\b(?:ta|votre) ex-femme\b/i,
    /\btu ex ?-?(?:marido|mujer|esposa)\b|\b(?:seu|sua) ex-(?:marido|mulher|esposa)\b/i,
  ],
  widowed: [
    /\byou(?:'re| are) (?:widowed|a widow(?:er)?)\b|\byour late (?:husband|wife)\b/i,
    /\bdu bist (?:verwitwet|Witwer?)\b|\b(?:tu es|vous êtes) (?:veuf|veuve)\b|\beres viud[oa]\b|\bvocê é viúv[oa]\b/i,
  ],
  "never married": [
    /\byou(?:'re| are)(?: still)? single\b|\byou (?:have )?never married\b|\byou were never married\b/i,
    /\bdu bist (?:noch )?ledig\b|\b(?:tu es|vous êtes) célibataire\b|\b(?:estás|eres) solter[oa]\b|\bvocê é solteir[oa]\b/i,
  ],
  "a child": [
    /\byour (?:(?:own|eldest|oldest|elder|older|middle|younger|youngest|little|grown|adult|teenage|two|three|four|five|only|\w+-year-old) )*(?:sons?|daughters?|child(?:ren)?|kids?|toddler|baby)\b(?!-in-law)(?! of)/i,
    /\bdein(?:e|em|en|er|es)? (?:\w+ )?(?:Sohn|Söhne|Tochter|Töchter|Kinder|Kind)\b/i,
    /\b(?:ton|votre) fils\b|\b(?:ta|votre) fille\b|\b(?:tes|vos) (?:\w+ )?(?:enfants|filles|fils)\b/i,
    /\btus? (?:\w+ )?hij[oa]s?\b|\b(?:seu|sua|teu|tua)s? (?:\w+ )?filh[oa]s?\b|\btuo figlio\b|\btua figlia\b|\btuoi figli\b/i,
    /당신의 (?:아들|딸|아이)|네 (?:아들|딸)|あなたの(?:息子|娘|子ども)/,
  ],
  "no children": [
    /\byou have no (?:children|kids)\b|\byou never had (?:any )?(?:children|kids)\b|\byou(?:'re| are) childless\b/i,
    /\bdu hast keine Kinder\b|\b(?:tu n'as|vous n'avez) pas d'enfants?\b|\bno tienes hijos\b|\bvocê não tem filhos\b|\bnon hai figli\b/i,
    /자녀가 없|아이가 없|子どもは?いない/,
  ],
  "a degree": [
    /\byour (?:bachelor'?s|master'?s|doctorate|ph\.?d|(?:university|college) degree|doctoral)\b|\byou (?:graduated from|studied \w+ at|have a degree from) (?:the )?(?:\w+ )?(?:university|college)\b/i,
    /\bdein(?:e|em|er)? (?:Studium|Promotion|Universitätsabschluss|Master|Bachelor)\b|\b(?:ton|votre) (?:master|doctorat)\b|\b(?:ta|votre) licence\b/i,
    /\btu (?:licenciatura|carrera universitaria|doctorado)\b|\b(?:sua|tua) (?:faculdade|graduação)\b|\bla tua laurea\b/i,
  ],
  "a man": [
    /\byou(?:'re| are) an? (?:\w+ ){0,2}(?:man|father|grandfather|husband|widower)\b/i,
    /\bdu bist (?:ein )?(?:\w+ )?(?:Mann|Vater|Großvater)\b|\b(?:tu es|vous êtes) un (?:homme|père)\b|\beres un (?:hombre|padre)\b|\bvocê é um (?:homem|pai)\b/i,
  ],
  "a woman": [
    /\byou(?:'re| are) an? (?:\w+ ){0,2}(?:woman|mother|grandmother|wife|widow)\b/i,
    /\bdu bist (?:eine )?(?:\w+ )?(?:Frau|Mutter|Großmutter)\b|\b(?:tu es|vous êtes) une (?:femme|mère)\b|\beres una (?:mujer|madre)\b|\bvocê é uma (?:mulher|mãe)\b/i,
  ],
};

/** The words in which a text claims this, or undefined. */
export function claimIn(text: string, claim: Claim): string | undefined {
  for (const pattern of written[claim]) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

const ages: readonly RegExp[] = [
  /\byou(?:'re| are| are now| have just turned| turned) (?:an? )?(\d{1,3})(?:[- ]years?[- ]old|(?= and\b|[.,;]|$))/i,
  /\bdu bist (\d{1,3})(?: Jahre alt|(?=[.,;]|$))/i,
  /\b(?:tu as|vous avez) (\d{1,3}) ans\b|\btienes (\d{1,3}) años\b|\bvocê tem (\d{1,3}) anos\b|\btens (\d{1,3}) anos\b|\bhai (\d{1,3}) anni\b/i,
  /(?:너는|당신은) (?:만 )?(\d{1,3})(?:살|세)|あなたは(\d{1,3})歳/,
];

/** The age that a text gives the person. */
export function ageIn(text: string): number | undefined {
  for (const pattern of ages) {
    const found = pattern.exec(text)?.slice(1).find(Boolean);
    if (found !== undefined) return Number(found);
  }
  return undefined;
}
