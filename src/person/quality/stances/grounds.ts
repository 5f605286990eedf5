import type { Action, Stimulus } from "../../../kernel/contracts/person.ts";
import { cueReader } from "../../../kernel/language/cues.ts";
import { matters, shared } from "../../../kernel/language/stems.ts";
import { surelyIn } from "../../../kernel/language/tongues.ts";
import type { EventId } from "../../../kernel/values/ids.ts";

/** Something that may have moved somebody: what they heard, perceived or looked up. */
export interface Impression {
  readonly id: EventId;
  readonly text: string;
  /** Whether it was said by somebody; what is said has to give a reason. */
  readonly said: boolean;
}

/** What was found. */
export interface Grounds {
  readonly grounds: "cause" | "none" | "unjudged";
  readonly causes: readonly EventId[];
}

/** What a stimulus leaves behind; nothing for what the engine told the person about themselves. */
export function impressionOf(id: EventId, { type, content, images = [] }: Stimulus): Impression | undefined {
  if (type === "FEEDBACK") return undefined;
  const pictures = images.map((_, index) => `picture ${index + 1}`);
  return { id, text: [content, ...pictures].join(" "), said: type === "CONVERSATION" };
}

/** What a question of the person's own to a faculty leaves behind. */
export function lookedUp(id: EventId, action: Action): Impression {
  return { id, text: `${action.content ?? ""} ${JSON.stringify(action.args ?? "")}`, said: false };
}

/**
 * Whether there is a cause for a change of mind: something about the same matter (a telling word in common with the topic
 * or with the reason that the person gives) that was perceived or looked up, or in which somebody gave a reason, an
 * example or a figure. That others are of another mind is no cause. Lexical: it finds that a reason was given, and
 * cannot tell whether it was a good one. `unjudged` where somebody spoke about it in a language without word lists.
 */
export function groundsFor(matter: string, impressions: readonly Impression[]): Grounds {
  const about = matters(matter);
  const related = impressions.filter((one) => shared(about, matters(one.text)) > 0);
  const judged = related.map((one) => ({ id: one.id, gives: !one.said || givesReason(one.text) }));
  const causes = judged.filter((one) => one.gives === true).map((one) => one.id);
  if (causes.length > 0) return { grounds: "cause", causes: [...new Set(causes)] };
  return { grounds: judged.some((one) => one.gives === undefined) ? "unjudged" : "none", causes: [] };
}

/** Undefined where the language has no word lists. */
function givesReason(text: string): boolean | undefined {
  if (/\p{N}/u.test(text)) return true;
  const language = surelyIn(text);
  return language === undefined ? undefined : cueReader(language).count("reasons", text) > 0;
}
