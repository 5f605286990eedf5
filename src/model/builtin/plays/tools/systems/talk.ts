import { isTelling, tokens } from "../../../../../kernel/language/stems.ts";
import type { Scene } from "../../../speech/scene.ts";
import type { Appointment } from "../appointments.ts";
import { bestLine, excusesItself, type Seen, speaksOf } from "./seen.ts";

/** How much of what is wanted an answer has to speak of to be one. */
const enough = 0.4;

/** What somebody says to a chat, or looks for next: in other words each time, until it answers or they tire of it. */
export function asking(_scene: Scene, type: string, seen: Seen): Appointment {
  const { goal, text, before, patience, rehearsed } = seen;
  const nth = before.length;
  if (nth > 0 && !rehearsed) {
    if (speaksOf(text, seen) >= enough && !excusesItself(text)) {
      return { type: "GOAL_REACHED", args: { content: bestLine(text, seen) } };
    }
    if (nth >= patience)
      return { type: "GIVE_UP", args: { content: `It does not help me. It says: “${bestLine(text, seen)}”` } };
  }
  return { type, args: wording(type, { goal, nth }) };
}

function wording(type: string, { goal, nth }: { readonly goal: string; readonly nth: number }): Appointment["args"] {
  const telling = tokens(goal).filter((word) => isTelling(word));
  const words = telling.length === 0 ? goal : telling.slice(0, Math.max(1, 4 - nth)).join(" ");
  return type === "SAY_TO_SYSTEM" ? { content: said(goal, words, nth) } : { query: words };
}

function said(goal: string, words: string, nth: number): string {
  if (nth === 0) return `Hello. ${goal}`;
  if (nth === 1) return `That is not what I came for. It is about this: ${words}.`;
  return `Once more, in other words: ${words}?`;
}
