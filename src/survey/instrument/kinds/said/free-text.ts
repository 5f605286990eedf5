import { z } from "zod";
import { defineKind } from "../../kind.ts";

/** An answer in one's own words. */
export const freeText = defineKind(
  "text",
  {
    most: z.int().min(1).max(100_000).optional().describe("How long it can be, in characters."),
    short: z.boolean().default(false).describe("Whether a line is enough."),
  },
  {
    parts: ({ id, most, short }) => [
      {
        id,
        scale: { kind: "text", ...(most !== undefined && { most }) },
        options: [],
        ...(short && { look: "short" }),
      },
    ],
  },
);
