import { createHash } from "node:crypto";
import { extname } from "node:path";
import { z } from "zod";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { issuesInWords } from "../kernel/text/issues.ts";
import { readWritten } from "../kernel/text/written.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { readMicrodata } from "../population/microdata/read.ts";

const Label = z.union([z.boolean(), z.number().min(0).max(9)]).describe("true or false, or a score from 0 to 9");
const Said = z.strictObject({ from: z.string().min(1), text: z.string().min(1) });
const AnchorRow = z.strictObject({
  id: z.string().min(1).optional(),
  claim: z.string().trim().min(1),
  label: Label,
  text: z.string().min(1).optional(),
  transcript: z.array(Said).min(1).optional(),
});
const AnchorFile = z.strictObject({
  claim: z.string().trim().min(1).optional(),
  anchors: z.array(AnchorRow.partial({ claim: true })).min(1),
});

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
  const whole = Array.isArray(data) ? { anchors: data } : data;
  const read = AnchorFile.safeParse(whole);
  if (!read.success) {
    const [issue] = issuesInWords(read.error.issues, { whole, schema: AnchorFile });
    throw wrong(source, issue?.path ?? "", issue?.message ?? "");
  }
  const anchors = read.data.anchors.map((row, place): Anchor => {
    const { id = `${place + 1}`, claim = read.data.claim, label, text, transcript } = row;
    const at = `anchors.${place}`;
    if (claim === undefined) throw wrong(source, at, "It has no claim.");
    if ((text === undefined) === (transcript === undefined))
      throw wrong(source, at, "Give it a text or a transcript, and not both.");
    return { id, claim, label, transcript: transcript ?? [{ from: "Somebody", text: text ?? "" }] };
  });
  const twin = anchors.find(({ id }, place) => anchors.findIndex((one) => one.id === id) < place);
  if (twin !== undefined) throw wrong(source, "anchors", `Two are called '${twin.id}'.`);
  return anchors;
}

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
