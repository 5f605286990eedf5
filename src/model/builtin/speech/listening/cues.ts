import { sentences } from "../../../../kernel/language/stems.ts";

/** How a proposal begins, in each language; the idea stands behind it. */
const proposing = [
  /\b(?:i(?:['’]d| would)(?: (?:also|really|like to|love to))* (?:add|see|have|build|make|offer|include|create|try|give|put|design|introduce)|i(?:['’]d| would) (?:like|love)(?= (?:an?|some|the|more)\b)|i (?:also )?(?:propose|suggest)(?: (?:that we|adding|building))?|i want(?= (?:an?|some)\b)|how about|what about|what if (?:there (?:were|was)|we (?:had|could|made|added)|it (?:could|had))|we (?:could|should|might|can)(?: also)?(?: (?:add|build|make|offer|include|create|try|have))?|let(?:'|’)?s (?:try|add|build|make|have)|imagine|give me|they should (?:offer|add|build)|my (?:suggestion|idea|proposal) (?:is|would be)|(?:it|there) (?:could|should) (?:be|have)|it would be (?:great|nice|good|cool) (?:to have|if))\s*:?\s+/iu,
  /(?:ich würde(?: folgendes einbauen:)?|wie wäre es mit(?: folgendem:)?|mein vorschlag(?: ist|:)|ich wünsche mir|man könnte(?: folgendes anbieten:)?|wir (?:könnten|sollten)|ich schlage(?: folgendes)? vor[,:]?)\s+/iu,
  /(?:j['’](?:ajouterais|aimerais)|et si on (?:créait|ajoutait)|je propose(?:rais)?|on pourrait (?:offrir|ajouter|créer)|nous (?:pourrions|devrions))\s+/iu,
  /(?:(?:yo )?añadiría|¿qué tal|propongo|me gustaría|podríamos (?:ofrecer|añadir|crear)?|sugiero)\s+/iu,
  /(?:eu acrescentaria|que tal|proponho|eu gostaria de|poderíamos (?:oferecer|criar)?|sugiro)\s+/iu,
  /(?:이런 걸 추가하겠어요:|이건 어떨까요\?|제안을 하나 드리면,|이런 게 있으면 좋겠어요:|제안합니다[:,]?|추가하면 좋겠)\s*/u,
  /(?:私なら|提案ですが、)/u,
  /(?:أضيف(?: ما يلي:)?|ما رأيكم في(?: هذا:)?|أقترح|اقتراحي:|أتمنى(?: شيئا كهذا:)?|يمكننا(?: تقديم(?: هذا:)?)?)\s+/u,
];

/** English and its like: what is looked for in any letters is found in small ones in a fraction of the time. */
const plain = /^[\0-\x7f‘’“”–—…]*$/;
const anyProposal = inSmallLetters(...proposing);

function inSmallLetters(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join("|"), "gu");
}

/** Where an idea ends and its benefit begins. */
const turning =
  /[,;:.]?\s*(?:so that|because then|because|which means|that way,?|which would|in order to|so we|so people|damit|pour qu(?:e|(?=['’]))|para que|그러면|そうすれば|حتى)\s*|(?<=^.{8,}):\s+|を加えます。|はどうでしょうか。|を作りませんか。|がほしいです。/iu;

export interface Proposal {
  readonly idea: string;
  readonly benefit: string | undefined;
}

/** The proposal in a sentence, or undefined when it proposes nothing. */
export function proposalIn(sentence: string): Proposal | undefined {
  if (plain.test(sentence) && sentence.toLowerCase().search(anyProposal) < 0) return undefined;
  const begins = proposing.map((pattern) => pattern.exec(sentence)).filter((match) => match !== null);
  const first = begins.toSorted((one, other) => one.index - other.index)[0];
  const rest = first === undefined ? implied(sentence) : sentence.slice(first.index + first[0].length);
  if (rest === undefined) return undefined;
  const parts = rest.split(turning);
  const idea = trimmed(parts[0] ?? "");
  const benefit = trimmed(parts.slice(1).join(" "));
  return idea.length < 4 ? undefined : { idea, benefit: benefit.length < 4 ? undefined : benefit };
}

/** Japanese says at the end that something was proposed. */
function implied(sentence: string): string | undefined {
  return /(?:はどうでしょうか|がほしいです|を作りませんか|を加えます)/u.test(sentence) ? sentence : undefined;
}

const trimmed = (text: string): string => text.trim().replace(/^[,:;\s]+|[\s.!?,;:。！？؟]+$/gu, "");

/** A sentence that goes on with the proposal before it. */
const continued = /^(?:그러면|そうすれば|(?:That|This) way\b|Then\b)/u;

/** The stretches of a text that hold one proposal each: a sentence, with the one that tells its benefit. */
export function proposalSentences(text: string): string[] {
  const parts = sentences(text);
  return parts.flatMap((part, index) => {
    if (continued.test(part)) return [];
    const opened = /어떨까요\?$/u.test(part) ? index + 1 : index;
    const last = parts[continued.test(parts[opened + 1] ?? "") ? opened + 1 : opened] ?? part;
    const start = text.indexOf(part);
    const whole = text.slice(start, text.indexOf(last, start) + last.length);
    return proposalIn(whole) === undefined ? [] : [whole];
  });
}

const pleased =
  /\b(?:love|like|great|good|happy|yes|definitely|agree|excellent|wonderful|useful|enjoy|favou?rite|prefer|appeals?|convinc|right|trust|worth|best|nice|perfect|absolutely|sure|for me it is|my pick)\b|gerne|gefällt|recht|dafür|auf jeden fall|j'aime|d'accord|oui|favorable|me gusta|sí,|a favor|de acuerdo|gosto|sim,|찬성|좋|공감|물론|네,|賛成|好き|はい|いい|نعم|أعجبني|معك/giu;
const displeased =
  /\b(?:hate|dislike|bad|no|not|never|don't|doesn't|wouldn't|won't|can't|cannot|disagree|terrible|useless|awful|worr(?:y|ied)|problem|annoy\w*|expensive|boring|wrong|doubt|cold|caution|waste)\b|skeptisch|nicht|nein|widersprechen|ne me convainc|non,|no me convence|no,|não|반대|아니|싫|납득이 안|いいえ|納得できません|苦手|لا |لن /giu;

const smallPleased = inSmallLetters(pleased);
const smallDispleased = inSmallLetters(displeased);

/** How a text sounds, from about -1 to 1; 0 when it says nothing either way. */
export function feelingIn(text: string): number {
  const isPlain = plain.test(text);
  const [told, glad, sorry] = isPlain
    ? [text.toLowerCase(), smallPleased, smallDispleased]
    : [text, pleased, displeased];
  const [up, down] = [told.match(glad)?.length ?? 0, told.match(sorry)?.length ?? 0];
  return up + down === 0 ? 0 : (up - down * 1.3) / (up + down);
}

/** How much a sentence has to tell: what it proposes, feels and counts; a question has less. */
export function newsIn(sentence: string): number {
  const asks = /[?？؟]$/.test(sentence) ? -2 : 0;
  const figures = /\p{N}/u.test(sentence) ? 1 : 0;
  return asks + 2 * proposalSentences(sentence).length + Math.abs(feelingIn(sentence)) + figures;
}

const because =
  /\b(?:because|since|due to|that is why|the reason is)\b\s*(.+)$|weil\s+(.+)$|parce que\s+(.+)$|porque\s+(.+)$|때문|から|لأن\s+(.+)$/iu;

/** The reason that a sentence gives. */
export function reasonIn(sentence: string): string | undefined {
  const match = because.exec(sentence);
  if (match === null) return undefined;
  const found = match.slice(1).find((group) => group !== undefined);
  return trimmed(found ?? sentence);
}
