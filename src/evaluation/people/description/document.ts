import { z } from "zod";
import { DeclaredOption, DeclaredOptions, declaredScales } from "../../../kernel/contracts/answers/declared-scale.ts";
import type { Scale as AnyScale } from "../../../kernel/contracts/answers/scale.ts";

/** A scale on which answers of many people can be held against each other. */
export type ComparableScale = Exclude<AnyScale, { kind: "text" | "texts" | "object" }>;

const said = z.string().trim().min(1);
const count = z.int().min(1);

const Scale = z
  .discriminatedUnion("kind", [
    declaredScales.nominal,
    declaredScales.ordinal,
    declaredScales.number,
    z.strictObject({ kind: z.literal("ranking"), options: DeclaredOptions, most: count.optional() }),
    z.strictObject({
      kind: z.literal("choices"),
      options: DeclaredOptions,
      least: z.int().min(0).optional(),
      most: count.optional(),
    }),
    z.strictObject({ kind: z.literal("allocation"), options: DeclaredOptions, total: z.number().gt(0) }),
  ])
  .transform((scale) => scale as ComparableScale);

const Columns = z.record(said, said).describe("The column of each option.");

const Item = z
  .strictObject({
    title: said.optional().describe("What was asked. Default: the id of the item."),
    scale: Scale.describe("What an answer can be: declared, and never guessed from the answers."),
    column: said.optional().describe("The column of the answers. Default: the id of the item."),
    columns: Columns.optional().describe(
      "Of rankings (the place of each option), choices and allocations: the column of each option. Allocations in one column stand in it as JSON.",
    ),
    separator: z.string().min(1).optional().describe("What stands between options in one cell: a text, no pattern."),
    labels: z.record(said, said).optional().describe("How options are called in words; cells may say either."),
    desirable: said
      .optional()
      .describe("What looks well: the end of a scale, `high` or `low`, or of options one of them."),
    margin: z
      .number()
      .gt(0)
      .optional()
      .describe("Means that are less apart count as equivalent, in points of the scale."),
    family: said.optional().describe("Items of one family are read and corrected together."),
    outside: z
      .enum(["error", "exclude"])
      .default("error")
      .describe("What becomes of an answer outside the scale: an error, or listed as excluded."),
  })
  .superRefine((item, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const { kind } = item.scale;
    const known = "options" in item.scale ? item.scale.options : [];
    const several = kind === "ranking" || kind === "choices" || kind === "allocation";
    if (item.columns !== undefined && item.column !== undefined) wrong("columns", "Give `column` or `columns`.");
    if (!several && item.columns !== undefined) wrong("columns", "Answers on this scale stand in one column.");
    if (!several && item.separator !== undefined) wrong("separator", "Answers on this scale are one option.");
    for (const name of Object.keys(item.columns ?? {}))
      if (!known.includes(name)) wrong("columns", `'${name}' is none of the options.`);
    for (const name of known)
      if (item.columns !== undefined && !Object.hasOwn(item.columns, name))
        wrong("columns", `'${name}' has no column.`);
    for (const name of Object.keys(item.labels ?? {}))
      if (!known.includes(name)) wrong("labels", `'${name}' is none of the options.`);
    const { desirable } = item;
    const desired = [...(kind === "ordinal" || kind === "number" ? ["high", "low"] : []), ...known];
    if (desirable !== undefined && !desired.includes(desirable))
      wrong("desirable", `On this scale it is one of: ${desired.join(", ")}.`);
  });

const Missing = z.strictObject({
  "not-asked": z.array(z.string()).optional(),
  skipped: z.array(z.string()).optional(),
  refused: z.array(z.string()).optional(),
  "not-applicable": z.array(z.string()).optional(),
  failed: z.array(z.string()).optional(),
});

const Attributes = z.union([
  z.array(said).transform((names) => Object.fromEntries(names.map((name) => [name, name]))),
  z.record(said, said),
]);

const encoding = said.refine((name) => {
  try {
    return new TextDecoder(name) !== undefined;
  } catch {
    return false;
  }
}, "This is no encoding that is known: utf-8, utf-16le, windows-1252, shift_jis …");

const Rows = z.strictObject({
  item: said.describe("The column that says which item a row answers."),
  value: said.describe("The column of the answers; lists and amounts as JSON, or with the item's `separator`."),
  missing: said.optional().describe("The column that says why there is none, as `refused`."),
  distribution: said.optional().describe("The column of probabilities by option, as JSON."),
});

const side = {
  encoding: encoding
    .optional()
    .describe("What a table of text is in. Default: UTF-8, or what its byte order mark says."),
  rows: Rows.optional().describe(
    "Of a table with a row for each answer, not for each person (`id` says whose it is): which column is what.",
  ),
  id: said.optional().describe("The column that says who it is; the same on both sides links people to their twins."),
  comment: said.optional().describe("The column in which they say why."),
  weight: said.optional().describe("The column that says how many people a row stands for."),
  headers: z
    .int()
    .min(1)
    .max(3)
    .optional()
    .describe("Rows above the data. Default: 1, and of Qualtrics what is found."),
  only: z
    .record(said, z.array(DeclaredOption).min(1))
    .optional()
    .describe("Rows that count: those that have one of these values in this column."),
};

/** How tables of answers are to be read: a file in YAML or JSON. */
export const AnswersDocument = z
  .strictObject({
    $schema: z.string().optional(),
    answers: z.literal(1).describe("The version of the format."),
    ...side,
    twins: z
      .boolean()
      .optional()
      .describe(
        "Whether those with the same id on both sides are one person and their twin. Default: yes, unless ids only count rows (1, 2, 3 …).",
      ),
    attributes: Attributes.default({}).describe("Columns that tell people apart, or name: column."),
    missing: Missing.default({ skipped: ["NA", "N/A", "NaN", "nan", "NULL", "null", "."] }).describe(
      "Texts that stand for no answer, by the reason; an empty cell is always skipped.",
    ),
    items: z.record(said, Item).refine((all) => Object.keys(all).length > 0, "There must be an item."),
    simulated: z
      .strictObject({
        ...side,
        attributes: Attributes.optional(),
        columns: z
          .record(said, z.union([said, Columns]))
          .optional()
          .describe("The column, or columns, of an item."),
        distributions: z
          .record(said, said)
          .optional()
          .describe("By item, the column in which its options stand with their probabilities, as JSON."),
      })
      .optional()
      .describe("What is called otherwise in the table of simulated people."),
  })
  .superRefine(({ id, items, rows, simulated }, context) => {
    const wrong = (path: readonly string[], message: string) =>
      context.addIssue({ code: "custom", path: [...path], message });
    if (rows !== undefined && id === undefined) wrong(["id"], "Rows by item need the column that says whose they are.");
    if (simulated?.rows !== undefined && (simulated.id ?? id) === undefined)
      wrong(["simulated", "id"], "Rows by item need the column that says whose they are.");
    if (rows !== undefined || simulated?.rows !== undefined) return;
    for (const [name, { scale, columns, separator }] of Object.entries(items)) {
      if (scale.kind === "ranking" && columns === undefined && separator === undefined)
        wrong(["items", name, "separator"], "Say what stands between the options, or name a column for each.");
    }
  });

/** How tables of answers are to be read, checked and with its defaults. */
export type AnswersDescription = Omit<z.output<typeof AnswersDocument>, "$schema">;

/** One thing that was asked, as it is described. */
export type ItemDescription = AnswersDescription["items"][string];
