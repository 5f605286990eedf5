import type { ActOptions } from "../../kernel/contracts/person.ts";
import { momentHint, parseMoment } from "../../kernel/time/moment.ts";
import type { Clock } from "../../kernel/values/clock.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { after, type Duration, present, spans, Ticker } from "./calendar.ts";
import type { CheckedPlan, RunPlan } from "./run-options.ts";

/** How a run goes from step to step, and through time. */
export interface Pace<P = never> extends Disposable {
  /** Whether another step comes after so many; `open`: one is to be gone on with. A run that ends at a moment is there then. */
  goesOn(played: number, open: boolean): boolean;
  /** Brings the time to the step that begins. */
  advance(): void;
  /** Why the run ends when it goes on no more. */
  readonly end: "steps" | End["by"];
  readonly movesTime: boolean;
  /** Has somebody who is to act catch up with the time that was not played. */
  meanwhile?(person: P, call: Pick<ActOptions, "step" | "label" | "signal">): Promise<void>;
}

/** What a pace goes by. */
export interface Timing {
  readonly clock: Clock;
  /** The world whose run it is. */
  readonly world: object;
}

/** Where in time a run ends, and by what. */
export interface End {
  readonly moment: Date;
  readonly by: "until" | "termination";
}

/** So many steps, or as many as come, which take no time. */
function timelessPace({ steps = Number.POSITIVE_INFINITY }: CheckedPlan): Pace {
  return { end: "steps", movesTime: false, goesOn: (played) => played < steps, advance() {}, [Symbol.dispose]() {} };
}

/** Steps with a span of time between: so many, or the last one no later than the end. OPTION_INVALID as a ticker. */
function tickingPace({ steps = Number.POSITIVE_INFINITY }: CheckedPlan, end: End | undefined, ticker: Ticker): Pace {
  let isOver = false;
  return {
    get end() {
      return isOver && end ? end.by : "steps";
    },
    movesTime: true,
    goesOn: (played, open) => {
      if (played >= steps) return false;
      if (open || end === undefined || ticker.next <= end.moment) return true;
      isOver = true;
      ticker.skipTo(end.moment);
      return false;
    },
    advance: () => ticker.tick(),
    [Symbol.dispose]: () => ticker[Symbol.dispose](),
  };
}

/**
 * Where in time a planned run ends: by its own moment or span, or before that by its termination; undefined when no time
 * is said. OPTION_INVALID as `momentOf`.
 */
export function endOfPlan(plan: RunPlan, clock: Clock): End | undefined {
  const [until, last] = [momentOf(plan, clock), plan.stopWhen?.moment];
  if (last !== undefined && (until === undefined || last < until)) return { moment: last, by: "termination" };
  return until && { moment: until, by: "until" };
}

/** The moment of a plan, or its span from here. OPTION_INVALID when both are given, and for what is none. */
function momentOf(plan: RunPlan, clock: Clock): Date | undefined {
  const span: Duration = Object.fromEntries(
    (Object.keys(spans) as (keyof Duration)[]).flatMap((unit) =>
      plan[unit] === undefined ? [] : [[unit, plan[unit]]],
    ),
  );
  const isSpan = Object.keys(span).length > 0;
  const { until } = plan;
  if (typeof until !== "string" && !(until instanceof Date)) {
    if (!isSpan) return undefined;
    const end = after(present(clock), span, { zone: clock.zone });
    if (end >= present(clock)) return end;
    throw wrong(span, "Give a span forward, as in { days: 30 }.");
  }
  if (isSpan) throw wrong(until, "Give the moment or the span, not both.");
  present(clock);
  const moment = typeof until === "string" ? parseMoment(until, clock.zone)?.moment : until;
  if (moment !== undefined && !Number.isNaN(moment.getTime())) return moment;
  throw wrong(until, momentHint(String(until), "2030-03-01 or 2030-03-01T09:00"));
}

function wrong(value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  const said = value instanceof Date || typeof value === "string" ? String(value) : JSON.stringify(value);
  return new TinyTroupeError("OPTION_INVALID", `A run cannot end at ${said}.`, {
    data: { option: "until", value: said },
    hint,
  });
}

/** The pace of a run that wakes nobody. OPTION_INVALID when it has an end in time and nothing that moves the time. */
export function steppedPace(plan: CheckedPlan, { clock, world }: Timing): Pace {
  const end = endOfPlan(plan, clock);
  if (plan.every !== undefined) return tickingPace(plan, end, new Ticker(clock, plan.every).hold(world));
  if (end?.by !== "until") return timelessPace(plan);
  throw new TinyTroupeError("OPTION_INVALID", "Nothing moves the time to the end of this run.", {
    data: { option: "every" },
    hint: "Say how much time passes before each step, as in every: { hours: 6 }, or what wakes people.",
  });
}
