import { z } from "zod";
import { defineKind, idsOf } from "../../kind.ts";
import { Options } from "../../written.ts";

/** All options, in order of preference. */
export const rank = defineKind(
  "rank",
  { options: Options },
  {
    parts: ({ id, options }) => [{ id, scale: { kind: "ranking", options: idsOf(options) }, options }],
  },
);

/** The best few of the options, in order. */
export const top = defineKind(
  "top",
  { options: Options, most: z.int().min(1).describe("How many are ranked.") },
  {
    parts: ({ id, options, most }) => [{ id, scale: { kind: "ranking", options: idsOf(options), most }, options }],
    wrong: ({ options, most }) =>
      most > options.length ? [{ path: "most", message: `There are only ${options.length} options.` }] : [],
  },
);
