import { z } from "zod";
import type { ModelRequest } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { createRandom } from "../../kernel/values/random.ts";
import type { Cast } from "./cast.ts";
import type { Declared } from "./fill/declared.ts";
import { declare, evenPoint, nothingDeclared } from "./fill/declared.ts";
import { fill, Unfillable } from "./fill/fill.ts";
import type { Casting, Question, Script } from "./plays/play.ts";
import { scriptFor } from "./plays/play.ts";
import type { Reader } from "./reading.ts";
import { tokensIn } from "./reading.ts";
import type { Shape } from "./shape/shape.ts";
import { textOf } from "./stream.ts";

export interface Answer<T> {
  readonly value: T;
  readonly text: string;
}

/** What was made up, before the schema has seen it. */
export interface Candidate {
  readonly value: unknown;
}

/** What was worked out in earlier calls and holds in this one. */
export interface Knowing {
  readonly reader: Reader;
  readonly cast: Cast;
  readonly offerOf: Casting["offerOf"];
}

const attempts = 64;
/** From this attempt on the draft is given up: what it says may be what a refinement refuses. */
const draftless = 24;

/** What keeps attempts from being the answer, so far. */
export interface Failures {
  invalid?: { text: string; issues: readonly string[] };
  tooLong?: string;
}

/** Tries until a value passes the schema within the length allowed. */
export async function answerTo<T>(request: ModelRequest<T>, shape: Shape, knowing: Knowing): Promise<Answer<T>> {
  const attemptAt = attemptsAt(request, shape, knowing);
  const failures: Failures = {};
  for (let attempt = 0; attempt < attempts; attempt++) {
    const candidate = attemptAt(attempt, failures);
    if (candidate === undefined) continue;
    const text = textOf(candidate.value);
    const parsed = await check(request.schema, candidate.value);
    if (!parsed.success) failures.invalid = { text, issues: issuesOf(parsed.error) };
    else if (tokensIn(text) > (request.maxOutputTokens ?? Number.POSITIVE_INFINITY)) failures.tooLong = text;
    else return { value: parsed.data, text };
  }
  throw failed(failures, request.maxOutputTokens);
}

/** The attempts at an answer, each with dice of its own: one is the same whenever and wherever it is made. */
export function attemptsAt(request: Question, shape: Shape, { reader, cast, offerOf }: Knowing) {
  const character = cast.characterIn(request);
  const heard = request.rehearsal?.heard;
  const room = `${heard?.length}/${heard?.at(-1)?.text}/${request.rehearsal?.others?.join()}`;
  const key = `${request.seed ?? 0}/${request.sample ?? 0}/${reader.digest(request.messages)}/${character.key}/${room}`;
  const declared = declaredFor(request, reader);
  return (attempt: number, failures: Failures): Candidate | undefined => {
    const dice = createRandom(`${key}/${attempt}`);
    const brief = failures.tooLong === undefined ? 1 : 0.3;
    const script = scriptFor({ request, shape, character, reader, offerOf, dice, brief });
    return tried(shape, { script, dice, declared, attempt }, failures);
  };
}

function tried(
  shape: Shape,
  { script, ...filling }: Omit<Parameters<typeof fill>[2], "author"> & { readonly script: Script },
  failures: Failures,
): Candidate | undefined {
  try {
    const draft = filling.attempt < draftless ? script.draft : undefined;
    return { value: fill(shape, draft, { ...filling, author: script.author }) };
  } catch (error) {
    if (!(error instanceof Unfillable)) throw error;
    failures.invalid ??= { text: "", issues: [error.message] };
    return undefined;
  }
}

/** Asynchronous refinements are awaited, all others are checked at once. */
export async function check<T>(schema: z.ZodType<T>, value: unknown): Promise<z.ZodSafeParseResult<T>> {
  try {
    return z.safeParse(schema, value) as z.ZodSafeParseResult<T>;
  } catch (error) {
    if (error instanceof z.core.$ZodAsyncError)
      return (await z.safeParseAsync(schema, value)) as z.ZodSafeParseResult<T>;
    if (error instanceof Error) return { success: false, error: new z.ZodError([thrownIssue(error)]) as z.ZodError<T> };
    throw error;
  }
}

/** A transform that throws refuses its input. */
const thrownIssue = (error: Error): z.core.$ZodIssue => ({
  code: "custom",
  path: [],
  message: error.message,
  input: undefined,
});

const issuesOf = (error: z.ZodError): string[] =>
  error.issues.slice(0, 8).map((issue) => `${issue.path.join(".") || "answer"}: ${issue.message}`);

function declaredFor({ rehearsal, messages, seed = 0, sample = 0 }: Question, reader: Reader): Declared {
  if (rehearsal?.distribution === undefined) return nothingDeclared;
  const asked = reader.digest(messages);
  return declare(rehearsal.distribution, (path) =>
    sample > 0 ? evenPoint(`${asked}/${seed}/${path}`, sample) : evenPoint(`${asked}/${path}`, seed),
  );
}

function failed(failures: Failures, maxOutputTokens: number | undefined): TinyTroupeError {
  if (failures.tooLong !== undefined && maxOutputTokens !== undefined) {
    return new TinyTroupeError("MODEL_TRUNCATED", "No answer of the built-in model was short enough.", {
      data: { model: "builtin", text: failures.tooLong, maxOutputTokens },
      hint: "Raise maxOutputTokens, or ask for less in one call.",
    });
  }
  const { text, issues } = failures.invalid ?? { text: "", issues: [] };
  return new TinyTroupeError("MODEL_INVALID", "The built-in model found no value that the schema accepts.", {
    data: { model: "builtin", text, issues },
    hint: "It follows rules: loosen the refinement, transform or pattern named in the issues, or use a language model.",
  });
}
