import { isTelling, shared, stems, tokens } from "../../../../../kernel/language/stems.ts";
import type { Appointment } from "../appointments.ts";
import { bestLine, excusesItself, type Seen, speaksOf } from "./seen.ts";

/** A line of a program's help: how something is called, and what stands beside it. */
const helpLine =
  /^[ \t]*(?:-\w, )?(?<call>-{0,2}[a-z][\w-]*(?:[ =](?:<[^<>\n]+>|\[[^[\]\n]+\]|[A-Z][A-Z_]+))*)(?: {2,}|\t+| +[-–—:] +)(?<about>\S.*)$/gmu;
const blank = /<[^<>]+>|\[[^[\]]+\]|\b[A-Z][A-Z_]+\b/gu;
const complaint = /\b(?:unknown|invalid|unrecogni[sz]ed|usage:|traceback|no such)\b|ended with the code [1-9]/iu;

/**
 * What somebody enters into a program next: what their goal gives word for word, then the command that its help has for it,
 * and they have what they came for when one answers without a complaint.
 */
export function commanding(type: "RUN_PROGRAM" | "ENTER", seen: Seen): Appointment {
  const { goal, text, before, patience, rehearsed } = seen;
  const given = quotedIn(goal);
  const last = before.at(-1);
  if (last !== undefined && !rehearsed) {
    const isHelp = asksForHelp(last);
    if (!isHelp && !complaint.test(text) && !excusesItself(text) && before.length >= given.length) {
      return { type: "GOAL_REACHED", args: { content: bestLine(text, seen) } };
    }
    const call = isHelp ? commandFor(seen) : undefined;
    if (call !== undefined) return entered(type, call);
    if (isHelp && speaksOf(text, seen) >= 0.4) return { type: "GOAL_REACHED", args: { content: bestLine(text, seen) } };
    if (before.length >= patience)
      return { type: "GIVE_UP", args: { content: `It does not help me. It says: “${bestLine(text, seen)}”` } };
  }
  if (type === "RUN_PROGRAM") return given.length > 0 ? entered(type, given) : entered(type, ["--help"]);
  const next = given[before.length];
  if (next !== undefined) return entered(type, [next]);
  return before.length === given.length ? entered(type, ["help"]) : entered(type, telling(goal));
}

function entered(type: "RUN_PROGRAM" | "ENTER", words: readonly string[]): Appointment {
  return type === "ENTER" ? { type, args: { line: words.join(" ") } } : { type, args: { arguments: words, input: "" } };
}

function asksForHelp(move: Readonly<Record<string, unknown>>): boolean {
  const words = [move["line"], move["arguments"]].flat().filter((word) => word !== undefined);
  return words.length === 1 && /^(?:--)?help$/u.test(String(words[0]));
}

/** The command of a help that speaks most of the goal, its blanks filled with the goal's own words. */
function commandFor({ text, goal, wanted }: Seen): readonly string[] | undefined {
  const spoken = tokens(goal);
  const worth = (call: string, about: string): number => {
    const [name = ""] = tokens(call.replace(blank, " "));
    return (spoken.includes(name) ? 2 : 0) + shared(stems(`${call} ${about}`), wanted);
  };
  const [best] = [...text.matchAll(helpLine)]
    .map(({ groups: { call = "", about = "" } = {} }) => ({ call, about, worth: worth(call, about) }))
    .toSorted((one, other) => other.worth - one.worth);
  if (best === undefined || best.worth === 0) return undefined;
  const own = stems(`${best.call.replace(blank, " ")} ${best.about}`);
  const rest = goal.match(/\d+(?:\.\d+)?/u) ?? telling(goal).filter((word) => shared(stems(word), own) === 0);
  return best.call.split(/[ =](?![^<[]*[>\]])/u).map((word) => word.replace(blank, rest.join(" ") || "1"));
}

function telling(goal: string): readonly string[] {
  const words = tokens(goal).filter((word) => isTelling(word));
  return words.length === 0 ? [goal] : words.slice(0, 3);
}

/** What a goal gives word for word. */
function quotedIn(goal: string): readonly string[] {
  return [...goal.matchAll(/[`“"]([^`”"]+)[`”"]/gu)].flatMap(([, words]) => words ?? []);
}
