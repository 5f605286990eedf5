import type { Listener } from "../../../kernel/contracts/events.ts";
import type { AttemptRecord } from "../../../kernel/contracts/journal.ts";
import type { Layer, Usage } from "../../../kernel/contracts/model.ts";
import { type ErrorRecord, errorRecord } from "../../../kernel/values/errors.ts";
import { usageParts } from "../../../kernel/values/usage.ts";
import { type Answer, around, type Call } from "../wrap.ts";
import { failedUsage, isCounted, mostUsage } from "./billed.ts";
import { createEstimator, type Estimator } from "./estimate.ts";
import { mostNanoUsd, nanoPerUsd, nanoUsd, type Price, type PriceOf } from "./price.ts";

/**
 * How a call came out: answered by the model now, failed, or answered without being paid again (`replayed`), from the
 * journal or by a call in flight that somebody else pays.
 */
export type Outcome = "answered" | "failed" | "replayed";

/** One finished attempt, or a call that was served again. */
export interface LedgerEntry extends Omit<AttemptRecord, "at"> {
  readonly outcome: Outcome;
  readonly price?: Price;
}

/** Sums over entries. Tokens and dollars of replayed calls stand in their own rows and are never part of others. */
export interface LedgerSums {
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  readonly cachedInput: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
  /** The share of the prompts that the provider's prompt cache served, 0 to 1. */
  readonly hitRate: number;
  /** US dollars of the calls whose price is known. */
  readonly usd: number;
  /** US dollars that the provider's prompt cache saved (negative when writing cost more than reading saved). */
  readonly savedUsd: number;
  /** Calls without a known price that used tokens or can have: `usd` leaves them out. */
  readonly unpriced: number;
  /** Calls whose tokens nobody can know: the sums above leave them out. */
  readonly unknown: number;
  /** The most that those can have used and cost, as far as their price is known. */
  readonly unknownTokens: number;
  readonly unknownUsd: number;
}

/** What the rows of a ledger can be told apart by. */
export type LedgerField = "scope" | "person" | "purpose" | "label" | "world" | "step" | "model" | "outcome";
/** Sums of the ledger under the fields that they were asked by; what was asked outside of a world has no `world` and no `step`, what was asked for nobody no `person`, what nobody labelled no `label`. */
export type LedgerRow = { readonly [field in LedgerField]?: string } & LedgerSums;

/** What the calls of a run cost. */
export interface Ledger {
  record(entry: LedgerEntry): void;
  /** One row for each combination of these fields, in the order in which they first occurred. */
  by(...fields: readonly LedgerField[]): readonly LedgerRow[];
  /** Sums over the calls made now, failed attempts included, replayed calls not. */
  readonly paid: LedgerSums;
  /** Sums over the calls that were served again: what they once cost. */
  readonly replayed: LedgerSums;
}

type Counted = Exclude<keyof LedgerSums, "hitRate">;
/** Sums as they are counted, money in whole billionths of a dollar. There are as many as turns, so what is zero is left out. */
type Sums = { [field in Counted]?: number };
/** All but the step, of which a scope has many: told once for all of its cells. */
type Key = { readonly [field in Exclude<LedgerField, "world" | "step" | "person" | "label">]: string } & {
  readonly person: string | undefined;
  readonly label: string | undefined;
};
interface Cell {
  readonly key: Key;
  readonly step: string | undefined;
  readonly sums: Sums;
}

export interface LedgerOptions {
  /** Told of every attempt that was made, to keep it. */
  readonly keep?: (entry: LedgerEntry) => void;
}

/**
 * A ledger that keeps one row for each scope, purpose, label, step, model and outcome, whatever the number of calls.
 * @example
 * const ledger = createLedger();
 * ledger.record({ scope: "person:lisa", purpose: "act", model: "a/b", outcome: "answered", usage: { input: 9, output: 1 } });
 * ledger.by("person")[0]?.input; // => 9
 */
export function createLedger({ keep }: LedgerOptions = {}): Ledger {
  const cells: Cell[] = [];
  const known = new Map<string, { readonly key: Key; readonly steps: Map<string | undefined, Cell> }>();
  const sumOf = (wanted: (cell: Cell) => boolean) => added(cells.filter(wanted).map((cell) => cell.sums));
  const cellOf = ({ scope, purpose, label, step, model, outcome }: LedgerEntry): Cell => {
    const name = JSON.stringify([scope, purpose, label, model, outcome]);
    const row = known.get(name) ?? {
      key: { scope, person: personOf(scope), purpose, label, model, outcome },
      steps: new Map(),
    };
    known.set(name, row);
    const cell = row.steps.get(step) ?? { key: row.key, step, sums: {} };
    if (!row.steps.has(step)) cells.push(cell);
    row.steps.set(step, cell);
    return cell;
  };
  return {
    record: (entry) => {
      count(cellOf(entry).sums, entry);
      if (entry.outcome !== "replayed") keep?.(entry);
    },
    by: (...fields) => {
      const groups = Map.groupBy(cells, (cell) => JSON.stringify(fields.map((field) => fieldOf(cell, field))));
      return [...groups.values()].map((group) => ({
        ...keyOf(group, fields),
        ...added(group.map((cell) => cell.sums)),
      }));
    },
    get paid() {
      return sumOf((cell) => cell.key.outcome !== "replayed");
    },
    get replayed() {
      return sumOf((cell) => cell.key.outcome === "replayed");
    },
  };
}

export interface EntryOptions {
  readonly watch?: Listener;
  readonly priceOf?: PriceOf;
  /** Says how much an attempt of unknown cost can have used; the budget's own, where there is one. */
  readonly estimator?: Estimator;
}

/** Writes every attempt that reaches the model into the ledger and shows it to those who watch. Goes inside of retry. */
export function withLedger(ledger: Ledger, options: EntryOptions = {}): Layer {
  const { watch, priceOf, estimator = createEstimator() } = options;
  return (model) =>
    around(model, async (call, ask) => {
      const entry = entryOf(call, priceOf);
      const most = () => mostUsage(call, estimator, model.limits);
      watch?.({ type: "call-started", scope: call.scope, model: call.model });
      const answer = await ask().catch((error: unknown) => {
        const record = errorRecord(error);
        const usage = failedUsage(error);
        const used: Used = usage === undefined ? { atMost: most() } : { usage };
        ledger.record({ ...entry, ...used, outcome: "failed", failure: record.code });
        watch?.(failed(call, record, { ...(usage && { usage }), ...usdOf({ ...entry, ...used }) }));
        throw error;
      });
      const used: Used = isCounted(answer) ? { usage: answer.usage } : { atMost: most() };
      ledger.record({ ...entry, ...used, outcome: outcomeOf(answer) });
      watch?.(finished(call, answer, usdOf({ ...entry, ...used })));
      return answer;
    });
}

/** Counts, apart, the calls that a replay inside of it served, of which the replay itself tells; goes outside of it. */
export function withReplayLedger(ledger: Ledger, priceOf?: PriceOf): Layer {
  return (model) =>
    around(model, async (call, ask) => {
      const answer = await ask();
      const outcome = outcomeOf(answer);
      if (outcome === "replayed") ledger.record({ ...entryOf(call, priceOf), usage: answer.usage, outcome });
      return answer;
    });
}

type Asked = Omit<LedgerEntry, "outcome">;

function entryOf(call: Call, priceOf: PriceOf | undefined): Asked {
  return asked(call, priceOf?.(call.model));
}

/** What an entry takes from the call that it counts. */
export function asked(
  { scope, purpose, step, label, model }: Pick<Call, "scope" | "purpose" | "step" | "label" | "model">,
  price: Price | undefined,
): Asked {
  const named = { ...(step !== undefined && { step }), ...(label !== undefined && { label }) };
  return { scope, purpose, ...named, model, ...(price && { price }) };
}

type Used = Pick<LedgerEntry, "usage" | "atMost">;

function finished({ scope, model }: Call, { usage, origin = "model" }: Answer, cost: { readonly usd?: number }) {
  return { type: "call-finished", scope, model, usage, origin, ...cost } as const;
}

function failed({ scope, model }: Call, error: ErrorRecord, cost: { readonly usage?: Usage; readonly usd?: number }) {
  return { type: "call-failed", scope, model, error, ...cost } as const;
}

/** Dollars as far as they are known; what is free is free, however much it was. */
function usdOf({ usage, atMost, price }: Pick<LedgerEntry, "usage" | "atMost" | "price">): { readonly usd?: number } {
  if (price === undefined) return {};
  if (usage !== undefined) return { usd: nanoUsd(usage, price) / nanoPerUsd };
  return atMost !== undefined && mostNanoUsd(atMost, price) === 0 ? { usd: 0 } : {};
}

function outcomeOf({ origin = "model" }: Answer): Outcome {
  return origin === "model" ? "answered" : "replayed";
}

/** The person in a scope such as `world:room/person:lisa/recall`. */
function personOf(scope: string): string | undefined {
  return scope.split("/").find((part) => part.startsWith("person:"));
}

function fieldOf(cell: Cell, field: LedgerField): string | undefined {
  if (field === "world") return worldOf(cell.step);
  return field === "step" ? cell.step : cell.key[field];
}

/** The world in a step such as `room/3`. */
function worldOf(step: string | undefined): string | undefined {
  return step?.slice(0, step.lastIndexOf("/"));
}

function keyOf(group: readonly Cell[], fields: readonly LedgerField[]): { [field in LedgerField]?: string } {
  const [first] = group;
  const named = fields.map((field) => [field, first && fieldOf(first, field)] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}

function count(sums: Sums, { usage, atMost, price }: LedgerEntry): void {
  plus(sums, "calls", 1);
  if (usage === undefined) {
    plus(sums, "unknown", 1);
    if (price === undefined) plus(sums, "unpriced", 1);
    if (atMost === undefined) return;
    plus(sums, "unknownTokens", atMost.input + atMost.output);
    plus(sums, "unknownUsd", price === undefined ? 0 : mostNanoUsd(atMost, price));
    return;
  }
  for (const field of ["input", "output", ...usageParts] as const) plus(sums, field, usage[field] ?? 0);
  if (price === undefined) {
    if (usage.input + usage.output > 0) plus(sums, "unpriced", 1);
    return;
  }
  const cost = nanoUsd(usage, price);
  plus(sums, "usd", cost);
  plus(sums, "savedUsd", nanoUsd({ input: usage.input, output: usage.output }, price) - cost);
}

function plus(sums: Sums, field: Counted, value: number): void {
  if (value !== 0) sums[field] = (sums[field] ?? 0) + value;
}

function added(many: readonly Sums[]): LedgerSums {
  const total = zero();
  for (const sums of many) {
    for (const field of Object.keys(sums) as Counted[]) total[field] += sums[field] ?? 0;
  }
  return {
    ...total,
    hitRate: total.input === 0 ? 0 : total.cachedInput / total.input,
    usd: total.usd / nanoPerUsd,
    savedUsd: total.savedUsd / nanoPerUsd,
    unknownUsd: total.unknownUsd / nanoPerUsd,
  };
}

function zero(): { [field in Counted]: number } {
  return {
    calls: 0,
    input: 0,
    output: 0,
    cachedInput: 0,
    cacheWrite: 0,
    reasoning: 0,
    usd: 0,
    savedUsd: 0,
    unpriced: 0,
    unknown: 0,
    unknownTokens: 0,
    unknownUsd: 0,
  };
}
