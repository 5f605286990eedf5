import { z } from "zod";
import { parseFormula } from "../../formula.ts";
import { defineKind } from "../../kind.ts";

/** A number that follows from other answers, and that nobody is asked for. */
export const computed = defineKind(
  "computed",
  {
    formula: z
      .string()
      .min(1)
      .max(2000)
      .describe(
        "Of ids, numbers, + - * / ( ) and min, max, mean, sum, round, abs; [service.speed] where an id has other signs.",
      ),
  },
  {
    parts: ({ id }) => [{ id, scale: { kind: "number" }, options: [] }],
    wrong: ({ formula }) => {
      const read = parseFormula(formula);
      return "fault" in read ? [{ path: "formula", message: read.fault }] : [];
    },
    formula: ({ formula }) => formula,
  },
);
