import { z } from "zod";
import { defineKind, idsOf } from "../../kind.ts";
import { Options, Text } from "../../written.ts";

/** An amount that is divided among options. */
export const budget = defineKind(
  "budget",
  {
    options: Options,
    total: z.number().gt(0).default(100),
    unit: Text.optional().describe("What is divided, as in points or euros."),
  },
  {
    parts: ({ id, options, total, unit }) => [
      { id, scale: { kind: "allocation", options: idsOf(options), total }, options, unit },
    ],
  },
);
