import { z } from "zod";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { issueLines, issuesInWords } from "../kernel/text/issues.ts";
import { readWritten } from "../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../kernel/values/errors.ts";

const said = z.string().trim().min(1);
const share = z.number().min(0);
const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/, "This must be a short id: small letters, digits, - and _.")
  .refine((name) => !taken.includes(name), "This name is taken by a column of the rows.");
const taken: readonly string[] = ["id", "split", "label", "text", "exchanges", "simulated"];

const isSome = (shares: readonly number[]): boolean => shares.some((one) => one > 0);
const Listed = z.array(z.union([said, z.number()]).transform(String)).min(1);
const Dimension = z
  .union([Listed, z.record(said, share).refine((all) => isSome(Object.values(all)), "One share must be above zero.")])
  .describe("Values with their shares, or a list of values that are equally frequent.");
const Label = z.union([share, z.strictObject({ share, means: said })]);
const Labels = z
  .union([
    Listed.min(2),
    z
      .record(said, Label)
      .refine((all) => isSome(Object.values(all).map(shareOf)), "One share must be above zero.")
      .refine((all) => Object.keys(all).length > 1, "There must be two labels or more."),
  ])
  .describe("Labels with their shares, and what they mean; or a list of labels that are equally frequent.");

/** Each is held against each other: twice as many take four times as long. */
const mostItems = 5_000;

export const DataDocument = z
  .strictObject({
    $schema: z.string().optional(),
    data: z.literal(1).describe("The version of the format."),
    name: said,
    kind: z.enum(["conversations", "reviews", "queries", "labelled"]),
    about: said.describe("What the texts are about, and who writes them."),
    size: z
      .int()
      .min(1)
      .refine((size) => size <= mostItems, {
        error: `At most ${mostItems} items, as each is held against each other: make several sets, each about something else.`,
      })
      .meta({ description: "How many items.", maximum: mostItems }),
    dimensions: z.record(id, Dimension).default({}),
    labels: Labels.optional(),
    examples: z
      .array(said)
      .max(20)
      .default([])
      .describe("Texts as they are meant; nothing in the set is a near copy of one."),
    rewrites: z.int().min(0).max(5).default(2).describe("How often an item that will not do is written anew."),
    copy: z.number().gt(0).max(1).default(0.92).describe("The cosine from which two texts are near copies."),
    kin: z.number().gt(0).max(1).default(0.85).describe("The cosine from which two texts stay in the same split."),
    split: z
      .strictObject({ train: share.default(0), validation: share.default(0), test: share.default(0) })
      .refine((all) => isSome(Object.values(all)), "One share must be above zero.")
      .describe("Shares of the splits; one that is left out is empty. Default: 80, 10 and 10.")
      .default({ train: 0.8, validation: 0.1, test: 0.1 }),
  })
  .refine(({ kind, labels }) => (kind === "labelled") === (labels !== undefined), {
    path: ["labels"],
    message: "Labelled sets have labels, and nothing else has.",
  })
  .refine(({ copy, kin }) => kin <= copy, { path: ["kin"], message: "This must not be above `copy`." });

/** Values with their shares, which add up to 1. */
export type Quotas = Readonly<Record<string, number>>;

/** What a set of data is to be, checked and with its defaults. */
export type DataSpecification = Omit<z.output<typeof DataDocument>, "$schema" | "dimensions" | "labels"> & {
  readonly dimensions: Readonly<Record<string, Quotas>>;
  /** Of labelled sets alone. */
  readonly labels?: Quotas;
  /** What labels mean, by label, where it is said. */
  readonly meanings: Readonly<Record<string, string>>;
};

/**
 * A specification of data from plain data. Throws SPECIFICATION_INVALID with all that is wrong.
 * @example
 * parseDataSpecification({ data: 1, name: "asked", kind: "queries", about: "a tea shop", size: 4, dimensions: { tone: ["curt", "kind"] } }).dimensions; // => { tone: { curt: 0.5, kind: 0.5 } }
 */
export function parseDataSpecification(value: unknown): DataSpecification {
  const read = DataDocument.safeParse(value);
  if (!read.success) throw invalid(issuesInWords(read.error.issues, { whole: value, schema: DataDocument }));
  return settled(read.data);
}

/** A specification of data from a file in YAML or JSON. Throws FILE_UNREADABLE and SPECIFICATION_INVALID. */
export async function loadDataSpecification(file: string): Promise<DataSpecification> {
  const text = await readTextFile(file, { mostBytes: 1024 * 1024 });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalid(faults, file);
  const read = DataDocument.safeParse(value);
  if (read.success) return settled(read.data);
  throw invalid(issuesInWords(read.error.issues, { whole: value, schema: DataDocument }).map(placed), file);
}

function settled({
  $schema: _editorsOnly,
  dimensions,
  labels,
  ...rest
}: z.output<typeof DataDocument>): DataSpecification {
  const means = Object.entries(labels !== undefined && !Array.isArray(labels) ? labels : {});
  return {
    ...rest,
    dimensions: Object.fromEntries(Object.entries(dimensions).map(([name, given]) => [name, quotasOf(given)])),
    ...(labels !== undefined && { labels: quotasOf(labels) }),
    meanings: Object.fromEntries(
      means.flatMap(([label, given]) => (typeof given === "number" ? [] : [[label, given.means]])),
    ),
  };
}

function quotasOf(given: readonly string[] | Readonly<Record<string, z.output<typeof Label>>>): Quotas {
  const entries = Array.isArray(given)
    ? [...new Set(given as readonly string[])].map((value) => [value, 1] as const)
    : Object.entries(given).map(([value, one]) => [value, shareOf(one)] as const);
  const sum = entries.reduce((all, [, one]) => all + one, 0);
  return Object.fromEntries(entries.map(([value, one]) => [value, one / sum]));
}

function shareOf(given: z.output<typeof Label>): number {
  return typeof given === "number" ? given : given.share;
}

function invalid(issues: readonly Issue[], file?: string): TinyTroupeError<"SPECIFICATION_INVALID"> {
  const head = `The specification of data${file === undefined ? "" : ` ${file}`} is not valid:`;
  return new TinyTroupeError("SPECIFICATION_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: "Mend what is named above. A whole one is examples/13-synthetic-data/data.yaml.",
  });
}
