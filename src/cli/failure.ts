import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { errorRecord, isTinyTroupeError } from "../index.ts";
import type { Session } from "./session.ts";
import { fit, harmless, wrap } from "./terminal/text.ts";

/** What each exit code means, for `--help`. */
export const exitCodes =
  "Exit codes: 0 done · 1 failed · 2 wrong use or invalid input · 3 budget reached · 130 stopped by you";

/** The exit code that programs can branch on. */
export function exitCodeOf(error: unknown): number {
  if (!isTinyTroupeError(error)) return 1;
  switch (error.code) {
    case "OPTION_INVALID":
    case "STUDY_INVALID":
    case "PERSONA_INVALID":
      return 2;
    case "BUDGET_EXCEEDED":
      return 3;
    case "ABORTED":
      return 130;
    default:
      return 1;
  }
}

/** Shows an error the way a person can act on it, and where in their own program it came from; returns the exit code. */
export function reportError(error: unknown, session: Session): number {
  const { err, errStyle: style } = session;
  if (session.json) {
    const document = { ok: false, ...(session.run && { run: session.run }), error: errorRecord(error) };
    session.raw(`${JSON.stringify(document, null, 2)}\n`);
  }
  // Where a stop or an empty purse met the program says nothing about it.
  const expected = isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED");
  const place = expected ? undefined : placeIn(error, new URL("../", import.meta.url).href);
  const wrapped = (text: string): string[] => wrap(harmless(text), err.width);
  if (isTinyTroupeError(error)) {
    err.print(...bold(wrapped(`${error.code} ${error.message}`), error.code, style.bad));
    if (error.hint) err.print(...wrapped(`→ ${error.hint}`));
  } else {
    const kind = error instanceof Error ? error.name : "Error";
    err.print(...bold(wrapped(`${kind}: ${messageOf(error)}`), `${kind}:`, style.bad));
  }
  const missing = /Cannot find package '([^']+)' imported from/.exec(messageOf(error))?.[1];
  if (place) err.print(...placeLines(place, session));
  else if (missing) err.print(`→ Beside the program: npm install ${harmless(missing)}`);
  else if (!isTinyTroupeError(error)) err.print(style.dim(unexplained));
  if (session.farewell) err.print(session.farewell);
  if (session.environment.variables["TINYTROUPE_DEBUG"] && error instanceof Error) {
    err.print("", style.dim(harmless(error.stack ?? "")));
  }
  return exitCodeOf(error);
}

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
