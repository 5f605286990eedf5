import { z } from "zod";
import { defineKind } from "../../kind.ts";
import { mostOptions } from "../../written.ts";

/** Several answers in one's own words. */
export const list = defineKind(
  "list",
  { least: z.int().min(0).default(1), most: z.int().min(1).max(mostOptions).default(10) },
  {
    parts: ({ id, least, most }) => [{ id, scale: { kind: "texts", least, most }, options: [] }],
    wrong: ({ least, most }) => (least > most ? [{ path: "least", message: "`least` is above `most`." }] : []),
  },
);
