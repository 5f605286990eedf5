import { z } from "zod";
import { defineKind, idsOf } from "../../kind.ts";
import { Options } from "../../written.ts";
import { Other, withOther } from "./choice.ts";

/** Several of several options, within limits. */
export const checkbox = defineKind(
  "checkbox",
  {
    options: Options,
    other: Other,
    least: z.int().min(0).default(1).describe("How many have to be chosen; an exclusive option is enough by itself."),
    most: z.int().min(1).optional(),
  },
  {
    parts: ({ id, options: written, other, least, most }) => {
      const options = withOther(written, other);
      const alone = idsOf(options.filter(({ exclusive }) => exclusive));
      const limits = { least, most: most ?? options.length };
      const scale = {
        kind: "choices" as const,
        options: idsOf(options),
        ...limits,
        ...(alone.length > 0 && { alone }),
      };
      return [{ id, scale, options }];
    },
    wrong: ({ options, other, least, most = Infinity }) => {
      const all = withOther(options, other);
      const together = all.filter(({ exclusive }) => !exclusive).length;
      if (least > most) return [{ path: "least", message: "`least` is above `most`." }];
      return least > together ? [{ path: "least", message: `Only ${together} can be chosen together.` }] : [];
    },
    english: ({ other }) => (other === true ? ["other"] : []),
  },
);
