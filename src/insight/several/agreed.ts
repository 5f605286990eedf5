import type { Context, Subject } from "../../kernel/contracts/context.ts";
import { eachRow, type RowResult } from "../../kernel/rows/rows.ts";
import { type ErrorRecord, TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Alpha, krippendorffAlpha } from "../../statistics/agreement/alpha.ts";
import type { Unmeasured } from "../../statistics/measured.ts";
import { answered, type ByWhom, type Extracted, ofItself, subjectOf, warnOfReaders } from "../extract.ts";
import { type Answer, askedOf, type ExtractOptions } from "../question.ts";
import { type Compared, compared, type Fields, fieldsOf } from "./compared.ts";

/** Who reads, each on their own. */
export interface Readers {
  /** Models by the names that they have in the run. Default `["judge"]`. */
  readonly readers?: readonly string[];
  /** Independent answers of each. Default 1; several are asked at a temperature of 0.7 (Wang et al. 2022, self-consistency). */
  readonly samples?: number;
  /** Readings at the same time. Default 16. */
  readonly concurrency?: number;
}

/** What one reader found. */
export type Reading<T> = { readonly reader: string; readonly sample: number } & (
  | ({ readonly value: T } & ByWhom)
  | { readonly error: ErrorRecord }
);

/** What several readers found about one subject. */
export type AgreedExtraction<T> = Extracted & {
  readonly answers: readonly Reading<T>[];
} & (
    | {
        /** The answer that agrees best with the others, as it was given; the first of several. */
        readonly value: T;
        /** By field: the share of pairs of answers that are the same. */
        readonly agreement: Readonly<Record<string, number>>;
      }
    | { readonly error: ErrorRecord }
  );

/** How far readers agree about a field, over all subjects; empty for the whole of an answer without fields. */
export interface FieldAgreement {
  readonly field: string;
  /** The share of pairs of answers about the same subject that are the same, 0 to 1; absent where nobody had two. */
  readonly share?: number;
  /** Krippendorff's alpha: of distances where all answers are numbers, else of what is the same. */
  readonly alpha: Alpha | Unmeasured;
}

/** What several readers found, and how far they agree. */
export interface Agreed<T> {
  readonly rows: readonly AgreedExtraction<T>[];
  readonly fields: readonly FieldAgreement[];
}

const samplingTemperature = 0.7;

/**
 * The same question about each subject, put to several readers or several times to one, who do not know of each other:
 * a row a subject, and how far they agree. Texts are the same but for case, spaces and punctuation: where agreement counts,
 * ask for one of some options. One reading's failure is a gap. Throws OPTION_INVALID for fewer than two readings, and
 * as `extractEach`.
 * @example
 * const { rows, fields } = await extractAgreed([lisa, oscar], {
 *   objective: "Whether they would buy it.",
 *   schema: z.object({ verdict: z.enum(["buy", "wait"]).nullable() }),
 *   samples: 3,
 * });
 * fields.map(({ field, share }) => [field, share]); // => [["verdict", 1]]
 */
export async function extractAgreed<const O extends ExtractOptions & Readers>(
  subjects: readonly Subject[],
  options: O,
): Promise<Agreed<Answer<O>>> {
  const { readers = ["judge"], samples = 1, concurrency } = options;
  const each = Array.from({ length: samples }, (_, sample) => sample);
  const readings = readers.flatMap((reader) => each.map((sample) => ({ reader, sample })));
  if (!(Number.isSafeInteger(samples) && readings.length > 1)) throw tooFew(readings.length);
  warnOfTwins(subjects[0]?.context, readers);
  warnOfReaders(subjects[0], readers);
  const temperature = samples > 1 ? samplingTemperature : 0;
  const questions = readings.map(({ reader, sample }) => askedOf({ ...options, by: reader }, { sample, temperature }));
  const items = subjects.flatMap((subject) => questions.map((asked) => ({ subject, asked })));
  const results = await eachRow(items, ({ subject, asked }) => answered<Answer<O>>(subject, asked), {
    key: (_item, place) => String(place),
    ...(concurrency !== undefined && { concurrency }),
  });
  const rows = subjects.map((subject, place) => {
    const own = results.slice(place * readings.length, (place + 1) * readings.length);
    return rowOf(
      subject,
      own.map((row, at) => readingOf(subject, readings[at] as Reader, row)),
    );
  });
  return { rows, fields: agreementOf(rows) };
}

/** The same model asked the same says the same: what looks like agreement is one answer twice. */
function warnOfTwins(context: Context | undefined, readers: readonly string[]): void {
  const models = readers.map((reader) => context?.models.named(reader).id);
  const twin = models.findIndex((model, place) => models.indexOf(model) < place);
  if (context === undefined || twin < 0) return;
  const other = readers[models.indexOf(models[twin])];
  const message = `The readers ${other} and ${readers[twin]} are one model (${models[twin]}): that they agree says nothing. Name another model, or ask one several times (samples).`;
  context.watch({ type: "warning", message });
}

type Reader = Pick<Reading<unknown>, "reader" | "sample">;

function readingOf<T>(subject: Subject, read: Reader, { key: _key, ...row }: RowResult<T>): Reading<T> {
  return { ...read, ...row, ...("value" in row && ofItself(subject, read.reader)) };
}

function rowOf<T>(subject: Subject, answers: readonly Reading<T>[]): AgreedExtraction<T> {
  const given = answers.flatMap((one) => ("value" in one ? [one.value] : []));
  const [first] = answers;
  if (given.length === 0 && first !== undefined && "error" in first) {
    return { ...subjectOf(subject), answers, error: first.error };
  }
  const { best, shares } = compared(given.map(fieldsOf));
  return { ...subjectOf(subject), answers, value: given[best] as T, agreement: shares };
}

function agreementOf(rows: readonly AgreedExtraction<unknown>[]): readonly FieldAgreement[] {
  const units: Fields[][] = rows.map(({ answers }) =>
    answers.map((one) => ("value" in one ? fieldsOf(one.value) : new Map())),
  );
  const names = [...new Set(units.flatMap((unit) => unit.flatMap((fields) => [...fields.keys()])))];
  const shared: Compared[] = units.map((unit) => compared(unit.filter(({ size }) => size > 0)));
  return names.map((field) => {
    const shares = shared.flatMap((one) => one.shares[field] ?? []);
    const share = shares.reduce((sum, one) => sum + one, 0) / shares.length;
    const coders = (units[0] ?? []).map((_, coder) => units.map((unit) => unit[coder]?.get(field)));
    const isNumeric = coders.flat().every((level) => level === undefined || typeof level === "number");
    return {
      field,
      ...(shares.length > 0 && { share }),
      alpha: krippendorffAlpha(coders, isNumeric ? "interval" : "nominal"),
    };
  });
}

function tooFew(readings: number): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `There is nobody to agree with: ${readings} readings.`, {
    data: { option: "samples", value: readings },
    hint: 'Give samples: 3, or several readers by name, as in readers: ["judge", "cheap"].',
  });
}
