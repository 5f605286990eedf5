import { z } from "zod";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { type NotApplicable, orNotApplicable } from "./not-applicable.ts";
import { type Checked, checkedEvidence, checkedValue, type Evidenced, withEvidence } from "./quotes.ts";

interface Question {
  /** What to look for. */
  readonly objective: string;
  /** What the reader should know about how the transcript came to be. */
  readonly situation?: string;
  /** Ask for words of the transcript on which each part of the answer rests, and hold them to stand there. Default false. */
  readonly evidence?: boolean;
  /** Who reads, by the name that the model has in the run. Default `judge`. */
  readonly by?: string;
  /** `talk`: only what was said aloud. Default `all`: thoughts and deeds too. */
  readonly include?: "talk" | "all";
  /** What the ledger adds it up by beside its purpose, in words of the program: `survey`, say. */
  readonly label?: string;
  readonly signal?: AbortSignal;
}

/** What to extract, in which shape: a zod schema, or the names of fields that hold a text or null. */
export type ExtractOptions =
  | (Question & {
      readonly schema: z.ZodType;
      readonly fields?: never;
      readonly hints?: never;
      readonly notApplicable?: never;
    })
  | (Question & {
      readonly fields: readonly string[];
      /** What a field is about, by its name. */
      readonly hints?: Readonly<Record<string, string>>;
      /** Fields may not concern somebody: see `orNotApplicable`, by which a schema says so. Default false. */
      readonly notApplicable?: boolean;
      readonly schema?: never;
    });

type Value<O> = O extends { readonly schema: z.ZodType<infer T> }
  ? T
  : O extends { readonly fields: readonly (infer F extends string)[] }
    ? { [K in F]: string | null | (O extends { readonly notApplicable: true } ? NotApplicable : never) }
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
  /** Parts of it may not apply. */
  readonly mayNotApply: boolean;
  readonly by: string;
  /** The so-manieth independent answer, from 0. */
  readonly sample?: number;
  readonly temperature: number;
  /** What was read, held against the record. */
  check(answer: unknown, entries: readonly TranscriptEntry[]): Checked;
}

/** One of several answers to the same question. */
export interface Sampling {
  readonly sample: number;
  readonly temperature: number;
}

type Named = Extract<ExtractOptions, { readonly fields: readonly string[] }>;

/** Checks the options; OPTION_INVALID for fields that are none, hints for no field, or no objective. */
export function askedOf(options: ExtractOptions, sampling?: Sampling): Asked {
  const { objective, situation, evidence = false, include = "all", by = "judge", label, signal } = options;
  if (objective.trim() === "") throw invalid("objective", objective, "Say in a sentence what to look for.");
  const schema = options.schema ?? schemaOfFields(options);
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const asked = { objective, evidence, include, ...(situation !== undefined && { situation }) };
  return {
    ...asked,
    ...{ by, temperature: 0, ...sampling },
    question: { ...asked, shape, ...(by !== "judge" && { by }), ...sampling },
    mayNotApply: JSON.stringify(shape).includes('"notApplicable"'),
    ...(label !== undefined && { label }),
    ...(signal !== undefined && { signal }),
    schema: evidence ? withEvidence(schema) : schema,
    check: evidence ? checkedEvidence : checkedValue,
  };
}

function schemaOfFields({ fields, hints = {}, notApplicable = false }: Named): z.ZodType {
  const bad = fields.find(
    (field, place) => field.trim() === "" || field === "__proto__" || fields.indexOf(field) < place,
  );
  if (fields.length === 0 || bad !== undefined) throw invalid("fields", bad, "Name each field once.");
  const stray = Object.keys(hints).find((name) => !fields.includes(name));
  if (stray !== undefined) throw invalid("hints", stray, `The fields are: ${fields.join(", ")}.`);
  const shape = fields.map((field) => {
    const hint = Object.hasOwn(hints, field) ? hints[field] : undefined;
    const text = notApplicable ? orNotApplicable(z.string()).nullable() : z.string().nullable();
    return [field, hint === undefined ? text : text.describe(hint)] as const;
  });
  return z.object(Object.fromEntries(shape));
}

/** An option that cannot be used, and what to give instead. */
function invalid(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The option '${option}' of extract cannot be used.`, {
    data: { option, value },
    hint,
  });
}
