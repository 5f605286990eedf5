/** A locale of the source of names, and the nationalities, countries and languages that it serves. */
interface Home {
  readonly locale: string;
  readonly people: RegExp;
  /** Who speaks it has such names, where nothing says where they are from. */
  readonly speakers?: RegExp;
}

/** The first that is found counts: a country that shares a language stands before that language's own. */
const homes: readonly Home[] = [
  { locale: "pt_BR", people: /brazil|brasil/i },
  { locale: "pt_PT", people: /portug/i, speakers: /portugu/i },
  { locale: "es_MX", people: /mexic|méxic/i },
  {
    locale: "es",
    people:
      /spani|spain|españ|argentin|colombia|chile|peru|perú|uruguay|ecuador|venezuel|bolivia|paraguay|cuba|guatemal|costa ric|dominican/i,
    speakers: /spanish|español|castellano/i,
  },
  { locale: "de_AT", people: /austria|österreich/i },
  { locale: "de_CH", people: /swiss|switzerland|schweiz/i },
  { locale: "de", people: /german|deutsch/i, speakers: /german|deutsch/i },
  { locale: "fr_BE", people: /walloon|wallon/i },
  { locale: "nl_BE", people: /belgi|flemish|flander/i },
  { locale: "fr_SN", people: /senegal|sénégal/i },
  { locale: "fr", people: /french|france|franç/i, speakers: /french|franç/i },
  { locale: "en_GB", people: /british|britain|\buk\b|united kingdom|england|\benglish|scot|welsh|wales/i },
  { locale: "en_IE", people: /irish|ireland/i },
  { locale: "en_AU", people: /australia/i },
  { locale: "en_CA", people: /canad/i },
  { locale: "en_IN", people: /\bindia/i, speakers: /hindi|bengali|marathi|telugu|tamil|gujarati/i },
  { locale: "en_NG", people: /nigeria/i, speakers: /igbo|hausa/i },
  { locale: "yo_NG", people: /yoruba/i, speakers: /yoruba/i },
  { locale: "en_GH", people: /ghana/i, speakers: /\btwi\b|akan/i },
  { locale: "zu_ZA", people: /zulu/i, speakers: /zulu|xhosa/i },
  { locale: "en_ZA", people: /south africa/i },
  { locale: "en_US", people: /\bamerican|united states|\busa?\b|\bu\.s\./i, speakers: /english/i },
  { locale: "ko", people: /korea|한국/i, speakers: /korea|한국어/i },
  { locale: "ja", people: /japan|日本/i, speakers: /japan|日本語/i },
  { locale: "zh_TW", people: /taiwan/i },
  { locale: "zh_CN", people: /chin(?:a|ese)|中国/i, speakers: /chinese|mandarin|中文/i },
  {
    locale: "ar",
    people:
      /arab|egypt|saudi|morocc|leban|jordan|iraq|tunisia|algeria|emirat|syria|oman|qatar|kuwait|yemen|libya|palestin/i,
    speakers: /arabic|العربية/i,
  },
  { locale: "it", people: /\bital/i, speakers: /italian/i },
  { locale: "pl", people: /polish|poland/i, speakers: /polish/i },
  { locale: "ru", people: /russia/i, speakers: /russian/i },
  { locale: "uk", people: /ukrain/i, speakers: /ukrainian/i },
  { locale: "tr", people: /turk|türki/i, speakers: /turkish|türk/i },
  { locale: "nl", people: /dutch|netherland|holland/i, speakers: /dutch/i },
  { locale: "sv", people: /swed/i, speakers: /swedish/i },
  { locale: "nb_NO", people: /norw/i, speakers: /norwegian/i },
  { locale: "da", people: /dan(?:e|ish)\b|denmark/i, speakers: /danish/i },
  { locale: "fi", people: /fin(?:n|nish|land)\b/i, speakers: /finnish/i },
  { locale: "cs_CZ", people: /czech/i, speakers: /czech/i },
  { locale: "sk", people: /slovak/i, speakers: /slovak/i },
  { locale: "hu", people: /hungar/i, speakers: /hungarian/i },
  { locale: "ro", people: /romania/i, speakers: /romanian/i },
  { locale: "el", people: /greek|greece/i, speakers: /greek/i },
  { locale: "he", people: /israel/i, speakers: /hebrew/i },
  { locale: "fa", people: /iran|persia/i, speakers: /persian|farsi/i },
  { locale: "ur", people: /pakistan/i, speakers: /urdu/i },
  { locale: "bn_BD", people: /banglad/i },
  { locale: "vi", people: /vietnam/i, speakers: /vietnamese/i },
  { locale: "th", people: /thai/i, speakers: /thai/i },
  { locale: "id_ID", people: /indonesia/i, speakers: /indonesian/i },
];

/** The locale whose names are usual among people of a nationality or country. */
export function localeOfPeople(text: string): string | undefined {
  return homes.find(({ people }) => people.test(text))?.locale;
}

/** The locale whose names those who speak a language have. */
export function localeOfSpeakers(language: string): string | undefined {
  return homes.find(({ speakers }) => speakers?.test(language))?.locale;
}
