import { z } from "zod";
import type { Scale } from "../../../../kernel/contracts/answers/scale.ts";
import { defineKind, idsOf } from "../../kind.ts";
import { mostOptions, OptionEntry, Options } from "../../written.ts";
import { OrderedLabels } from "../choosing/likert.ts";

/** The same question for several rows: each has an answer of its own. */
export const matrix = defineKind(
  "matrix",
  {
    rows: z.array(OptionEntry).min(1).max(mostOptions).describe("What is asked about, one by one."),
    labels: OrderedLabels.optional().describe("The columns, where they have an order, lowest first."),
    options: Options.optional().describe("The columns, where they have none."),
    several: z.boolean().default(false).describe("Whether several of the `options` can be chosen in a row."),
  },
  {
    parts: ({ id, rows, labels, options = [], several }) =>
      rows.map((row) => {
        const columns = labels ?? options;
        const kind = labels === undefined ? (several ? "choices" : "nominal") : "ordinal";
        return {
          id: `${id}.${row.id}`,
          asks: row.label,
          scale: { kind, options: idsOf(columns) } as Scale,
          options: columns,
        };
      }),
    wrong: ({ rows, labels, options, several }) => {
      if ((labels === undefined) === (options === undefined))
        return [{ path: "labels", message: "Give either `labels`, which have an order, or `options`." }];
      if (several && labels !== undefined)
        return [{ path: "several", message: "Of what has an order only one can be chosen." }];
      const ids = idsOf(rows);
      const twin = ids.find((id, place) => ids.indexOf(id) < place);
      return twin === undefined ? [] : [{ path: "rows", message: `Two rows are called '${twin}'.` }];
    },
  },
);
