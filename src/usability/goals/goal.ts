import type { Visit } from "../../kernel/contracts/systems/visit.ts";
import { patternIn } from "../../kernel/text/written.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** What people come to a system for. */
export interface Goal {
  /** As reports call it; lower-case words joined by hyphens read best. */
  readonly name: string;
  /** As a person puts it to themselves: "I want to know whether the shop is open on Sundays." */
  readonly goal: string;
  /** When it is reached, told by code: all that is said here, or a function of the visit. Else the judge says, or they do. */
  readonly success?: Success;
}

/** When a visit was a success. */
export type Success = SuccessCheck | ((visit: Visit) => boolean);

/** What the system has to have shown at some moment of a visit; texts as they are, whatever their case, or `/patterns/i`. */
export interface SuccessCheck {
  readonly text?: string;
  readonly url?: string;
  /** Of a program, the last time that it ended. */
  readonly exitCode?: number;
}

/** Whether a visit met a goal by its check; undefined where it has none. */
export function meets(visit: Visit, success: Success | undefined): boolean | undefined {
  if (success === undefined) return undefined;
  if (typeof success === "function") return success(visit);
  const views = [visit.first, ...visit.steps.map(({ shown }) => shown)];
  const { text, url, exitCode } = success;
  if (text !== undefined && !views.some((view) => isIn(text, `${view.title ?? ""}\n${view.text}`))) return false;
  if (url !== undefined && !views.some((view) => isIn(url, view.url ?? ""))) return false;
  return exitCode === undefined || views.findLast((view) => view.exitCode !== undefined)?.exitCode === exitCode;
}

function isIn(wanted: string, text: string): boolean {
  const pattern = readPattern(wanted);
  return pattern === undefined ? text.toLowerCase().includes(wanted.toLowerCase()) : pattern.test(text);
}

/** Throws OPTION_INVALID for a pattern that is none. */
function readPattern(wanted: string): RegExp | undefined {
  try {
    return patternIn(wanted);
  } catch (cause) {
    throw new TinyTroupeError("OPTION_INVALID", `The pattern ${wanted} cannot be read.`, {
      data: { option: "success", value: wanted },
      hint: "Write it as in /order (number|no\\.)/i, or give a plain text.",
      cause,
    });
  }
}

/** The goals, each with a name of its own; throws OPTION_INVALID otherwise. */
export function checkedGoals(goals: readonly Goal[]): readonly Goal[] {
  const names = goals.map(({ name }) => name);
  const wrong = goals.find(({ name, goal }, place) => name === "" || goal.trim() === "" || names.indexOf(name) < place);
  if (goals.length > 0 && wrong === undefined) {
    for (const { success } of goals) {
      if (typeof success === "object") for (const text of [success.text, success.url]) if (text) readPattern(text);
    }
    return goals;
  }
  throw new TinyTroupeError(
    "OPTION_INVALID",
    wrong ? `The goal '${wrong.name}' cannot be used.` : "There is no goal.",
    {
      data: { option: "goals", value: wrong?.name },
      hint: 'Give each a name of its own and what is wanted, as in { name: "opening-hours", goal: "I want to know …" }.',
    },
  );
}
