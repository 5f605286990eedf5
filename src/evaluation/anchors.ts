import { createHash } from "node:crypto";
import { extname } from "node:path";
import { z } from "zod";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { issuesInWords } from "../kernel/text/issues.ts";
import { readWritten } from "../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../kernel/values/errors.ts";
import { readMicrodata } from "../population/microdata/read.ts";

const said = z.string().trim().min(1);
const Label = z.union([z.boolean(), z.number().min(0).max(9)]).describe("true or false, or a score from 0 to 9");
const Case = z
  .strictObject({
    id: z.string().min(1).describe("Default: its place.").optional(),
    claim: said.describe("What is claimed of it. Default: the claim of all.").optional(),
    label: Label,
    text: z.string().min(1).describe("What was said, by somebody.").optional(),
    transcript: z
      .array(z.strictObject({ from: z.string().min(1), text: z.string().min(1) }))
      .min(1)
      .describe("Or what was said by several.")
      .optional(),
  })
  .describe("A case of which the answer is known.");
const Cases = z.array(Case).min(1);
const AnchorFile = z.strictObject({
  $schema: z.string().optional(),
  claim: said.describe("Of all cases that have none of their own.").optional(),
  anchors: Cases,
});

/** Labelled cases as a YAML or JSON file. */
export const AnchorsDocument = z
  .union([AnchorFile, Cases.describe("Cases, each with its claim.")])
  .describe("Cases of which the answers are known, for `tinytroupe judge calibrate`.");

/** A case of which the answer is known: what was said, what is claimed of it, and what people say of that. */
export interface Anchor {
  readonly id: string;
  readonly claim: string;
  /** True or false, or a score from 0 to 9. */
  readonly label: boolean | number;
  readonly transcript: readonly { readonly from: string; readonly text: string }[];
}

const limits = { mostBytes: 64 * 1024 * 1024 };

/**
 * Reads labelled cases: CSV with the columns `claim`, `label`, `text` and perhaps `id`; JSONL with a case a line; YAML or
 * JSON with a list of cases, or `{ claim, anchors }` where all have one claim. A case has a `text` or a `transcript` of
 * `{ from, text }`. Throws OPTION_INVALID with what is wrong with which, FILE_UNREADABLE.
 * @example
 * (await loadAnchors("anchors.csv")).map(({ claim, label }) => [claim, label]);
 */
export async function loadAnchors(file: string): Promise<readonly Anchor[]> {
  return readAnchors(await dataIn(file), file);
}

/** Cases from data, checked. OPTION_INVALID. @param source what the error names */
export function readAnchors(data: unknown, source = "anchors"): readonly Anchor[] {
  const [issue] = anchorIssues(data);
  if (issue !== undefined) {
    throw wrong(source, Array.isArray(data) ? `anchors.${issue.path}` : issue.path, issue.message);
  }
  const { claim: ofAll = "", anchors } = AnchorFile.parse(wholeOf(data));
  return anchors.map(({ id, claim = ofAll, label, text = "", transcript }, place): Anchor => {
    return { id: id ?? `${place + 1}`, claim, label, transcript: transcript ?? [{ from: "Somebody", text }] };
  });
}

/** All that is wrong with cases. */
export function anchorIssues(data: unknown): readonly Issue[] {
  const whole = wholeOf(data);
  const read = AnchorFile.safeParse(whole);
  const inFile = (path: string): string => (Array.isArray(data) ? path.replace(/^anchors\.?/, "") : path);
  const placed = (issues: readonly Issue[]): readonly Issue[] =>
    issues.map((issue) => ({ ...issue, path: inFile(issue.path) }));
  if (!read.success) return placed(issuesInWords(read.error.issues, { whole, schema: AnchorFile }));
  const ids = read.data.anchors.map(({ id }, place) => id ?? `${place + 1}`);
  return placed(
    read.data.anchors.flatMap(({ claim = read.data.claim, text, transcript }, place) => [
      ...(claim === undefined ? [{ path: `anchors.${place}`, message: "It has no claim." }] : []),
      ...((text === undefined) === (transcript === undefined)
        ? [{ path: `anchors.${place}`, message: "Give it a text or a transcript, and not both." }]
        : []),
      ...(ids.indexOf(ids[place] as string) < place
        ? [{ path: `anchors.${place}`, message: `Two are called '${ids[place]}'.` }]
        : []),
    ]),
  );
}

const wholeOf = (data: unknown): unknown => (Array.isArray(data) ? { anchors: data } : data);

/** The same for the same cases, whatever file they come from. */
export function digestOfAnchors(anchors: readonly Anchor[]): string {
  return createHash("sha256").update(JSON.stringify(anchors)).digest("hex").slice(0, 12);
}

async function dataIn(file: string): Promise<unknown> {
  const kind = extname(file).toLowerCase();
  if (kind === ".csv" || kind === ".tsv") return (await readMicrodata(file)).map(fromCells);
  const text = await readTextFile(file, limits);
  if (kind !== ".jsonl") {
    const { value, faults } = await readWritten(text, { aliases: 0 });
    if (faults[0] !== undefined) throw wrong(file, `line ${faults[0].line ?? 1}`, faults[0].message);
    return value;
  }
  return text.split("\n").flatMap((line, place) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      throw wrong(file, `line ${place + 1}`, "This line is no JSON.");
    }
  });
}

/** A row of a table: empty cells are absent, and labels are read as what they say. */
function fromCells(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const cells = Object.entries(row).filter(([, cell]) => String(cell ?? "").trim() !== "");
  return Object.fromEntries(
    cells.map(([name, cell]) => [name, name === "label" ? labelOf(String(cell)) : String(cell)]),
  );
}

function labelOf(cell: string): unknown {
  const word = cell.trim().toLowerCase();
  if (word === "true" || word === "yes") return true;
  if (word === "false" || word === "no") return false;
  return /^\d+(\.\d+)?$/.test(word) ? Number(word) : cell;
}

function wrong(source: string, path: string, what: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The anchors in ${source} cannot be used: ${path}: ${what}`, {
    data: { option: path === "" ? "anchors" : path },
    hint: "Each needs a claim, a label (true, false, or 0 to 9) and a text or a transcript.",
  });
}
