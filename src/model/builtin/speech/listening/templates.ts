import { sentences } from "../../../../kernel/language/stems.ts";
import type { Phrases } from "../phrases.ts";

/** What a sentence does in a talk, told by the pool of phrases that it comes from. */
export type SaidKind = (typeof kinds)[number];

/** A sentence that is one of the phrases, with what stands in its slots. */
export interface Recognised {
  readonly kind: SaidKind;
  readonly slots: Readonly<Record<string, string>>;
}

const kinds = [
  ...(["propose", "agree", "disagree", "concur", "differ", "praise", "doubt", "mixed", "merits", "worries"] as const),
  ...(["because", "yes", "no", "choose", "ask", "self", "greet", "think", "quiet"] as const),
] as const;

/** Fewer letters are in any sentence. */
const tellingLetters = 6;

/** Which phrase somebody said; what they keep saying may stand before it ("To be fair, …") or behind it. */
export function recognised(sentence: string, phrases: Phrases): Recognised | undefined {
  const whole = plain(sentence);
  const [, opened] = /^[^,]{2,60}?(?:, but|,| that| but) (.+)$/u.exec(whole) ?? [];
  const [, closed] = /^(.+), [^,]{2,30}$/u.exec(whole) ?? [];
  for (const text of [whole, opened, closed].filter((part) => part !== undefined)) {
    for (const kind of kinds) {
      for (const template of phrases[kind]) {
        const slots = mayBe(text, template) ? slotsIn(text, template) : undefined;
        if (slots !== undefined) return { kind, slots };
      }
    }
  }
  return undefined;
}

/** Whether the first letters, or the last, are those of the phrase: it costs little, and rules out nearly all of them. */
function mayBe(text: string, template: string): boolean {
  if (!isSameLetter(text.charCodeAt(0), template.charCodeAt(0))) return false;
  const first = template.indexOf("{");
  if (first !== 0) return text.startsWith(template.slice(0, first < 0 ? 6 : Math.min(first, 6)).toLowerCase());
  let end = template.length;
  while (end > 0 && stops.includes(template.charAt(end - 1))) end -= 1;
  if (!isSameLetter(text.charCodeAt(text.length - 1), template.charCodeAt(end - 1))) return false;
  return text.endsWith(template.slice(template.lastIndexOf("}") + 1, end).toLowerCase());
}

const stops = ".!?。？！؟";

/** Whether a small letter may be one of the phrase: of ASCII exactly then, of other letters in any case. */
function isSameLetter(small: number, letter: number): boolean {
  const folded = letter | 0x20;
  return folded < 0x61 || folded > 0x7a || folded === small;
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[.!?。？！؟]+$/u, "")
    .replace(/\ban (?=[aeiou])/g, "a ");

function slotsIn(text: string, template: string): Record<string, string> | undefined {
  const parts = plain(template).split(/\{(\w+)\}/);
  const literals = parts.filter((_, index) => index % 2 === 0);
  if (literals.join("").length < tellingLetters || !text.startsWith(literals[0] ?? "")) return undefined;
  const slots: Record<string, string> = {};
  let at = (literals[0] ?? "").length;
  for (let index = 1; index < parts.length; index += 2) {
    const literal = parts[index + 1] ?? "";
    const end = index === parts.length - 2 && literal === "" ? text.length : text.indexOf(literal, at + 1);
    if (end <= at) return undefined;
    slots[parts[index] ?? ""] = text.slice(at, end);
    at = end + literal.length;
  }
  return at === text.length ? slots : undefined;
}

const speaksFor: ReadonlySet<SaidKind> = new Set(["praise", "merits", "yes"]);
const speaksAgainst: ReadonlySet<SaidKind> = new Set(["doubt", "worries", "no"]);

/** How a text stands to what is talked about, from -1 to 1, by its phrases; undefined when none of them tells. */
export function leaningIn(text: string, phrases: Phrases): number | undefined {
  const known = sentences(text).flatMap((sentence) => recognised(sentence, phrases)?.kind ?? []);
  const [up, down] = [speaksFor, speaksAgainst].map((set) => known.filter((kind) => set.has(kind)).length);
  const told = (up ?? 0) + (down ?? 0);
  return told > 0 ? ((up ?? 0) - (down ?? 0)) / told : known.includes("mixed") ? 0 : undefined;
}
