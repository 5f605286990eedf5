import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type ErrorCode, isTinyTroupeError } from "../index.ts";
import { replyFailure } from "./reply.ts";
import { installCommand, type Session } from "./session.ts";
import { fit, harmless } from "./terminal/text.ts";

/** What each exit code means, for `--help`. */
export const exitCodes =
  "Exit codes: 0 done · 1 failed · 2 wrong use or invalid input ·\n            3 budget reached · 4 an approval is needed · 130 stopped by you";

/**
 * The exit code of each error: 2 where what was given has to be written otherwise, 3 where the budget has to be raised, 4 where somebody
 * has to approve, 130 where somebody stopped it, 1 for all that may go better another time or elsewhere.
 */
export const exitCodeOfError = {
  MODEL_REFUSED: 1,
  MODEL_FILTERED: 1,
  MODEL_TRUNCATED: 1,
  MODEL_EMPTY: 1,
  MODEL_MALFORMED: 1,
  MODEL_INVALID: 1,
  QUALITY_FAILED: 1,
  MODEL_UNAVAILABLE: 1,
  MODEL_REJECTED: 1,
  MODEL_TIMEOUT: 1,
  MODEL_UNKNOWN: 2,
  MODEL_UNSUPPORTED: 1,
  MODEL_DOWNLOAD: 1,
  CONTEXT_EXCEEDED: 1,
  KEY_MISSING: 1,
  PACKAGE_MISSING: 1,
  BUDGET_EXCEEDED: 3,
  APPROVAL_NEEDED: 4,
  PRICE_UNKNOWN: 1,
  CONSENT_MISSING: 2,
  PERSONA_INVALID: 2,
  STUDY_INVALID: 2,
  CONFIG_INVALID: 2,
  NETWORK_INVALID: 2,
  SPECIFICATION_CONFLICT: 2,
  SPECIFICATION_INVALID: 2,
  SURVEY_INVALID: 2,
  EXPERIMENT_INVALID: 2,
  POPULATION_INVALID: 2,
  DESCRIPTION_INVALID: 2,
  ANSWERS_INVALID: 2,
  OPTION_INVALID: 2,
  FILE_UNREADABLE: 2,
  FILE_UNWRITABLE: 1,
  PATH_OUTSIDE: 2,
  DOCUMENT_UNREADABLE: 2,
  NAME_TAKEN: 2,
  PERSON_CONTRADICTED: 1,
  FACULTY_MISSING: 2,
  TARGET_UNKNOWN: 2,
  TOOLS_UNAVAILABLE: 1,
  TOOL_UNUSABLE: 2,
  SYSTEM_FAILED: 1,
  SYSTEM_REFUSED: 2,
  STORE_LOCKED: 1,
  STORE_NEWER: 1,
  STORE_FAILED: 1,
  RUN_UNKNOWN: 2,
  RUN_BUSY: 1,
  RUN_NEEDED: 1,
  PLACE_UNKNOWN: 2,
  ABORTED: 130,
  CLOSED: 1,
} as const satisfies Readonly<Record<ErrorCode, 1 | 2 | 3 | 4 | 130>>;

/** The exit code that programs can branch on; 1 for what is not ours. */
export function exitCodeOf(error: unknown): number {
  return isTinyTroupeError(error) ? exitCodeOfError[error.code] : 1;
}

/** Shows an error the way a person can act on it, and where in their own program it came from; returns the exit code. */
export function reportError(thrown: unknown, session: Session): number {
  const { err, errStyle: style } = session;
  const error = firstOf(thrown);
  if (session.json) replyFailure(session, error);
  // Where a stop or an empty purse met the program says nothing about it.
  const expected = isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED", "APPROVAL_NEEDED");
  const place = expected ? undefined : placeIn(error, new URL("../", import.meta.url).href);
  if (isTinyTroupeError(error)) {
    err.print(...bold(err.fold(`${error.code} ${error.message}`), error.code, style.bad));
    if (error.hint) err.say(`→ ${error.hint}`);
  } else {
    const kind = error instanceof Error ? error.name : "Error";
    err.print(...bold(err.fold(`${kind}: ${messageOf(error)}`), `${kind}:`, style.bad));
  }
  const missing = /Cannot find package '([^']+)' imported from/.exec(messageOf(error))?.[1];
  if (place) err.print(...placeLines(place, session));
  else if (missing) err.print(`→ Beside the program: ${harmless(installOf(missing))}`);
  else if (!isTinyTroupeError(error)) err.print(style.dim(unexplained));
  for (const later of laterThan(thrown)) if (later !== error) tellBeside(session, "Nor could it be ended well", later);
  if (session.farewell) err.print(session.farewell);
  if (session.environment.variables["TINYTROUPE_DEBUG"] && error instanceof Error) {
    err.print("", style.dim(harmless(error.stack ?? "")));
  }
  return exitCodeOf(error);
}

/** What `await using` throws where disposal fails, too: by its name, as Node 22 has no such class. */
const isSuppressing = (error: unknown): error is Error & { readonly error: unknown; readonly suppressed: unknown } =>
  error instanceof Error && error.name === "SuppressedError" && "suppressed" in error;

/** The first failure is the one to report. */
const firstOf = (thrown: unknown): unknown => (isSuppressing(thrown) ? firstOf(thrown.suppressed) : thrown);
const laterThan = (thrown: unknown): readonly unknown[] =>
  isSuppressing(thrown) ? [...laterThan(thrown.suppressed), thrown.error] : [];

/** Tells of a failure beside the one that is reported. */
export function tellBeside({ err, errStyle }: Session, what: string, error: unknown): void {
  err.print(errStyle.warn(harmless(`${what}: ${messageOf(error)}`)));
}

const installOf = (name: string): string => (name === "tinytroupe" ? installCommand() : `npm install ${name}`);

function bold([first = "", ...rest]: readonly string[], start: string, paint: (text: string) => string): string[] {
  return [first.startsWith(start) ? paint(start) + first.slice(start.length) : first, ...rest];
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message || "(no message)";
  return typeof error === "string" ? error : (JSON.stringify(error) ?? String(error));
}

/** A place in somebody's program. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/**
 * The innermost place of an error in a program of the user's: not in this package, not in a dependency, not in Node.
 * @param ours where this package's code lies, as a URL
 */
export function placeIn(error: unknown, ours: string): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = (error.stack ?? "").split("\n").flatMap((line) => frameOf(line, ours) ?? []);
  return own[0] ?? (error.cause instanceof Error ? placeIn(error.cause, ours) : undefined);
}

// `    at run (file:///…/main.ts:3:5)`, `    at async file:///…/main.ts:3:5`, and what Node writes above a syntax error:
// `/…/main.ts:3`. Places in Node itself begin with `node:`.
const frames = [
  /^\s+at (?:.*\()?(?:async )?((?:file:\/\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/,
  /^((?:file:\/\/\/|\/|[A-Za-z]:\\).*?):(\d+)$/,
];

function frameOf(line: string, ours: string): Place | undefined {
  const found = frames.map((frame) => frame.exec(line)).find((match) => match !== null);
  const [, where, row, column] = found ?? [];
  if (where === undefined) return undefined;
  const file = where.startsWith("file:") ? fileURLToPath(where) : where;
  if (file.startsWith(fileURLToPath(ours)) || /[/\\]node_modules[/\\]/.test(file)) return undefined;
  return { file, line: Number(row), ...(column === undefined ? {} : { column: Number(column) }) };
}

/** The place, and the line that stands there. */
function placeLines({ file, line, column }: Place, { err, errStyle: style, environment }: Session): string[] {
  const short = relative(environment.folder, file);
  const name = short.startsWith("..") ? file : short;
  const head = `  at ${harmless(name)}:${line}${column === undefined ? "" : `:${column}`}`;
  const source = lineOf(file, line);
  if (source === undefined) return [head];
  return [head, style.dim(fit(`  ${String(line).padStart(4)} │ ${harmless(source)}`, err.width))];
}

function lineOf(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/)[line - 1];
  } catch {
    // The line is a courtesy; the file may be gone or the program generated.
    return undefined;
  }
}

const unexplained = "This may be a defect of tinytroupe. TINYTROUPE_DEBUG=1 shows where it happened.";
