import { isItself, warnOfItself } from "../judge/asking/itself.ts";
import type { Source, Subject } from "../kernel/contracts/context.ts";
import { arriving } from "../kernel/rows/arriving.ts";
import { eachRow, type RowResult } from "../kernel/rows/rows.ts";
import { type ErrorRecord, TinyTroupeError } from "../kernel/values/errors.ts";
import { type Answer, type Asked, askedOf, type ExtractOptions } from "./question.ts";
import { readRecord } from "./read-record.ts";

export type { Answer, ExtractOptions } from "./question.ts";
export type { Evidence, Evidenced } from "./quotes.ts";

/** What came of one subject of several: a value, or why there is none. */
export type Extraction<T> = Extracted & (({ readonly value: T } & ByWhom) | { readonly error: ErrorRecord });

/** What is to be known of who read it. */
export interface ByWhom {
  /** Set when the model that read is the one that acted: it may favour its own words. */
  readonly judgesItself?: true;
}

/** Whom something is told of, and of which stored run. */
export interface Extracted {
  readonly id: string;
  readonly subject: string;
  readonly source?: Source;
}

export const subjectOf = ({ name, id = name, source }: Subject): Extracted => {
  return { id, subject: name, ...(source && { source }) };
};

/**
 * What a person's or a world's transcript says about an objective, in the shape of a schema or of named fields.
 * The whole transcript is read; one that is too long for the model is read in parts, whose answers are put together.
 * With `evidence` each part comes with words of the transcript that were found there; where they were not, even when they
 * were asked for once more, the part is named as unfounded. Recorded as `extracted`.
 *
 * Throws OPTION_INVALID when nothing has happened yet or the fields are none, CONTEXT_EXCEEDED when a single entry is
 * too long for the model, MODEL_INVALID when something is said not to apply by words that stand nowhere, MODEL_UNKNOWN for
 * a reader (`by`) that the run does not know, and the model's errors.
 * @example
 * const { ideas } = await extract(room, {
 *   objective: "The ideas that were proposed.",
 *   schema: z.object({ ideas: z.array(z.object({ idea: z.string(), who: z.string() })) }),
 * });
 */
export async function extract<const O extends ExtractOptions>(subject: Subject, options: O): Promise<Answer<O>> {
  const asked = askedOf(options);
  warnOfReaders(subject, [asked.by]);
  return answered(subject, asked);
}

/**
 * The same from many subjects, so many at once (`concurrency`, default 16), in the order given. Each one's failure is
 * that one's result; when nothing came of any of them, why is thrown, and so is what concerns them all: that the run was
 * stopped, or its budget is spent.
 */
export async function extractEach<const O extends ExtractOptions & { readonly concurrency?: number }>(
  subjects: readonly Subject[],
  options: O,
): Promise<readonly Extraction<Answer<O>>[]> {
  return extractions<Answer<O>>(subjects, options);
}

/**
 * The same as each comes home, whoever is quicker. Who leaves the loop has nobody else asked. Throws as `extractEach`, after
 * what came.
 * @example
 * for await (const row of extractStream([lisa, oscar], { objective: "What they drink.", fields: ["drink"] })) {
 *   if ("value" in row) console.log(row.subject, row.value.drink);
 * }
 */
export function extractStream<const O extends ExtractOptions & { readonly concurrency?: number }>(
  subjects: readonly Subject[],
  options: O,
): AsyncGenerator<Extraction<Answer<O>>, void> {
  return arriving((give, left) => extractions<Answer<O>>(subjects, { ...options, left, onRow: give }));
}

interface Spread<R> {
  readonly concurrency?: number;
  readonly left?: AbortSignal;
  readonly onRow?: (row: Extraction<R>) => void;
}

async function extractions<R>(
  subjects: readonly Subject[],
  { concurrency, left, onRow, ...options }: ExtractOptions & Spread<R>,
): Promise<readonly Extraction<R>[]> {
  const asked = askedOf(options);
  const extraction = ({ key: _place, ...row }: RowResult<R>, place: number): Extraction<R> => ({
    ...subjectOf(subjects[place] as Subject),
    ...row,
    ...("value" in row && ofItself(subjects[place] as Subject, asked.by)),
  });
  warnOfReaders(subjects[0], [asked.by]);
  const rows = await eachRow<Subject, R>(subjects, (subject) => answered(subject, asked), {
    key: (_subject, place) => String(place),
    ...(concurrency !== undefined && { concurrency }),
    ...(left && { signal: left }),
    ...(onRow && { onRow: (row, place) => onRow(extraction(row, place)) }),
  });
  return rows.map(extraction);
}

/** What says of an answer that the reader wrote what it read. Who acted in a stored run, nobody knows here. */
export function ofItself({ context, source }: Subject, by: string): ByWhom {
  const { limits } = context.models.named(by);
  // Of a small reader it is told that it cannot be trusted at all.
  if (source !== undefined || limits.following === "small" || !isItself(context, { by })) return {};
  return { judgesItself: true };
}

/** Says so where one of them is such a reader. */
export function warnOfReaders(subject: Subject | undefined, readers: readonly string[]): void {
  const own = subject && readers.find((by) => ofItself(subject, by).judgesItself);
  if (subject !== undefined && own !== undefined) warnOfItself(subject.context, { by: own });
}

/** What a subject's transcript says; recorded. */
export async function answered<R>(subject: Subject, asked: Asked): Promise<R> {
  const context = subject.context.forkAsking("extract", asked.question);
  const entries = subject
    .transcript()
    .filter((entry) => asked.include === "all" || entry.type === "TALK" || entry.type === "CONVERSATION");
  if (entries.length === 0) throw nothingHappened(subject.name, asked.include);
  const value = await readRecord({ subject: subject.name, entries, asked, context });
  context.journal.record({ type: "extracted", subject: subject.name, objective: asked.objective, value });
  return value as R;
}

function nothingHappened(name: string, include: Asked["include"]): TinyTroupeError<"OPTION_INVALID"> {
  const what = include === "talk" ? "Nothing was said by or to" : "Nothing has happened to";
  return new TinyTroupeError("OPTION_INVALID", `${what} ${name} yet, so there is nothing to extract.`, {
    data: { option: "subject", value: name },
    hint: "Extract after somebody was spoken to and has acted, as after listenAndAct or run.",
  });
}
