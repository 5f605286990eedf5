import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { issuesInWords } from "../../kernel/text/issues.ts";
import { readWritten } from "../../kernel/text/written.ts";
import type { Issue } from "../../kernel/values/errors.ts";
import { canonicalJson } from "../../kernel/values/hash.ts";
import { floors } from "../comparison/sampling/reference.ts";
import { invalidDescription } from "../people/description/load.ts";

const said = z.string().trim().min(1);

const Claim = z
  .strictObject({
    item: said.optional().describe("Which item it is about; left out where it is about all."),
    measure: said.describe("As in the figures: mean, dispersion-ratio, earth-movers, order, score …"),
    group: z.record(said, said).optional().describe("Of whom: one attribute and its value."),
    within: z.number().gt(0).optional().describe("The figure is no further from 0 than this."),
    "at-least": z.number().optional(),
    "at-most": z.number().optional(),
    by: z
      .enum(["interval", "figure"])
      .default("interval")
      .describe("Chance is left room for (`interval`), or the figure itself has to keep to the bound."),
    why: said.optional().describe("Why that is expected, or wanted."),
  })
  .superRefine((claim, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const { within, "at-least": low, "at-most": high, group } = claim;
    const none = within === undefined && low === undefined && high === undefined;
    if (none && claim.measure !== "equivalence") wrong("measure", "Give a bound: `within`, `at-least` or `at-most`.");
    if (!none && claim.measure === "equivalence") wrong("measure", "The margin of the item is its bound.");
    if (within !== undefined && (low !== undefined || high !== undefined)) wrong("within", "Give this or the others.");
    if (low !== undefined && high !== undefined && low > high) wrong("at-least", "This is above `at-most`.");
    if (group !== undefined && Object.keys(group).length !== 1) wrong("group", "Name one attribute.");
  });

/** What is claimed of simulated people before anybody looks: a file in YAML or JSON. */
export const ClaimsDocument = z.strictObject({
  $schema: z.string().optional(),
  claims: z.literal(1).describe("The version of the format."),
  title: said.optional(),
  level: z.number().gt(0.5).lt(1).default(0.95).describe("How sure a claim has to be, after correction."),
  multiplicity: z
    .enum(["holm", "benjamini-hochberg", "none"])
    .default("holm")
    .describe("How p values are corrected for being several."),
  floor: z.enum(floors).default("nearest").describe("The baseline that scores go by."),
  declared: z.record(said, Claim).refine((all) => Object.keys(all).length > 0, "There must be a claim."),
});

/** Claims that were declared beforehand, with the digest that tells whether they were changed since. */
export interface Claims extends Omit<z.output<typeof ClaimsDocument>, "$schema"> {
  /** SHA-256 of the file, or of the data as canonical JSON. */
  readonly digest: string;
}

/** One of them. */
export type DeclaredClaim = Claims["declared"][string];

/**
 * Claims from plain data. Throws DESCRIPTION_INVALID with all that is wrong.
 * @example
 * parseClaims({ claims: 1, declared: { near: { item: "vote", measure: "mean", within: 0.5 } } }).multiplicity; // => "holm"
 */
export function parseClaims(value: unknown): Claims {
  return claimed(value, { digest: sha256(canonicalJson(value)) });
}

/** Claims from a file in YAML or JSON. Throws FILE_UNREADABLE and DESCRIPTION_INVALID. */
export async function loadClaims(file: string): Promise<Claims> {
  const text = await readTextFile(file, { mostBytes: 1024 * 1024 });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidDescription("claims", faults, { file, schema });
  return claimed(value, { digest: sha256(await readFile(file)), file, placed });
}

interface From {
  readonly digest: string;
  readonly file?: string;
  readonly placed?: (issue: Issue) => Issue;
}

function claimed(value: unknown, { digest, file, placed = (issue) => issue }: From): Claims {
  const read = ClaimsDocument.safeParse(value);
  if (!read.success) {
    const issues = issuesInWords(read.error.issues, { whole: value, schema: ClaimsDocument });
    const meant = isOfArms(value) ? { meant: ofArms } : {};
    throw invalidDescription("claims", issues.map(placed), { ...(file !== undefined && { file }), schema, ...meant });
  }
  const { $schema: _editorsOnly, ...claims } = read.data;
  return { ...claims, digest };
}

const schema = "claims";
/** Arms of an experiment are declared in a format of their own. */
const ofArms =
  "This declares differences between arms of an experiment: 'tinytroupe experiment analyse rows.csv --declared' goes by it. Claims on simulated answers beside people's begin with `claims: 1` (schemas/claims.schema.json).";
const isOfArms = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("analysis" in value || "experiment" in value);
const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
