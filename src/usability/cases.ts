import { z } from "zod";
import type { Outside } from "../kernel/contracts/context.ts";
import type { Move, System, SystemView } from "../kernel/contracts/systems/system.ts";
import type { Visit } from "../kernel/contracts/systems/visit.ts";
import { type ErrorRecord, errorRecord, TinyTroupeError } from "../kernel/values/errors.ts";
import { createLimiter } from "../model/flow/limit/limiter.ts";
import { moveText } from "./findings/told.ts";
import { meets } from "./goals/goal.ts";
import type { FindingRow, KeyedVisit, VisitKey } from "./rows.ts";

const RegressionCase = z.strictObject({
  system: z.string(),
  goal: z.string(),
  person: z.string(),
  session: z.int(),
  /** What somebody wanted, and did, in order, each with what the system answered to it then. */
  wanted: z.string(),
  moves: z.array(
    z.strictObject({ type: z.string(), args: z.record(z.string(), z.unknown()), showed: z.string().optional() }),
  ),
  success: z
    .strictObject({ text: z.string().optional(), url: z.string().optional(), exitCode: z.int().optional() })
    .optional(),
  /** What the system showed last, and what they said of it. */
  showed: z.string(),
  said: z.string().optional(),
  /** What stood in their way, each with the exchange that shows it. */
  findings: z
    .array(
      z.strictObject({
        ...{ kind: z.string(), severity: z.int(), what: z.string() },
        ...{ did: z.string(), showed: z.string(), said: z.string() },
      }),
    )
    .optional(),
  simulated: z.literal(true),
});

/** A visit that failed, to be made again without anybody: what was done, and when it is a success. */
export type RegressionCase = z.infer<typeof RegressionCase>;

/** A test's visits, and what stood in the way. */
interface Visited {
  readonly visits: readonly KeyedVisit[];
  readonly findings?: readonly FindingRow[];
}

/** The visits of a test that failed, as cases. A check that is a function has no place in a file, and is left out. */
export function casesOf({ visits, findings = [] }: Visited): readonly RegressionCase[] {
  return visits
    .filter(({ success }) => success === false)
    .map(({ system, goal, person, session, visit, check }) => ({
      ...{ system, goal, person, session, wanted: visit.goal },
      moves: visit.steps.map(({ move: { type, args }, shown }) => ({ type, args: { ...args }, showed: shown.text })),
      ...(typeof check === "object" && { success: check }),
      ...{ showed: (visit.steps.at(-1)?.shown ?? visit.first).text, said: visit.why ?? "" },
      findings: findings
        .filter((one) => keyed(one) === keyed({ system, goal, person, session }))
        .map(({ kind, severity, what, did, showed, said }) => ({ kind, severity, what, did, showed, said })),
      simulated: true as const,
    }));
}

const keyed = ({ system, goal, person, session }: VisitKey): string => JSON.stringify([system, goal, person, session]);

/** Cases as lines of JSON. */
export function casesText(cases: readonly RegressionCase[]): string {
  return cases.map((one) => `${JSON.stringify(one)}\n`).join("");
}

/**
 * Cases from lines of JSON. Throws OPTION_INVALID with the line of the first that is none.
 * @example
 * readCases(""); // => []
 */
export function readCases(text: string): readonly RegressionCase[] {
  return text.split("\n").flatMap((line, place) => {
    if (line.trim() === "") return [];
    const found = RegressionCase.safeParse(jsonIn(line));
    if (found.success) return [found.data];
    const [issue] = found.error.issues;
    throw new TinyTroupeError(
      "OPTION_INVALID",
      `Line ${place + 1} is no case: ${issue?.path.join(".")} ${issue?.message}`,
      {
        data: { option: "cases", value: place + 1 },
        hint: "Give a file of cases as a test leaves it: failed-cases.jsonl.",
      },
    );
  });
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No JSON is no case.
    return undefined;
  }
}

/** What became of a case when it was made again. */
export interface RerunRow {
  readonly system: string;
  readonly goal: string;
  readonly person: string;
  readonly session: number;
  /** Null for a case without a check. */
  readonly passed: boolean | null;
  /** The last that it shows differs from before. */
  readonly changed: boolean;
  /** The last that they did, what it showed then, and what it shows to the same. */
  readonly did: string;
  readonly showed: string;
  readonly shows: string;
  readonly error?: ErrorRecord;
}

/** With what cases are made again. */
export interface RerunOptions {
  readonly systems: readonly System[];
  readonly outside: Outside;
  readonly signal: AbortSignal;
  /** Requests a minute to each system; 60 unless told. */
  readonly perMinute?: number;
  onCase?(row: RerunRow): void;
}

/**
 * Makes the moves of cases again, one after the other, with the system of the same name or else the only one there is:
 * nobody is asked, and no model. Throws TARGET_UNKNOWN for a system that is not there, what concerns the run, and the
 * signal's reason.
 */
export async function rerunCases(
  cases: readonly RegressionCase[],
  options: RerunOptions,
): Promise<readonly RerunRow[]> {
  const { systems, signal, onCase, perMinute: requestsPerMinute = 60 } = options;
  const chosen = cases.map((one) => [one, systemFor(one, systems)] as const);
  const limiters = new Map(systems.map((system) => [system, createLimiter({ requestsPerMinute })]));
  const rows: RerunRow[] = [];
  try {
    for (const [one, system] of chosen) {
      signal.throwIfAborted();
      const limited = async <T>(request: () => Promise<T>): Promise<T> => {
        const permit = await limiters.get(system)?.acquire({ signal });
        return request().finally(() => permit?.release({}));
      };
      const row = await rerun(one, { system, options, request: limited });
      rows.push(row);
      onCase?.(row);
    }
    return rows;
  } finally {
    await Promise.all(systems.map((system) => system.close?.()));
  }
}

interface Rerunning {
  readonly system: System;
  readonly options: RerunOptions;
  readonly request: <T>(ask: () => Promise<T>) => Promise<T>;
}

async function rerun(one: RegressionCase, { system, options, request }: Rerunning): Promise<RerunRow> {
  const { outside, signal } = options;
  const last = one.moves.at(-1);
  const key = {
    ...{ system: system.name, goal: one.goal, person: one.person, session: one.session },
    ...{ did: last === undefined ? "" : moveText(last as Move), showed: one.showed },
  };
  try {
    const session = await request(() => system.open({ ...outside, signal }));
    try {
      const views: SystemView[] = [];
      for (const move of one.moves) views.push(await request(() => session.do(move)));
      const shows = (views.at(-1) ?? session.first).text;
      return { ...key, passed: passed(one, session.first, views), changed: shows !== one.showed, shows };
    } finally {
      await session.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { ...key, passed: false, changed: true, shows: "", error: errorRecord(error) };
  }
}

function passed(
  { success, moves, ...one }: RegressionCase,
  first: SystemView,
  views: readonly SystemView[],
): boolean | null {
  const steps = views.map((shown, place) => {
    return {
      number: place + 1,
      id: "",
      move: moves[place] as Visit["steps"][number]["move"],
      aloud: [],
      shown,
      seconds: 0,
    };
  });
  const visit: Visit = { ...one, first, steps, end: "over", transcript: [] };
  const check = Object.fromEntries(Object.entries(success ?? {}).filter(([, value]) => value !== undefined));
  return success === undefined ? null : (meets(visit, check) ?? null);
}

function systemFor({ system, moves }: RegressionCase, systems: readonly System[]): System {
  const found = systems.find(({ name }) => name === system) ?? (systems.length === 1 ? systems[0] : undefined);
  const takes = (type: string): boolean => found?.moves.some((move) => move.type === type) ?? false;
  if (found !== undefined && moves.every(({ type }) => takes(type))) return found;
  const known = systems.map(({ name }) => name);
  throw new TinyTroupeError(
    "TARGET_UNKNOWN",
    `There is no system called ${system} for a case, or none that takes its moves.`,
    {
      data: { target: system, known },
      hint: `Name one of them so: ${known.join(", ")}.`,
    },
  );
}
