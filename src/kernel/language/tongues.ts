/** The languages whose common words are known. */
export type LanguageCode = "en" | "de" | "fr" | "es" | "pt" | "ko" | "ja" | "ar";

interface Tongue {
  readonly code: LanguageCode;
  /** Its names, as people write them in a persona. */
  readonly names: RegExp;
  /** Nationalities and countries where it is the usual one. */
  readonly homes: RegExp;
  /** Its commonest words: they tell it apart, and say nothing about a topic. */
  readonly common: ReadonlySet<string>;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const tongues: readonly Tongue[] = [
  {
    code: "en",
    names: /english|englisch|inglés|inglês|anglais|영어|英語|الإنجليزية/iu,
    homes:
      /\b(american|british|english|irish|scottish|welsh|canadian|australian|new zealand\w*|kiwi|usa|united states|united kingdom|uk|england|ireland|canada|australia)\b/iu,
    common: set(
      "the a an and or but if then so of to in on at by for with from into about as than is are was were be been am do does did have has had will would could should can may might must not no this that these those it its they them their there here we our us you your i my me he she his her what which who whom whose when where why how all any some each more most very just also too one two other own same such only over under up down out off again",
    ),
  },
  {
    code: "de",
    names: /german|deutsch|alemán|alemão|allemand|독일어|ドイツ語/iu,
    homes: /\b(german|austrian|deutsch\w*|germany|austria|deutschland|österreich\w*)\b/iu,
    common: set(
      "der die das den dem des ein eine einen einem einer und oder aber wenn dann so von zu in im am an auf bei für mit aus über als ist sind war waren sein bin habe hat haben wird würde würden würdest kann können soll muss nicht kein keine dies diese dieser es sie wir ihr ihre ich mein du dein euch was welche welches welcher wer wann wo warum wie alle jeder mehr sehr nur auch noch man sich um zum zur denn doch gibt dir ihnen uns funktion funktionen hinzufügen einbauen",
    ),
  },
  {
    code: "fr",
    names: /french|français|francés|francês|französisch|프랑스어|フランス語/iu,
    homes: /\b(french|français\w*|france|walloon)\b/iu,
    common: set(
      "le la les un une des du de et ou mais si donc à au aux en dans sur par pour avec est sont était être suis ai a avez ont sera serait peut peux pouvez doit ne pas non ce cet cette ces il elle ils elles on nous vous votre vos notre je mon ma mes tu ton ta que qui quoi quel quelle quels quelles quand où pourquoi comment tout tous plus très aussi y se sa son leur qu d l c j n s est-ce pensez feriez aimeriez fonction fonctionnalité ajouteriez ajouterais",
    ),
  },
  {
    code: "es",
    names: /spanish|español|castellano|espanhol|espagnol|spanisch|스페인어|スペイン語/iu,
    homes:
      /\b(spanish|mexican|argentin\w+|colombian|chilean|peruvian|uruguayan|ecuadorian|venezuelan|bolivian|paraguayan|cuban|spain|mexico|méxico|españ\w+|argentina|colombia|chile|peru|perú|guatemalan|costa rican|dominican)\b/iu,
    common: set(
      "el la los las un una unos unas de del y o pero si entonces a al en por para con sin sobre es son era ser soy está están estar he ha han será sería puede pueden debe no sí este esta estos estas eso lo ellos ellas nos nosotros usted ustedes su sus yo mi tú tu te se me que qué cuál cuáles quién cuándo dónde cómo todo todos más muy también ya le les porque piensa harías cree función funciones añadiría agregaría opina opinas",
    ),
  },
  {
    code: "pt",
    names: /portuguese|português|portugués|portugais|portugiesisch|포르투갈어|ポルトガル語/iu,
    homes: /\b(brazilian|portuguese|angolan|mozambican|brasileir\w+|brazil|brasil|portugal)\b/iu,
    common: set(
      "o a os as um uma uns umas de do da dos das e ou mas se então em no na nos nas por para pelo pela com sem sobre é são era ser sou está estão estar tem têm será seria pode podem deve não sim este esta isso isto ele ela eles elas nós você vocês seu sua seus eu meu minha tu te me que qual quais quem quando onde porque como todo todos mais muito também já lhe acha acham faria ao à função funções acrescentaria adicionaria",
    ),
  },
  {
    code: "ko",
    names: /korean|한국어|koreanisch|coreano|coréen|韓国語/iu,
    homes: /\b(korean|korea)\b|한국|대한민국/iu,
    common: set(
      "그리고 그런데 하지만 그래서 저는 나는 제가 내가 우리 당신 이것 그것 저것 있는 없는 것 수 더 잘 좀 무엇 무슨 어떤 어떻게 왜 누가 언제 어디 있나요 인가요 합니다 하나요 대해 대한 이런 그런 씨 님",
    ),
  },
  {
    code: "ja",
    names: /japanese|日本語|japanisch|japonés|japonês|japonais|일본어/iu,
    homes: /\b(japanese|japan)\b|日本/iu,
    common: set("これ それ あれ この その あの です ます する ある いる なに 何 どう なぜ 誰 いつ どこ"),
  },
  {
    code: "ar",
    names: /arabic|العربية|arabisch|árabe|arabe|아랍어|アラビア語/iu,
    homes:
      /\b(arab|egyptian|saudi|moroccan|lebanese|jordanian|iraqi|tunisian|algerian|emirati|syrian|omani|qatari|kuwaiti|yemeni|libyan|palestinian|egypt|morocco|lebanon|jordan|iraq|tunisia|algeria)\b/iu,
    common: set(
      "في من إلى على عن مع هذا هذه ذلك تلك التي الذي هو هي هم أنا أنت نحن ما ماذا كيف لماذا متى أين هل و أو لكن أن إن كان كل أي لا نعم قد يا ثم بعد قبل رأيك رأيكم",
    ),
  },
];

/** In which of them a word is one of the commonest, by their places. */
const homesOf: ReadonlyMap<string, readonly number[]> = placesOf(tongues.map(({ common }) => common));

function placesOf(sets: readonly ReadonlySet<string>[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, words] of sets.entries()) {
    for (const word of words) places.set(word, [...(places.get(word) ?? []), place]);
  }
  return places;
}

/** The language that a name such as "Korean (native)" stands for. */
export function languageNamed(name: string): LanguageCode | undefined {
  return tongues.find((tongue) => tongue.names.test(name))?.code;
}

/** The usual language of a nationality or country. */
export function languageAtHome(nationality: string): LanguageCode | undefined {
  return tongues.find((tongue) => tongue.homes.test(nationality))?.code;
}

export function isCommonWord(word: string): boolean {
  return homesOf.has(word);
}

/** The language of a text, or undefined when it does not say; scripts first, then common words. */
export function detectLanguage(text: string): LanguageCode | undefined {
  const sample = text.slice(-1_500);
  const isPlain = plain.test(sample);
  const script = isPlain ? undefined : byScript(sample);
  if (script !== undefined) return script;
  const words = sample.toLowerCase().match(isPlain ? /[a-z']+/g : /[\p{L}']+/gu) ?? [];
  const counts = tongues.map(({ code }) => hints(code, sample));
  for (const word of words) {
    const homes = homesOf.get(word);
    if (homes !== undefined) for (const place of homes) counts[place] = (counts[place] ?? 0) + 1;
  }
  const hits = tongues.map(({ code }, place) => ({ code, count: counts[place] ?? 0 }));
  const [best, second] = hits.toSorted((one, other) => other.count - one.count);
  if (best === undefined || second === undefined || best.count === 0) return undefined;
  return best.count > second.count ? best.code : undefined;
}

/** English and its like: its words are found in a fraction of the time. */
const plain = /^[\0-\x7f‘’“”–—…]*$/;

function byScript(text: string): LanguageCode | undefined {
  if (/\p{sc=Hangul}/u.test(text)) return "ko";
  if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)) return "ja";
  return /\p{sc=Arabic}/u.test(text) ? "ar" : undefined;
}

/** Marks of languages that are written almost alike: Persian and Urdu, Catalan. */
const strangers: Readonly<Partial<Record<LanguageCode, RegExp>>> = {
  ar: /[\u067e\u0686\u0698\u06af\u06a9\u06cc\u06d2\u0679]/u,
  es: /ç|·|\b[ld]['’]|\b(?:amb|però|perquè|això|és)\b/iu,
};

/** From this share of commonest words on a text is surely in a language; its near relations stay below. */
const surely: Readonly<Partial<Record<LanguageCode, number>>> = { ar: 0.06 };
const surelyElsewhere = 0.25;
const fewestHits = 3;

/**
 * The language of a text, when enough of its words are that language's commonest; undefined for languages that are not
 * known, however near (Italian, Dutch), and for texts too short to say.
 * @example
 * surelyIn("I would not pay for it, and neither would my sister."); // => "en"
 */
export function surelyIn(text: string): LanguageCode | undefined {
  const code = detectLanguage(text);
  if (code === undefined || code === "ko" || code === "ja") return code;
  if (strangers[code]?.test(text)) return undefined;
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const common = tongues.find((tongue) => tongue.code === code)?.common;
  const hits = words.filter((word) => common?.has(word)).length;
  const enough = hits >= fewestHits && hits / words.length >= (surely[code] ?? surelyElsewhere);
  return enough ? code : undefined;
}

/** Letters and marks that only one of the languages uses. */
function hints(code: LanguageCode, text: string): number {
  switch (code) {
    case "es":
      return /[¿¡ñ]/iu.test(text) ? 2 : 0;
    case "pt":
      return /[ãõ]/iu.test(text) ? 2 : 0;
    case "de":
      return /[ßäöü]/iu.test(text) ? 1 : 0;
    case "fr":
      return /[èêœ]|\b[ldjcnsq]['’]/iu.test(text) ? 1 : 0;
    default:
      return 0;
  }
}
