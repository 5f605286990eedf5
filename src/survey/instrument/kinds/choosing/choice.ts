import { z } from "zod";
import { defineKind, idsOf } from "../../kind.ts";
import { type AnswerOption, Options, Text } from "../../written.ts";

/** What is written to offer an answer of one's own. */
export const Other = z
  .union([z.literal(true), Text])
  .optional()
  .describe("Offers an answer in one's own words: true, or how it reads.");

/** The options with the one that stands for all others, which stays last. */
export function withOther(options: readonly AnswerOption[], other: string | true | undefined): readonly AnswerOption[] {
  if (other === undefined) return options;
  return [...options, { id: "other", label: other === true ? "Other" : other, open: true, fixed: true }];
}

/** One of several options. */
export const choice = defineKind(
  "choice",
  { options: Options, other: Other },
  {
    parts: ({ id, options: written, other }) => {
      const options = withOther(written, other);
      return [{ id, scale: { kind: "nominal", options: idsOf(options) }, options }];
    },
    english: ({ other }) => (other === true ? ["other"] : []),
  },
);
