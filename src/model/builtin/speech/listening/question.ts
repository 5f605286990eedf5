import { sentences } from "../../../../kernel/language/stems.ts";
import { detectLanguage } from "../../../../kernel/language/tongues.ts";

/** What somebody wants to hear. */
export type Wanted = "ideas" | "choice" | "self" | "life" | "why" | "yes-or-no" | "greeting" | "opinion" | "nothing";

const cues: readonly (readonly [Wanted, RegExp])[] = [
  [
    "opinion",
    /\bfor or against\b|\bfür oder (?:gegen|dagegen)\b|\bpour ou contre\b|\ba favor o en contra\b|\ba favor ou contra\b|찬성.{0,12}반대|賛成.{0,8}反対|مع .{0,20}(?:أو|أم) ضد/iu,
  ],
  [
    "ideas",
    /(?<!(?:of|about|like) (?:the|this|that|such an) )\bideas?\b|suggest|propos|brainstorm|feature|improve|invent|would you (?:add|change|build)|아이디어|제안|추가|개선|アイデア|提案|追加|改善|idée|ajouter|amélior|ideen?\b|vorschl|verbesser|hinzufüg|ideas?\b|añad|mejorar|ideia|sugest|acrescent|melhor|فكرة|أفكار|اقتراح|تقترح|تضيف/iu,
  ],
  [
    "self",
    /yourself|who are you|about you\b|what do you do|(?<!\bin )your (?:day|work|job|life|routine|hobbies|family|week|morning)|introduc|자기소개|소개해|본인|하시는 일|(?:무슨|어떤) 일을 하|하루|自己紹介|お仕事|über (?:dich|sie|ihr)|von (?:sich|dir|ihnen)\b|wer (?:bist|sind)|vous-même|de vous|présente|de (?:ti|usted)|preséntate|sobre você|se apresente|نفسك|عملك/iu,
  ],
  ["why", /\bwhy\b|왜|なぜ|どうして|warum|wieso|pourquoi|por ?qu[eé]\b|لماذا/iu],
];

/** Questions of a long interview on somebody's life, which other things said of "you" do not look like. */
const onLife =
  /\b(?:story of your life|a quarrel or a loss|while you have been there|your life\b.{0,40}\b(?:before|after|otherwise|ten years)|moments divided|you gr[eo]w up|brought you up|(?:remember|think back) (?:of|to) (?:school|your)|do for a living|ordinary working day|something in your work|people that you see|you turn to|where (?:do|did) you (?:live|grow|come from)|where you (?:live|were born)|you get by|last large thing|about money|how is your health|your (?:childhood|parents|mother|father|upbringing)|do yesterday|wants anything of you|right and wrong|religion|you see politics|institutions do you trust|goes on in the world|devices and services|to understand you|who lives with you|what (?:do you do|did you do) (?:when|before))\b/i;

/** Asks for more of what was said just before. */
export const isProbe = (text: string): boolean =>
  text.length < 80 && /\b(?:tell me more|an example|what happened then|say more|go on)\b.*[?.]$/i.test(text.trim());

export function wantedBy(text: string): Wanted {
  if (
    /\?|^(?:please )?tell me\b/i.test(text) &&
    onLife.test(text) &&
    !/\bwould you (?:buy|use|pay|like|want|try)\b/i.test(text)
  )
    return "life";
  const found = cues.find(([, pattern]) => pattern.test(text))?.[0];
  if (found === "opinion") return found;
  if (optionsIn(text).length > 1) return "choice";
  const closed = sentences(text).some(isClosed);
  if (found !== undefined && !(found === "why" && closed)) return found;
  if (closed) return "yes-or-no";
  if (/[?？؟]/.test(text)) return "opinion";
  return text.length < 60 &&
    /^(?:hi|hello|good (?:morning|day|evening)|안녕|こんにちは|hola|hallo|guten|bonjour|olá|bom dia|مرحبا|أهلا)/iu.test(
      text.trim(),
    )
    ? "greeting"
    : "nothing";
}

const closing: readonly RegExp[] = [
  /^(?:and |so |but |well,? )?(?:do|does|did|is|are|was(?= (?:it|this|that|he|she|there|the|your|i)\b)|were|can|could|would|will|have|has|should|may)\b.*\?$/i,
  /^(?:und |aber )?(?:würde|hätte|wäre|möchte|könnte|soll|will|kann|darf|ist|sind|war|gibt|hab|hast|hat|find|glaub|denk|kauf|nutz|benutz)\p{L}* (?:sie|du|ihr|es|man|das|er|der|die)\b.*\?$/iu,
  /^(?:est-ce que|avez-vous|êtes-vous|seriez-vous|voudriez-vous|aimeriez-vous|payeriez-vous|paieriez-vous|pensez-vous que|croyez-vous)\b.*\?$/iu,
  /^¿(?:(?:le|les|te|se) )?(?:usaría|pagaría|compraría|cree|creen|piensa que|está|están|tiene|tienen|hay|gusta|gustaría|quiere|quieren|puede|pueden)\p{L}*\b.*\?$/iu,
  /^(?:você|vocês|o senhor|a senhora) (?:usaria|pagaria|compraria|acha que|acham que|gostaria|quer|tem|está)\p{L}*\b.*\?$/iu,
  /(?:시겠어요|나요|까요|인가요|습니까|세요)\?$/u,
  /^هل .*[?؟]$/u,
];
const openQuestion =
  /왜|무엇|뭐|뭘|어떤|어떻게|누가|누구|언제|어디|얼마|무슨|몇|어느|なに|何|どう|どん|なぜ|誰|いつ|どこ|いくら|どれ/u;

/** A question that yes or no answers. */
function isClosed(sentence: string): boolean {
  if (openQuestion.test(sentence)) return false;
  return closing.some((pattern) => pattern.test(sentence)) || /(?:ます|です|ません)か。?$/u.test(sentence);
}

const mostWords = 7;

/** The options that a text offers: numbered or lettered lines, or "A, B or C" in a question. */
export function optionsIn(text: string): string[] {
  const listed = [...text.matchAll(/^\s*(?:\(?((?:[\p{Lu}]\p{L}+ )?[A-Za-z0-9]{1,2})[.):]|[-*•])\s+(\S.*)$/gmu)];
  if (listed.length > 1) return listed.slice(0, 12).map((match) => shortest(match[1], (match[2] as string).trim()));
  for (const sentence of sentences(text).toReversed()) {
    if (!/[?？؟]$/.test(sentence)) continue;
    // "O" is "or" in Spanish, and an article in Portuguese.
    const isPortuguese = detectLanguage(sentence) === "pt";
    const tail = sentence
      .replace(/[?？؟]+$/, "")
      .replace(/^(?:(?:are|do|would|will|should) you|is it|should it) (?:like|want|take|buy|have|use|be )?\s*/i, "")
      .replace(/^.*(?::|\b(?:between|prefer|choose|among|like better|rather)\b)\s*/iu, "");
    const options = (isPortuguese ? tail : tail.replaceAll(/ o /giu, " ou "))
      .split(
        /\s*,\s*(?:or\s+|oder\s+|ou\s+)?|\s+(?:or|oder|ou|versus|vs\.?)\s+|\s+또는\s+|\s+아니면\s+|、|それとも|\s+أو\s+|\s+أم\s+/iu,
      )
      .map((option) => option.trim())
      .filter(Boolean);
    const joined = (
      isPortuguese ? / ou /iu : /\b(?:or|oder|ou|versus|vs)\b|\so\s|또는|아니면|それとも|\sأو\s|\sأم\s/iu
    ).test(tail);
    if (joined && options.length > 1 && options.every((option) => option.split(" ").length <= mostWords))
      return options.slice(0, 12);
  }
  return [];
}

/** A long option is called by its letter or number. */
const shortest = (label: string | undefined, text: string): string =>
  label !== undefined && text.split(/\s+/).length > mostWords ? label : text;
