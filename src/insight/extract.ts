import type { Context, Subject } from "../kernel/contracts/context.ts";
import {
  type ErrorRecord,
  errorRecord,
  isTinyTroupeError,
  metByAll,
  TinyTroupeError,
} from "../kernel/values/errors.ts";
import { type Answer, type Asked, askedOf, type ExtractOptions, invalid } from "./question.ts";
import { readRecord } from "./read-record.ts";

export type { Answer, Evidence, Evidenced, ExtractOptions } from "./question.ts";

/** What came of one subject of several: a value, or why there is none. */
export type Extraction<T> =
  | { readonly subject: string; readonly value: T }
  | { readonly subject: string; readonly error: ErrorRecord };

/**
 * What a person's or a world's transcript says about an objective, in the shape of a schema or of named fields.
 * The whole transcript is read; one that is too long for the model is read in parts, whose answers are put together.
 * With `evidence` the value comes with the ids of the entries that it rests on. Recorded as `extracted`.
 *
 * Throws OPTION_INVALID when nothing has happened yet or the fields are none, CONTEXT_EXCEEDED when a single entry is
 * too long for the model, and the model's errors.
 * @example
 * const { ideas } = await extract(room, {
 *   objective: "The ideas that were proposed.",
 *   schema: z.object({ ideas: z.array(z.object({ idea: z.string(), who: z.string() })) }),
 * });
 */
export async function extract<const O extends ExtractOptions>(subject: Subject, options: O): Promise<Answer<O>> {
  return answered(subject, askedOf(options), subject.context.forkNext("extract"));
}

/**
 * The same from many subjects, so many at once (`concurrency`, default 16), in the order given. Each one's failure is
 * that one's result; when nothing came of any of them, why is thrown, and so is that the run was stopped or its budget is
 * spent.
 */
export async function extractEach<const O extends ExtractOptions & { readonly concurrency?: number }>(
  subjects: readonly Subject[],
  options: O,
): Promise<readonly Extraction<Answer<O>>[]> {
  const asked = askedOf(options);
  const { concurrency = 16 } = options;
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0)) {
    throw invalid("concurrency", concurrency, "Give a whole number from 1.");
  }
  const waiting = subjects.map((subject, place) => ({ subject, place, context: subject.context.forkNext("extract") }));
  const results: Extraction<Answer<O>>[] = new Array(subjects.length);
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { subject, place, context } = next;
      try {
        results[place] = { subject: subject.name, value: await answered<Answer<O>>(subject, asked, context) };
      } catch (error) {
        errors[place] = error;
        results[place] = { subject: subject.name, error: errorRecord(error) };
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  throwWhatAllMet(errors, subjects.length);
  return results;
}

function throwWhatAllMet(errors: readonly unknown[], count: number): void {
  const met = Object.values(errors);
  const stop = met.find((error) => isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED", "CLOSED"));
  if (stop !== undefined) throw stop;
  if (count > 0 && met.length === count) throw metByAll(met);
}

async function answered<R>(subject: Subject, asked: Asked, context: Context): Promise<R> {
  const entries = subject
    .transcript()
    .filter((entry) => asked.include === "all" || entry.type === "TALK" || entry.type === "CONVERSATION");
  if (entries.length === 0) throw nothingHappened(subject.name, asked.include);
  const raw = await readRecord({ subject: subject.name, entries, asked, context });
  const value = asked.resolve(raw, entries, (message) => context.watch({ type: "warning", message }));
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
