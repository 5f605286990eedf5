import { z } from "zod";
import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import { type AnswerValue, misfit, type Scale } from "../../kernel/contracts/answers/scale.ts";
import { readCsv } from "../../kernel/text/files/read-csv.ts";
import type { EndStep } from "../flow/walk.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { partsOf } from "../instrument/items.ts";

/** What one person answered on the page of a questionnaire, as the file that they saved has it. */
export interface Reply {
  readonly end: EndStep["reason"];
  readonly because?: string;
  /** One row a part of an item, in the order of the questionnaire. */
  readonly answers: readonly Answer[];
}

/** A reply, or what is wrong with its file. */
export type ReadReply = { readonly reply: Reply } | { readonly faults: readonly string[] };

const Missing = z.enum(["not-asked", "skipped", "refused", "not-applicable", "failed"]);
const Row = z.object({
  item: z.string(),
  value: z.unknown(),
  missing: Missing.nullish(),
  other: z.string().nullish(),
});
const Saved = z.object({
  survey: z.string(),
  reason: z.enum(["complete", "screened-out", "quota-full"]),
  because: z.string().optional(),
  answers: z.array(Row).max(20_000),
});
type SavedRow = z.output<typeof Row>;

/** Reads the JSON that the page saves: whose questionnaire it is, how it ended and the answers. */
export function replyFromJson(text: string, instrument: Instrument): ReadReply {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { faults: ["It is no JSON."] };
  }
  const saved = Saved.safeParse(data);
  if (!saved.success) return { faults: ["It is no file that the page of a questionnaire saves."] };
  const { survey, reason, because, answers } = saved.data;
  if (survey !== instrument.name) return { faults: [`It answers '${survey}', and not '${instrument.name}'.`] };
  return checked(answers, instrument, { end: reason, ...(because !== undefined && { because }) });
}

/** Reads the CSV that the page saves: a row a part of an item. How the questionnaire ended does not stand in it. */
export function replyFromCsv(text: string, instrument: Instrument): ReadReply {
  const read = readCsv(text, { mostRows: 20_000 });
  if ("fault" in read) return { faults: [read.fault.message] };
  const [head = [], ...rows] = read.rows.map((row) => row.map((cell) => cell.text));
  const place = (name: string): number => head.indexOf(name);
  if (place("item") < 0 || place("value") < 0) return { faults: ["It has no columns `item` and `value`."] };
  const scales = scalesOf(instrument);
  const answers = rows.map((row): SavedRow => {
    const cell = (name: string): string | null => row[place(name)] || null;
    const [item, missing] = [cell("item") ?? "", Missing.safeParse(cell("missing"))];
    const value = typed(scales.get(item), cell("value"));
    return { item, value, missing: missing.success ? missing.data : null, other: cell("other") };
  });
  return checked(answers, instrument, { end: "complete" });
}

/** A cell as the kind of value that the scale has; what it cannot be stays text, for the scale to refuse. */
function typed(scale: Scale | undefined, cell: string | null): unknown {
  if (cell === null || scale === undefined) return null;
  const text = unguarded(cell);
  if (scale.kind === "number") return Number(text);
  if (scale.kind === "nominal" || scale.kind === "ordinal" || scale.kind === "text") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function checked(rows: readonly SavedRow[], instrument: Instrument, ending: Omit<Reply, "answers">): ReadReply {
  const scales = scalesOf(instrument);
  const given = new Map(rows.map((row) => [row.item, row]));
  const faults = [
    ...[...given.keys()].filter((item) => !scales.has(item)).map((item) => `There is no item '${item}'.`),
    ...(given.size < rows.length ? ["An item stands in it twice."] : []),
    ...rows.flatMap(({ item, value }) => {
      const scale = scales.get(item);
      const fault = scale === undefined || value === null || value === undefined ? undefined : misfit(scale, value);
      return fault === undefined ? [] : [`${item}: ${fault}.`];
    }),
  ];
  if (faults.length > 0) return { faults };
  const answers = [...scales.keys()].map((item) => answerOf(item, given.get(item)));
  return { reply: { ...ending, answers } };
}

function answerOf(item: string, row: SavedRow | undefined): Answer {
  const method = "person";
  if (row === undefined) return { item, method, value: null, missing: "not-asked" };
  const { value, missing, other } = row;
  if (value === null || value === undefined) return { item, method, value: null, missing: missing ?? "skipped" };
  const written = other === null || other === undefined ? {} : { other };
  return { item, method, value: value as AnswerValue, ...written };
}

/** A cell without the apostrophe that kept spreadsheets from taking it for a formula. */
const unguarded = (cell: string): string => cell.replace(/^'(?=[\s\p{Cf}]*[=+\-@＝＋－＠|%]|[\t\r\n])/u, "");

const scalesOf = (instrument: Instrument): ReadonlyMap<string, Scale> =>
  new Map(itemsOf(instrument).flatMap((item) => partsOf(item).map(({ id, scale }) => [id, scale] as const)));
