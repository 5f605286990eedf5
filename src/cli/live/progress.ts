import type { LiveEvent } from "../../index.ts";
import type { Usage } from "../../models.ts";
import { widthOf } from "../terminal/text.ts";
import { inLine } from "./lines.ts";

/** What a run used so far, counted from its live events. */
export interface Progress {
  take(event: LiveEvent): void;
  /** One line: calls, replayed calls, tokens, money, time, waits; what matters least goes first where it is narrow. */
  line(width?: number): string;
}

interface Wait {
  readonly until: number;
  readonly reason: string;
}

interface Count {
  calls: number;
  replayed: number;
  failed: number;
  tokens: number;
  usd: number;
  unknown: boolean;
  /** Calls under way, by scope. */
  readonly open: Map<string, number>;
  readonly waits: Map<string, Wait>;
}

/** Counts from now on; `now` is a clock in milliseconds. */
export function createProgress(now: () => number): Progress {
  const started = now();
  const count: Count = {
    ...{ calls: 0, replayed: 0, failed: 0, tokens: 0, usd: 0, unknown: false },
    open: new Map(),
    waits: new Map(),
  };
  return {
    take: (event) => take(count, event, now()),
    line: (width = Number.POSITIVE_INFINITY) => fitting(width, partsOf(count, { now: now(), started })),
  };
}

function take(count: Count, event: LiveEvent, now: number): void {
  if (event.type === "call-waiting") {
    count.waits.set(event.scope, { until: now + event.forMs, reason: inLine(event.reason) });
  } else if (event.type === "call-started") {
    count.waits.delete(event.scope);
    count.open.set(event.scope, (count.open.get(event.scope) ?? 0) + 1);
  } else if ("origin" in event && event.origin === "journal") count.replayed += 1;
  else if (event.type === "call-failed") {
    ended(count, event.scope);
    count.failed += 1;
    const { usage, usd } = event;
    if (usage === undefined) count.unknown ||= usd === undefined;
    else if (usage.input + usage.output > 0) pay(count, usage, usd);
  } else if (event.type === "call-finished") {
    ended(count, event.scope);
    count.calls += 1;
    pay(count, event.usage, event.usd);
  }
}

function pay(count: Count, usage: Usage, usd: number | undefined): void {
  count.tokens += usage.input + usage.output;
  count.usd += usd ?? 0;
  count.unknown ||= usd === undefined;
}

/** Takes a call out of those under way. */
function ended({ open }: Count, scope: string): void {
  const calls = open.get(scope) ?? 0;
  if (calls > 1) open.set(scope, calls - 1);
  else open.delete(scope);
}

type Part = readonly [rank: number, text: string];

function partsOf(count: Count, time: { readonly now: number; readonly started: number }): Part[] {
  const { calls, replayed, failed, tokens, usd, unknown, open, waits } = count;
  const flying = [...open.values()].reduce((sum, each) => sum + each, 0);
  const [wait] = [...waits.values()].filter(({ until }) => until > time.now).toSorted((a, b) => a.until - b.until);
  return [
    [0, `${calls + failed} ${calls + failed === 1 ? "call" : "calls"}`],
    [1, flying > 0 ? `${flying} in flight` : ""],
    [6, replayed > 0 ? `${replayed} from the journal` : ""],
    [5, failed > 0 ? `${failed} failed` : ""],
    [4, `${thousands(tokens)} tokens`],
    [3, money(usd, unknown)],
    [2, clockOf(time.now - time.started)],
    [2, wait ? `waiting ${Math.ceil((wait.until - time.now) / 1000)} s` : ""],
    [7, wait?.reason ?? ""],
  ];
}

/** The parts, each with its rank, joined; those of the highest rank are left out until the line fits. */
function fitting(width: number, parts: readonly Part[]): string {
  let kept = parts.filter(([, text]) => text !== "");
  for (let rank = 7; ; rank--) {
    const line = kept.map(([, text]) => text).join(" · ");
    if (rank === 0 || widthOf(line) <= width) return line;
    kept = kept.filter(([own]) => own < rank);
  }
}

/** Dollars with as many digits as say something: $0.012. */
function money(usd: number, unknown: boolean): string {
  if (unknown) return usd > 0 ? `${money(usd, false)} + unknown` : "cost unknown";
  return usd === 0 ? "$0" : usd < 0.01 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
}

function thousands(count: number): string {
  return count < 10_000
    ? String(count)
    : count < 1e6
      ? `${(count / 1000).toFixed(1)}k`
      : `${(count / 1e6).toFixed(2)}M`;
}

function clockOf(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
