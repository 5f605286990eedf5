import { z } from "zod";
import type { QsfQuestion } from "./file.ts";
import { optionId } from "./questions.ts";

const Term = z.looseObject({
  LogicType: z.string().optional(),
  Conjuction: z.string().optional(),
  Conjunction: z.string().optional(),
  ChoiceLocator: z.string().optional(),
  LeftOperand: z.string().optional(),
  RightOperand: z.union([z.string(), z.number()]).optional(),
  Operator: z.string().optional(),
});

/** What conditions are read with. */
export interface Known {
  readonly questions: ReadonlyMap<string, QsfQuestion>;
  /** What an item is called, by the id of its question. */
  readonly names: ReadonlyMap<string, string>;
}

const place = /^q:\/\/(QID\d+)\/(SelectableChoice|ChoiceTextEntryValue|ChoiceNumericEntryValue)(?:\/(\w+))?$/;

/** Comparisons of numbers by their name in the file. */
const bounds: Readonly<Record<string, string>> = {
  GreaterThan: "above",
  LessThan: "below",
  GreaterThanOrEqual: "atLeast",
  LessThanOrEqual: "atMost",
};

/** A display logic as a condition; undefined for what cannot be one. */
export function conditionOf(logic: unknown, known: Known): object | undefined {
  const groups = numbered(logic).map(numbered);
  if (groups.length === 0) return undefined;
  const all = groups.map((terms) => groupOf(terms, known));
  if (all.some((one) => one === undefined)) return undefined;
  return all.length === 1 ? all[0] : { any: all };
}

/** Terms that `Or` joins of groups that `And` joins, in their order. */
function groupOf(terms: readonly unknown[], known: Known): object | undefined {
  const alternatives: object[][] = [[]];
  for (const given of terms) {
    const term = Term.safeParse(given).data;
    const one = term === undefined ? undefined : termOf(term, known);
    if (one === undefined) return undefined;
    if (/^or$/i.test(term?.Conjuction ?? term?.Conjunction ?? "")) alternatives.push([]);
    alternatives.at(-1)?.push(one);
  }
  const joined = alternatives.filter((all) => all.length > 0).map((all) => (all.length === 1 ? all[0] : { all }));
  return joined.length > 1 ? { any: joined } : joined[0];
}

function termOf(
  { LogicType, ChoiceLocator, LeftOperand, RightOperand, Operator = "" }: z.output<typeof Term>,
  known: Known,
): object | undefined {
  if (LogicType !== undefined && LogicType !== "Question") return undefined;
  const [, question = "", what, choice] = place.exec(LeftOperand ?? ChoiceLocator ?? "") ?? [];
  const item = known.names.get(question);
  const asked = known.questions.get(question);
  if (item === undefined || asked === undefined || asked.QuestionType === "Matrix") return undefined;
  if (what === "SelectableChoice" && choice !== undefined) {
    const selected = { item, includes: optionId(asked, choice) };
    if (Operator === "Selected") return selected;
    return Operator === "NotSelected" ? { not: selected } : undefined;
  }
  const key = bounds[Operator];
  const bound = Number(RightOperand);
  if (key !== undefined && Number.isFinite(bound)) return { item, [key]: bound };
  if (Operator === "EqualTo" && RightOperand !== undefined) return { item, is: RightOperand };
  if (Operator === "Empty") return { item, answered: false };
  return Operator === "NotEmpty" ? { item, answered: true } : undefined;
}

/** The values of keys that are numbers, in their order. */
function numbered(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => /^\d+$/.test(key))
    .map(([, inner]) => inner);
}

const Skip = z.array(
  z.looseObject({ ChoiceLocator: z.string(), Condition: z.string(), SkipToDestination: z.string() }),
);

/** Where it goes on after a question; undefined for what cannot be said. */
export function skipsOf(logic: unknown, known: Known): readonly object[] | undefined {
  const read = Skip.safeParse(logic);
  if (!read.success) return undefined;
  const rules = read.data.map(({ ChoiceLocator, Condition: Operator, SkipToDestination }) => {
    const condition = termOf({ ChoiceLocator, Operator }, known);
    const to = SkipToDestination === "ENDOFSURVEY" ? "end" : known.names.get(SkipToDestination);
    return condition === undefined || to === undefined ? undefined : { if: condition, to };
  });
  return rules.every((rule) => rule !== undefined) ? rules : undefined;
}
