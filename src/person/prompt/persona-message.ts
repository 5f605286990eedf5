import type { Message } from "../../kernel/contracts/model.ts";
import { asLabel, enclose } from "./delimit.ts";

/** What the prompt needs of a persona. */
export interface Portrait {
  readonly name: string;
  /** The persona read aloud. */
  readonly prose: string;
  /** The languages that the person speaks, best first; none when the persona does not say. */
  readonly languages: readonly string[];
}

/** Who the person is: the same message until the persona changes. */
export function personaMessage(portrait: Portrait): Message {
  return { role: "system", content: personaText(portrait), cacheUpToHere: true };
}

/** The text of the persona message. */
export function personaText(portrait: Portrait): string {
  const lines = [`You are ${asLabel(portrait.name)}.`, enclose("persona", `\n${portrait.prose.trim()}\n`)];
  const language = languageRule(portrait.languages);
  return [...lines, ...(language === "" ? [] : [language])].join("\n");
}

/**
 * The rule that binds a person to the languages they speak.
 * @example
 * languageRule(["Korean"]); // => "You speak Korean and nothing else: all that you think, say and feel is written in Korean, whatever language others use."
 */
export function languageRule(languages: readonly string[]): string {
  const known = languages.map(asLabel).filter((language) => language !== "");
  const [first, ...others] = known;
  if (first === undefined) return "";
  if (others.length === 0) {
    return `You speak ${first} and nothing else: all that you think, say and feel is written in ${first}, whatever language others use.`;
  }
  return `You speak ${known.join(", ")} and nothing else. Answer people in their language if it is one of these, else in ${first}; you think in ${first}.`;
}
