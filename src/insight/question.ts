import { z } from "zod";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";

interface Question {
  /** What to look for. */
  readonly objective: string;
  /** What the reader should know about how the transcript came to be. */
  readonly situation?: string;
  /** Ask for the entries on which each part of the answer rests. Default false. */
  readonly evidence?: boolean;
  /** `talk`: only what was said aloud. Default `all`: thoughts and deeds too. */
  readonly include?: "talk" | "all";
  /** What the ledger adds it up by beside its purpose, in words of the program: `survey`, say. */
  readonly label?: string;
  readonly signal?: AbortSignal;
}

/** What to extract, in which shape: a zod schema, or the names of fields that hold a text or null. */
export type ExtractOptions =
  | (Question & { readonly schema: z.ZodType; readonly fields?: never; readonly hints?: never })
  | (Question & {
      readonly fields: readonly string[];
      /** What a field is about, by its name. */
      readonly hints?: Readonly<Record<string, string>>;
      readonly schema?: never;
    });

/** The entries of the transcript on which a part of the value rests. */
export interface Evidence {
  /** The part, by dotted path, as in `ideas.0`; empty for the whole. */
  readonly path: string;
  /** Ids of transcript entries: `<event>` or `<event>.<index of the action>`. */
  readonly events: readonly string[];
}

/** A value with what it rests on. */
export interface Evidenced<T> {
  readonly value: T;
  readonly evidence: readonly Evidence[];
  /** Entries that the model named and that do not exist, by number; they are not in `evidence`. */
  readonly dropped: readonly { readonly path: string; readonly entry: number }[];
}

type Value<O> = O extends { readonly schema: z.ZodType<infer T> }
  ? T
  : O extends { readonly fields: readonly (infer F extends string)[] }
    ? { [K in F]: string | null }
    : never;

/** What `extract` gives for these options. */
export type Answer<O> = "evidence" extends keyof O
  ? O["evidence"] extends true
    ? Evidenced<Value<O>>
    : true extends O["evidence"]
      ? Value<O> | Evidenced<Value<O>>
      : Value<O>
  : Value<O>;

/** The options, checked and made ready to be asked of any number of transcripts. */
export interface Asked extends Required<Pick<Question, "objective" | "evidence" | "include">> {
  readonly situation?: string;
  readonly label?: string;
  readonly signal?: AbortSignal;
  /** The shape of the model's answer; the same object for all transcripts. */
  readonly schema: z.ZodType;
  /** All that is asked, as plain data. */
  readonly question: unknown;
  /** The result from the model's answer; says aloud what had to be dropped. */
  resolve(answer: unknown, entries: readonly TranscriptEntry[], warn: (message: string) => void): unknown;
}

/** Checks the options; OPTION_INVALID for fields that are none, hints for no field, or no objective. */
export function askedOf(options: ExtractOptions): Asked {
  const { objective, situation, evidence = false, include = "all", label, signal } = options;
  if (objective.trim() === "") throw invalid("objective", objective, "Say in a sentence what to look for.");
  const schema = options.schema ?? schemaOfFields(options.fields, options.hints);
  const asked = { objective, evidence, include, ...(situation !== undefined && { situation }) };
  return {
    ...asked,
    question: { ...asked, shape: z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) },
    ...(label !== undefined && { label }),
    ...(signal !== undefined && { signal }),
    schema: evidence ? withEvidence(schema) : schema,
    resolve: evidence ? resolveEvidence : (answer) => answer,
  };
}

function schemaOfFields(fields: readonly string[], hints: Readonly<Record<string, string>> = {}): z.ZodType {
  const bad = fields.find(
    (field, place) => field.trim() === "" || field === "__proto__" || fields.indexOf(field) < place,
  );
  if (fields.length === 0 || bad !== undefined) throw invalid("fields", bad, "Name each field once.");
  const stray = Object.keys(hints).find((name) => !fields.includes(name));
  if (stray !== undefined) throw invalid("hints", stray, `The fields are: ${fields.join(", ")}.`);
  const shape = fields.map((field) => {
    const hint = Object.hasOwn(hints, field) ? hints[field] : undefined;
    const text = z.string().nullable();
    return [field, hint === undefined ? text : text.describe(hint)] as const;
  });
  return z.object(Object.fromEntries(shape));
}

const withEvidence = (schema: z.ZodType) =>
  z.object({
    value: schema,
    evidence: z.array(
      z.object({
        path: z.string().describe("A part of value by its dotted path, as in ideas.0; empty for the whole."),
        entries: z.array(z.int().min(1)).describe("Numbers of the entries that this part rests on."),
      }),
    ),
  });

/** Numbers of entries as ids; a number that names no entry is dropped, and said aloud. */
function resolveEvidence(
  answer: unknown,
  entries: readonly TranscriptEntry[],
  warn: (message: string) => void,
): Evidenced<unknown> {
  const { value, evidence } = answer as z.infer<ReturnType<typeof withEvidence>>;
  const dropped = evidence.flatMap(({ path, entries: numbers }) =>
    numbers.filter((number) => entries[number - 1] === undefined).map((entry) => ({ path, entry })),
  );
  if (dropped.length > 0) {
    const named = dropped.map(({ path, entry }) => `${entry} (for ${JSON.stringify(path)})`).join(", ");
    warn(`Evidence that does not exist was dropped: of ${entries.length} entries, ${named}.`);
  }
  const found = evidence.map(({ path, entries: numbers }) => ({
    path,
    events: [...new Set(numbers)].flatMap((number) => entries[number - 1]?.id ?? []),
  }));
  return { value, evidence: found.filter((one) => one.events.length > 0), dropped };
}

/** An option that cannot be used, and what to give instead. */
function invalid(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The option '${option}' of extract cannot be used.`, {
    data: { option, value },
    hint,
  });
}
