import { words } from "../../../kernel/language/shingles.ts";
import { tags } from "../../prompt/delimit.ts";

/** So many words in a row that stand in the instructions are no chance. */
const run = 9;
const tag = new RegExp(`</?(?:${tags.join("|")})(?:\\s+(?:from|of)="[^"]*")?\\s*>`, "iu");
/** What the speaker says of a prompt of their own. */
const ownPrompt =
  /\b(?:my|the) (?:system prompt|initial instructions|hidden instructions)\b|\bI (?:was|am|['’]m|have been) (?:instructed|prompted|programmed|told) to (?:play|act as|pretend|role-?play|stay in character|simulate)\b|\b(?:stay(?:ing)?|break(?:ing)?|remain(?:ing)?) (?:in|out of) character\b(?=[,.;:!? ]+(?:as|I|my)\b)/iu;

/** Runs of words of the instructions that a person reads, to find them in what the person says. */
export type Instructions = ReadonlySet<string>;

/** The instructions in runs of nine words. */
export function instructionRuns(text: string): Instructions {
  return new Set(runsOf(text));
}

/**
 * The words with which a text gives away what its speaker was told: a stretch of the instructions, one of our tags, or a
 * word about a prompt. What others said before may be spoken of.
 */
export function leakedInstructions(
  text: string,
  { instructions, heard }: { readonly instructions: Instructions; readonly heard: string },
): string | undefined {
  const tagged = tag.exec(text)?.[0] ?? ownPrompt.exec(text)?.[0];
  if (tagged !== undefined && !heard.toLowerCase().includes(tagged.toLowerCase())) return tagged;
  return runsOf(text).find((one) => instructions.has(one) && !words(heard).join(" ").includes(one));
}

function runsOf(text: string): readonly string[] {
  const found = words(text);
  return Array.from({ length: Math.max(0, found.length - run + 1) }, (_, at) => found.slice(at, at + run).join(" "));
}
