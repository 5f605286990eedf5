import { z } from "zod";
import { defineKind, idsOf } from "../../kind.ts";
import { type AnswerOption, OptionEntry } from "../../written.ts";

/** Each two of several options, one against the other. */
export const pairwise = defineKind(
  "pairwise",
  { options: z.array(OptionEntry).min(2).max(15).describe("Of 15 there are 105 pairs.") },
  {
    parts: ({ id, options }) =>
      pairsOf(options).map((pair) => ({
        id: `${id}.${idsOf(pair).toSorted().join("~")}`,
        scale: { kind: "nominal" as const, options: idsOf(pair) },
        options: pair,
      })),
  },
);

/** Each stands first in as many pairs as it stands second, or in one more. */
function pairsOf(options: readonly AnswerOption[]): readonly (readonly AnswerOption[])[] {
  return options.flatMap((one, place) =>
    options.slice(place + 1).map((other, gap) => (gap % 2 === 0 ? [one, other] : [other, one])),
  );
}
