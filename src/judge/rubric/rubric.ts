import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { checkedPropositions, type Proposition } from "../proposition.ts";

/** One thing that a rubric looks at. */
export interface Criterion {
  /** What is claimed when it is fully met, as of a proposition. */
  readonly claim: string;
  /** What it counts beside the others. Default 1. */
  readonly weight?: number;
  /** What the levels look like, by score from 0 to 9; those that are not described lie between. */
  readonly levels?: Readonly<Record<number, string>>;
  readonly needsPersona?: boolean;
}

/** Criteria by name, each with a weight and with levels that are described. */
export interface Rubric<Name extends string = string> {
  readonly name: string;
  readonly criteria: Readonly<Record<Name, Criterion>>;
}

/**
 * A rubric, checked and frozen; its criteria are known as types. OPTION_INVALID for names that are none (lower-case words
 * joined by hyphens), no criteria, weights that are not above zero, and levels that are no scores.
 * @example
 * const pitch = defineRubric({
 *   name: "pitch",
 *   criteria: {
 *     clear: { claim: "What is offered is said so plainly that anybody could repeat it.", weight: 2 },
 *     honest: { claim: "Nothing is promised that is not shown.", levels: { 0: "A plain lie.", 9: "Limits are named." } },
 *   },
 * });
 * Object.keys(pitch.criteria); // => ["clear", "honest"]
 */
export function defineRubric<const Name extends string>(rubric: Rubric<Name>): Rubric<Name> {
  const criteria = Object.entries<Criterion>(rubric.criteria);
  if (criteria.length === 0) throw invalid(rubric.name, "Give at least one criterion.");
  const light = criteria.find(([, { weight = 1 }]) => !(Number.isFinite(weight) && weight > 0));
  if (light !== undefined) throw invalid(rubric.name, `Give '${light[0]}' a weight above zero.`);
  checkedPropositions(propositionsOf(rubric));
  return Object.freeze({ ...rubric, criteria: Object.freeze({ ...rubric.criteria }) });
}

/** The criteria as propositions that are scored. */
export function propositionsOf({ criteria }: Rubric): readonly Proposition[] {
  return Object.entries(criteria).map(([name, { claim, levels, needsPersona }]) => ({
    ...{ name, claim, answer: "score" as const },
    ...(levels !== undefined && { anchors: levels }),
    ...(needsPersona !== undefined && { needsPersona }),
  }));
}

function invalid(name: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The rubric '${name}' cannot be used.`, {
    data: { option: "rubric", value: name },
    hint,
  });
}
