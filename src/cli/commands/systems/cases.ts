import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  type LoadedTest,
  openSimulation,
  type RerunRow,
  readCases,
  rerunCases,
  TinyTroupeError,
} from "../../../index.ts";
import { createMemoryStore } from "../../../stores.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";

interface CasesFlags {
  readonly cases: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Makes cases again, and tells how each went. */
export async function casesAgain(session: Session, { systems }: LoadedTest, flags: CasesFlags): Promise<void> {
  const path = resolve(session.environment.folder, flags.cases);
  const cases = readCases(await textOf(path));
  const interrupt = onInterrupt(session);
  const { environment, err } = session;
  const opening = { name: "cases", model: "builtin", store: createMemoryStore(), environment };
  const simulation = await openSimulation({ ...opening, signal: interrupt.signal });
  try {
    interrupt.attach(simulation);
    const { outside, signal } = simulation.context;
    let count = 0;
    const onCase = (row: RerunRow): void => {
      count += 1;
      if (!flags.json && !flags.quiet)
        err.say(harmless(`${count} of ${cases.length} · ${row.system} · ${row.goal} · ${verdictOf(row)}`));
    };
    const rows = await rerunCases(cases, { systems, outside, signal, onCase });
    told(session, rows);
  } finally {
    await simulation.close();
    interrupt.release();
  }
}

function told(session: Session, rows: readonly RerunRow[]): void {
  const failed = rows.filter(({ passed }) => passed === false).length;
  session.exitCode = failed > 0 ? 1 : 0;
  if (session.json) {
    reply(session, { cases: rows.length, failed, rows });
    return;
  }
  const { out, outStyle: style } = session;
  const shown = rows.map((row) => {
    const { system, goal, person, did, showed, error, shows } = row;
    const [before, after] = partedLines(showed, shows);
    const exchange = { did, showed: before, shows: error?.message ?? after };
    return { system, goal, person, now: verdictOf(row), ...exchange };
  });
  out.print(...table(shown, { width: out.width, style }));
  if (rows.length === 0) out.say("The file holds no cases: nobody failed when it was written.");
  else out.say(failed === 0 ? "None of them fails." : `${failed} of ${rows.length} still fail.`);
  // The moves end where somebody gave up: a way that is there by now, nobody takes.
  if (rows.some(isOtherwise)) out.say("Where it answers otherwise than before, have people try it again.");
}

/** The first line in which two answers differ, or the first of both. */
function partedLines(showed: string, shows: string): readonly [string, string] {
  const [before, after] = [showed.split("\n"), shows.split("\n")];
  const at = Math.max(
    0,
    after.findIndex((line, place) => line !== before[place]),
  );
  return [before[at] ?? "", after[at] ?? ""];
}

const isOtherwise = ({ passed, changed, error }: RerunRow): boolean =>
  passed === false && changed && error === undefined;

function verdictOf(row: RerunRow): string {
  if (row.passed === null) return row.changed ? "changed" : "as before";
  return row.passed ? "passed" : isOtherwise(row) ? "failed, otherwise" : "failed";
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNREADABLE", `The cases at ${path} cannot be read.`, {
      data: { file: path },
      hint: "Check the path. A test leaves them as failed-cases.jsonl among its results.",
      cause,
    });
  }
}
