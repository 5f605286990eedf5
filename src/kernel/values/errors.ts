import type { Usage } from "../contracts/model.ts";
import { withoutControls } from "../text/controls.ts";

/** What each error code carries. A code is part of the public API: programs branch on it, never on the message. */
export interface ErrorCatalogue {
  // the model's answer
  MODEL_REFUSED: { model: string; text: string };
  MODEL_FILTERED: { model: string; text: string };
  MODEL_TRUNCATED: { model: string; text: string; maxOutputTokens?: number };
  MODEL_EMPTY: { model: string };
  MODEL_MALFORMED: { model: string; text: string };
  MODEL_INVALID: { model: string; text: string; issues: readonly string[] };
  // what a person is about to say
  QUALITY_FAILED: { person: string; drafts: number; faults: readonly string[] };
  // the way to the model
  MODEL_UNAVAILABLE: { model: string; status?: number; attempts?: number; retryAfterMs?: number };
  MODEL_REJECTED: { model: string; status?: number; detail?: string };
  MODEL_TIMEOUT: { model: string; afterMs: number };
  MODEL_UNKNOWN: { spec: string };
  MODEL_UNSUPPORTED: { model: string; feature: string };
  MODEL_DOWNLOAD: { model: string; from: string; detail?: string };
  CONTEXT_EXCEEDED: { model: string; tokens: number; limit: number };
  KEY_MISSING: { provider: string; variable: string };
  PACKAGE_MISSING: { package: string; command: string };
  // money
  BUDGET_EXCEEDED: { limit: Budget; spent: Budget; wanted: Budget };
  PRICE_UNKNOWN: { model: string };
  // input
  CONSENT_MISSING: { person: string; reason: "not given" | "ended"; until?: string };
  PERSONA_INVALID: { file?: string; issues: readonly Issue[] };
  STUDY_INVALID: { file?: string; issues: readonly Issue[] };
  CONFIG_INVALID: { file?: string; issues: readonly Issue[] };
  NETWORK_INVALID: { file?: string; issues: readonly Issue[] };
  SPECIFICATION_CONFLICT: { parts: readonly string[] };
  SPECIFICATION_INVALID: { file?: string; issues: readonly Issue[] };
  SURVEY_INVALID: { file?: string; issues: readonly Issue[] };
  EXPERIMENT_INVALID: { file?: string; issues: readonly Issue[] };
  POPULATION_INVALID: { file: string; issues: readonly Issue[] };
  DESCRIPTION_INVALID: { file?: string; issues: readonly Issue[] };
  ANSWERS_INVALID: { file: string; issues: readonly Issue[] };
  OPTION_INVALID: { option: string; value?: unknown };
  FILE_UNREADABLE: { file: string };
  FILE_UNWRITABLE: { file: string };
  PATH_OUTSIDE: { path: string; folder: string };
  DOCUMENT_UNREADABLE: { location: string; reason: DocumentReason };
  NAME_TAKEN: { name: string };
  PERSON_CONTRADICTED: { draw: string; name: string; issues: readonly Issue[] };
  APPROVAL_NEEDED: { question: ApprovalQuestion };
  FACULTY_MISSING: { person: string; missing: readonly string[] };
  TARGET_UNKNOWN: { target: string; known: readonly string[] };
  // tools of others
  TOOLS_UNAVAILABLE: { server: string; detail?: string };
  TOOL_UNUSABLE: { server: string; tool: string; detail: string };
  // systems under test
  SYSTEM_FAILED: { system: string; detail: string };
  SYSTEM_REFUSED: { system: string; place: string; allowed: readonly string[] };
  // the store and the run
  STORE_LOCKED: { location: string };
  STORE_NEWER: { location: string; version: number; known: number };
  STORE_FAILED: { location: string; detail?: string };
  RUN_UNKNOWN: { run: string };
  RUN_BUSY: { run: string };
  RUN_NEEDED: { run: string; forks: readonly string[] };
  PLACE_UNKNOWN: { place: string; known: readonly string[] };
  ABORTED: { reason?: string };
  CLOSED: { what: string };
}

/** The code of an error: what to test for, instead of its message. */
export type ErrorCode = keyof ErrorCatalogue;

/** Why a document or a page is not read. */
export type DocumentReason =
  | "missing"
  | "kind"
  | "size"
  | "encoding"
  | "damaged"
  | "locked"
  | "time"
  | "memory"
  | "address"
  | "robots"
  | "redirects"
  | "status"
  | "proxy"
  | "network";

/** One thing wrong with some input, and where: `path` is dotted, as in `persona.age`; line and column count from 1. */
export interface Issue {
  path: string;
  message: string;
  line?: number;
  column?: number;
}

/** An amount of calls, tokens and US dollars; an absent field is not counted or not limited. */
export interface Budget {
  calls?: number;
  tokens?: number;
  usd?: number;
}

/** What has to be decided before an effect may happen. */
export interface ApprovalQuestion {
  /** The same whenever the run is opened again: `send-mail-3fa9c1e2d4b6`. */
  readonly id: string;
  readonly person: string;
  readonly type: string;
  readonly args: unknown;
  /** `begun`: a process was killed in the middle of it, so that it may have happened; `refused`: it was refused before. */
  readonly earlier?: "begun" | "refused";
}

/** What an error looks like once it is data: in a journal, a result or on the wire. */
export interface ErrorRecord {
  code: ErrorCode | "UNEXPECTED";
  message: string;
  hint?: string;
  data?: unknown;
}

/** What an error carries beside its code and message. */
export interface ErrorDetails<C extends ErrorCode> {
  data: ErrorCatalogue[C];
  /** What the reader can do next, as a full sentence. */
  hint: string;
  cause?: unknown;
  /** What the failed attempt cost, when the provider said so: the budget and the ledger count it. */
  usage?: Usage;
}

/**
 * Every failure that this library reports: a literal `code`, its data, and a `hint` that says what to do next. Message
 * and hint hold no terminal codes, whatever they quote.
 * @example
 * new TinyTroupeError("RUN_UNKNOWN", "There is no run 'x'.", { data: { run: "x" }, hint: "See them with: tinytroupe runs list" }).code; // => "RUN_UNKNOWN"
 */
export class TinyTroupeError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "TinyTroupeError";
  readonly code: C;
  readonly data: ErrorCatalogue[C];
  readonly hint: string;
  /** Tokens that the failed attempt cost, when known. */
  readonly usage?: Usage;

  constructor(code: C, message: string, details: ErrorDetails<C>) {
    super(withoutControls(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.data = details.data;
    this.hint = withoutControls(details.hint);
    if (details.usage !== undefined) this.usage = details.usage;
  }
}

/** Tells whether a thrown value is one of ours and, when codes are given, one of these. */
export function isTinyTroupeError<C extends ErrorCode>(
  error: unknown,
  ...codes: readonly C[]
): error is TinyTroupeError<C> {
  return error instanceof TinyTroupeError && (codes.length === 0 || codes.includes(error.code as C));
}

/** The error as plain data; what is not ours becomes `UNEXPECTED`. */
export function errorRecord(error: unknown): ErrorRecord {
  if (error instanceof TinyTroupeError) {
    return { code: error.code, message: error.message, hint: error.hint, data: error.data };
  }
  return { code: "UNEXPECTED", message: error instanceof Error ? error.message : String(error) };
}

/**
 * Whom an error concerns: one `answer` or prompt, so that the next person may well succeed; the `way` to a model, which
 * would meet everybody, though another row may come through; the `run`, in which nothing more can be done; or what was
 * `given`, which is its giver's own.
 */
const concerns = {
  ...{ MODEL_REFUSED: "answer", MODEL_FILTERED: "answer", MODEL_TRUNCATED: "answer", MODEL_EMPTY: "answer" },
  ...{ MODEL_MALFORMED: "answer", MODEL_INVALID: "answer", CONTEXT_EXCEEDED: "answer", QUALITY_FAILED: "answer" },
  ...{ PERSON_CONTRADICTED: "answer" },
  ...{ MODEL_UNAVAILABLE: "way", MODEL_REJECTED: "way", MODEL_TIMEOUT: "way", MODEL_UNSUPPORTED: "way" },
  ...{ MODEL_DOWNLOAD: "way" },
  ...{ MODEL_UNKNOWN: "run", KEY_MISSING: "run", PACKAGE_MISSING: "run", BUDGET_EXCEEDED: "run", PRICE_UNKNOWN: "run" },
  ...{ CONFIG_INVALID: "run", APPROVAL_NEEDED: "run", STORE_LOCKED: "run", STORE_NEWER: "run", STORE_FAILED: "run" },
  ...{ RUN_UNKNOWN: "run", RUN_BUSY: "run", ABORTED: "run", CLOSED: "run" },
  ...{ CONSENT_MISSING: "given", PERSONA_INVALID: "given", STUDY_INVALID: "given", NETWORK_INVALID: "given" },
  ...{ SPECIFICATION_CONFLICT: "given", SPECIFICATION_INVALID: "given", SURVEY_INVALID: "given" },
  ...{ EXPERIMENT_INVALID: "given" },
  ...{ POPULATION_INVALID: "given", DESCRIPTION_INVALID: "given", ANSWERS_INVALID: "given", OPTION_INVALID: "given" },
  ...{ FILE_UNREADABLE: "given", FILE_UNWRITABLE: "given", PATH_OUTSIDE: "given", DOCUMENT_UNREADABLE: "given" },
  ...{ NAME_TAKEN: "given", FACULTY_MISSING: "given", TARGET_UNKNOWN: "given", TOOLS_UNAVAILABLE: "given" },
  ...{ TOOL_UNUSABLE: "given", SYSTEM_FAILED: "given", SYSTEM_REFUSED: "given", RUN_NEEDED: "given" },
  ...{ PLACE_UNKNOWN: "given" },
} as const satisfies Record<ErrorCode, "answer" | "way" | "run" | "given">;

const concernOf = (error: unknown) =>
  error instanceof TinyTroupeError ? concerns[error.code as ErrorCode] : undefined;

/**
 * Tells whether an error is about one answer or one prompt only, so that the next person may well succeed;
 * any other (no key, no server, a fault in the program) would meet everybody alike.
 */
export const concernsOneAnswer = (error: unknown): boolean => concernOf(error) === "answer";

/**
 * Tells whether an error is about the run as a whole: no model, no store, no money, a stop. Met by an action, it is no
 * experience of the person who acts.
 */
export const concernsTheRun = (error: unknown): boolean => ["way", "run"].includes(concernOf(error) ?? "");

/**
 * Tells whether an error would meet every row of some work alike, rather than be one row's own: a stop, no money, no key, no
 * store, a fault in the program. What fails on the way to a model may well come through with the next row.
 */
export const concernsAllRows = (error: unknown): boolean =>
  concernOf(error) === "run" || (error instanceof Error && error.name === "AbortError") || isFault(error);

/** Tells a fault in a program from what a program reports: a `TypeError` that has a cause is how `fetch` reports. */
export function isFault(error: unknown): boolean {
  if (error instanceof TypeError) return error.cause === undefined;
  return error instanceof ReferenceError || error instanceof RangeError;
}

/**
 * Why nobody has an answer, as one error: the first that is about the whole run, else
 * the first that they met. Where it is about an answer, it says that all of them
 * went without, since it would else read as one person's.
 * @param errors what each of those who were asked met, in their order; at least one
 */
export function metByAll(errors: readonly unknown[]): unknown {
  const first = errors.find(concernsTheRun) ?? errors[0];
  if (errors.length === 1 || !(first instanceof TinyTroupeError && concernsOneAnswer(first))) return first;
  const message = `None of the ${errors.length} who were asked has a usable answer. The first: ${first.message}`;
  return new TinyTroupeError(first.code, message, { data: first.data, hint: first.hint, cause: first });
}
