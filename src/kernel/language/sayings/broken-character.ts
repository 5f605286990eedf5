/** What a language model calls itself, in the languages that the built-in rules speak. */
const machine = {
  en: "(?:AI|artificial intelligence|(?:AI |large )?language model|AI (?:model|assistant|chatbot|system)|chatbot|(?:virtual|digital) assistant)",
  de: "(?:KI|künstliche Intelligenz|(?:KI-|großes )?Sprachmodell|KI-(?:Modell|Assistent|System)|Chatbot)",
  fr: "(?:IA|intelligence artificielle|(?:grand )?modèle de langage|assistant (?:virtuel|IA)|chatbot)",
  es: "(?:IA|inteligencia artificial|(?:gran )?modelo de lenguaje|asistente (?:virtual|de IA)|chatbot)",
  pt: "(?:IA|inteligência artificial|(?:grande )?modelo de linguagem|assistente (?:virtual|de IA)|chatbot)",
  ko: "(?:(?:AI |대규모 )?언어 ?모델|AI|인공지능|AI ?(?:모델|어시스턴트|챗봇)|챗봇)",
  ja: "(?:AI|人工知能|(?:大規模)?言語モデル|AI(?:モデル|アシスタント|チャットボット)|チャットボット)",
  ar: "(?:ذكاء اصطناعي|نموذج(?: ذكاء اصطناعي)? لغوي|روبوت محادثة|مساعد افتراضي)",
} as const;

/** The words end there: "as an AI engineer" is somebody's trade. */
const end = "(?=\\s*(?:[,.;:!?)…—–]|$)|\\s+(?:I|without|created|trained|developed|designed|made by|built by)\\b)";
/** A sentence or a part of one begins there. */
const start = "(?<=^|[.!?;:,…—–\\n(]\\s*|\\b(?:but|and|because|since|that)\\s)";

// Each says of the speaker, and of nobody else, that they are a machine.
const sayings: readonly RegExp[] = [
  new RegExp(`${start}(?:speaking )?as (?:an?|your) ${machine.en}${end}`, "iu"),
  new RegExp(`\\b(?:I am|I['’]m)(?: just| only| merely| actually| really)? an? ${machine.en}${end}`, "iu"),
  new RegExp(`${start}als (?:eine? )?${machine.de}(?=\\s*[,.;:!?…]|\\s+(?:kann|habe|bin|darf)\\b|$)`, "iu"),
  new RegExp(`\\bich bin (?:nur |bloß |lediglich )?(?:eine? )${machine.de}(?=\\s*[,.;:!?…]|$)`, "iu"),
  new RegExp(`${start}en tant qu(?:e |['’])(?:une? )?${machine.fr}(?=\\s*[,.;:!?…]|\\s+je\\b|$)`, "iu"),
  new RegExp(`\\bje (?:ne )?suis (?:qu['’]|juste |seulement )?une? ${machine.fr}(?=\\s*[,.;:!?…]|$)`, "iu"),
  new RegExp(`${start}como (?:una? )?${machine.es}(?=\\s*[,.;:!?…]|\\s+no (?:puedo|tengo)\\b|$)`, "iu"),
  new RegExp(`\\bsoy (?:solo |sólo |solamente )?una? ${machine.es}(?=\\s*[,.;:!?…]|$)`, "iu"),
  new RegExp(`${start}como (?:uma? )?${machine.pt}(?=\\s*[,.;:!?…]|\\s+(?:eu |não )|$)`, "iu"),
  new RegExp(`\\b(?:eu )?sou (?:apenas |só |somente )?uma? ${machine.pt}(?=\\s*[,.;:!?…]|$)`, "iu"),
  new RegExp(
    `(?:저는|나는|전)\\s*(?:그저 |단지 )?${machine.ko}(?:입니다|이에요|예요|일 뿐|이므로|이라서|라서|로서)`,
    "u",
  ),
  new RegExp(`(?<=^|[.!?,]\\s*)${machine.ko}(?:로서|으로서)`, "u"),
  new RegExp(`(?:私|わたし|僕|俺)は(?:ただの|単なる)?${machine.ja}(?:です|なので|だから|にすぎ)`, "u"),
  new RegExp(`(?<=^|[。！？、]\\s*)${machine.ja}として(?:は)?、`, "u"),
  new RegExp(`(?:بصفتي|باعتباري|كوني)\\s+(?:مجرد )?${machine.ar}`, "u"),
  new RegExp(`أنا\\s+(?:مجرد |فقط )?${machine.ar}`, "u"),
];

/**
 * The words with which a text gives its speaker away as a machine; undefined where it does not.
 * @example
 * brokenCharacter("As an AI language model, I have no opinion."); // => "As an AI language model"
 */
export function brokenCharacter(text: string): string | undefined {
  const plain = text.normalize("NFC");
  for (const saying of sayings) {
    const found = saying.exec(plain)?.[0];
    if (found !== undefined) return found.trim();
  }
  return undefined;
}
