import type { AnswerSet } from "../../../../src/evaluation/people/answers.ts";
import { parseAnswersDescription } from "../../../../src/evaluation/people/description/load.ts";
import type { AnswerValue } from "../../../../src/kernel/contracts/answers/scale.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";

/** What somebody says: a value by item, null where they are silent, and whatever else is known of them. */
export interface Made {
  readonly id?: string;
  readonly weight?: number;
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly answers: Readonly<Record<string, AnswerValue | null>>;
}

/** Answers that we made up, as if they had been read. */
export function answersOf(items: object, people: readonly Made[]): AnswerSet {
  return {
    ...{
      source: "made up",
      items: parseAnswersDescription({ answers: 1, items }).items,
      excluded: [],
      leftOut: 0,
      remarks: [],
    },
    identified: people.some(({ id }) => id !== undefined),
    people: people.map(({ id, weight = 1, attributes = {}, answers }, place) => ({
      ...{ id: id ?? `row ${place + 1}`, row: place + 1, weight, attributes },
      answers: Object.fromEntries(
        Object.entries(answers).map(([item, value]) => [
          item,
          value === null
            ? { item, value, missing: "refused" as const, method: "person" }
            : { item, value, method: "person" },
        ]),
      ),
    })),
  };
}

export const likert = { kind: "ordinal", options: [1, 2, 3, 4, 5] };

/** As many people for each step of a scale from 1. */
export const counts = (of: readonly number[], item = "vote"): readonly Made[] =>
  of.flatMap((count, step) => Array.from({ length: count }, () => ({ answers: { [item]: String(step + 1) } })));

/** People who are drawn from shares of the steps of a scale. */
export function drawn(n: number, shares: readonly number[], seed: string | number, item = "vote"): readonly Made[] {
  const random = createRandom(seed);
  const all = shares.reduce((sum, share) => sum + share, 0);
  return Array.from({ length: n }, () => {
    let left = random.next() * all;
    const step = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return { answers: { [item]: String((step < 0 ? shares.length - 1 : step) + 1) } };
  });
}
