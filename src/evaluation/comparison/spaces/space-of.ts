import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import type { RespondentAnswers } from "../../people/answers.ts";
import type { ComparableScale } from "../../people/description/document.ts";
import { rankingSpace } from "./rankings.ts";
import { allocationSpace, choicesSpace } from "./several.ts";
import { nominalSpace, numberSpace, ordinalSpace } from "./single.ts";
import type { Space } from "./space.ts";

/** The category space of an item: what its scale declares; of what is not told by options those answers that occur among all of these people. */
export function spaceOf(item: string, scale: ComparableScale, people: readonly RespondentAnswers[]): Space {
  const given = (): readonly GivenAnswer[] =>
    people.flatMap(({ answers }) => {
      const answer = answers[item];
      return answer === undefined || answer.value === null ? [] : [answer];
    });
  switch (scale.kind) {
    case "nominal":
      return nominalSpace(scale.options);
    case "ordinal":
      return ordinalSpace(scale.options);
    case "number": {
      const steps = wholeSteps(scale);
      if (steps !== undefined) return numbered(ordinalSpace(steps.map(String)));
      const values = people.flatMap(({ answers }) => answers[item]?.value ?? []) as readonly number[];
      return numberSpace([...new Set(values)].toSorted((one, other) => one - other));
    }
    case "ranking":
      return rankingSpace(scale.options, given());
    case "choices":
      return choicesSpace(scale.options, given());
    case "allocation":
      return allocationSpace(scale.options, scale.total, given());
  }
}

/** Whole numbers between bounds, of which there are not many, are a scale with steps. */
const mostSteps = 101;

/** A space of steps that are called by numbers. */
const numbered = (space: Space): Space => ({
  ...space,
  code: (answer) => space.code({ ...answer, value: String(answer.value) }),
});

function wholeSteps({ low, high, whole }: ComparableScale & { kind: "number" }): readonly number[] | undefined {
  if (whole !== true || low === undefined || high === undefined || high - low >= mostSteps) return undefined;
  return Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, step) => Math.ceil(low) + step);
}
