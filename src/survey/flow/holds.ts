import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { SurveyCondition } from "../instrument/condition.ts";

/** Answers so far, by item or part. */
export type Answers = ReadonlyMap<string, Answer>;

/**
 * Tells whether a condition holds of the answers so far. Where there is no answer, nothing can be said of it: every
 * comparison fails, but for `answered: false`.
 */
export function holds(condition: SurveyCondition, answers: Answers): boolean {
  if ("all" in condition) return condition.all.every((one) => holds(one, answers));
  if ("any" in condition) return condition.any.some((one) => holds(one, answers));
  if ("not" in condition) return !holds(condition.not, answers);
  const { item, answered, ...tests } = condition;
  const value = answers.get(item)?.value ?? null;
  if (answered !== undefined && answered !== (value !== null)) return false;
  const compared = Object.values(tests).some((test) => test !== undefined);
  return !compared || (value !== null && fits(value, tests));
}

type Tests = Omit<Extract<SurveyCondition, { item: string }>, "item" | "answered">;

function fits(value: NonNullable<Answer["value"]>, tests: Tests): boolean {
  const { is, includes, below, above, atLeast, atMost } = tests;
  const same = (wanted: string | number): boolean => String(wanted) === String(value);
  if (is !== undefined && ![is].flat().some(same)) return false;
  const chosen = Array.isArray(value) ? value.map(String) : [String(value)];
  if (includes !== undefined && ![includes].flat().some((wanted) => chosen.includes(String(wanted)))) return false;
  const bounds = [below, above, atLeast, atMost];
  if (bounds.every((bound) => bound === undefined)) return true;
  // Points of a scale are called by their numbers.
  const number =
    typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  const [least = -Infinity, most = Infinity] = [atLeast, atMost];
  return number >= least && number <= most && number < (below ?? Infinity) && number > (above ?? -Infinity);
}
