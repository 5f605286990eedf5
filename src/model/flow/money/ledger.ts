import type { Listener } from "../../../kernel/contracts/events.ts";
import type { Layer, Purpose, Usage } from "../../../kernel/contracts/model.ts";
import { errorRecord } from "../../../kernel/values/errors.ts";
import { type Answer, around, type Call } from "../wrap.ts";
import { failedUsage } from "./billed.ts";
import { nanoPerUsd, nanoUsd, type Price, type PriceOf } from "./price.ts";

/** How a call came out: answered by the model now, failed, or served again without being paid again. */
export type Outcome = "answered" | "failed" | "replayed";

/** One finished attempt. */
export interface LedgerEntry {
  readonly scope: string;
  readonly purpose: Purpose;
  readonly model: string;
  readonly outcome: Outcome;
  /** Absent when nobody can know, as after a time-out. */
  readonly usage?: Usage;
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
  /** US dollars of the calls whose price is known. */
  readonly usd: number;
  /** US dollars that the provider's prompt cache saved (negative when writing cost more than reading saved). */
  readonly savedUsd: number;
  /** Calls with tokens but without a known price: `usd` leaves them out. */
  readonly unpriced: number;
  /** Calls whose tokens nobody can know: all sums leave them out. */
  readonly unknown: number;
}

/** What the rows of a ledger can be told apart by. */
export type LedgerField = "scope" | "person" | "purpose" | "model" | "outcome";
/** Sums of the ledger under the fields that they were asked by. */
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

type Counted = { -readonly [field in keyof LedgerSums]: number };
interface Cell {
  readonly key: { readonly [field in LedgerField]: string };
  readonly sums: Counted;
}

/**
 * A ledger that keeps one row for each scope, purpose, model and outcome, whatever the number of calls.
 * @example
 * const ledger = createLedger();
 * ledger.record({ scope: "person:lisa", purpose: "act", model: "a/b", outcome: "answered", usage: { input: 9, output: 1 } });
 * ledger.by("person")[0]?.input; // => 9
 */
export function createLedger(): Ledger {
  const cells = new Map<string, Cell>();
  const sumOf = (wanted: (cell: Cell) => boolean) => added([...cells.values()].filter(wanted).map((cell) => cell.sums));
  return {
    record: (entry) => {
      const { scope, purpose, model, outcome } = entry;
      const name = JSON.stringify([scope, purpose, model, outcome]);
      const cell = cells.get(name) ?? {
        key: { scope, person: personOf(scope), purpose, model, outcome },
        sums: zero(),
      };
      cells.set(name, cell);
      count(cell.sums, entry);
    },
    by: (...fields) => {
      const groups = Map.groupBy(cells.values(), (cell) => JSON.stringify(fields.map((field) => cell.key[field])));
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

export interface LedgerOptions {
  readonly watch?: Listener;
  readonly priceOf?: PriceOf;
}

/** Writes every attempt that reaches the model into the ledger and shows it to those who watch. Goes inside of retry. */
export function withLedger(ledger: Ledger, { watch, priceOf }: LedgerOptions = {}): Layer {
  return (model) =>
    around(model, async (call, ask) => {
      const price = priceOf?.(call.model);
      watch?.({ type: "call-started", scope: call.scope, model: call.model });
      try {
        const answer = await ask();
        enter({ ledger, call, price }, answer.usage, outcomeOf(answer));
        watch?.(finished(call, answer, price));
        return answer;
      } catch (error) {
        enter({ ledger, call, price }, failedUsage(error), "failed");
        watch?.({ type: "call-failed", scope: call.scope, model: call.model, error: errorRecord(error) });
        throw error;
      }
    });
}

/** Counts, apart, the calls that a replay inside of it served; goes outside of replay. */
export function withReplayLedger(ledger: Ledger, { watch, priceOf }: LedgerOptions = {}): Layer {
  return (model) =>
    around(model, async (call, ask) => {
      const answer = await ask();
      if (outcomeOf(answer) !== "replayed") return answer;
      const price = priceOf?.(call.model);
      watch?.({ type: "call-started", scope: call.scope, model: call.model });
      enter({ ledger, call, price }, answer.usage, "replayed");
      watch?.(finished(call, answer, price));
      return answer;
    });
}

function enter(
  { ledger, call, price }: { ledger: Ledger; call: Call; price: Price | undefined },
  usage: Usage | undefined,
  outcome: Outcome,
): void {
  const { scope, purpose, model } = call;
  ledger.record({ scope, purpose, model, outcome, ...(usage && { usage }), ...(price && { price }) });
}

function finished(call: Call, { usage, origin = "model" }: Answer, price: Price | undefined) {
  const usd = price === undefined ? {} : { usd: nanoUsd(usage, price) / nanoPerUsd };
  return { type: "call-finished", scope: call.scope, model: call.model, usage, origin, ...usd } as const;
}

function outcomeOf({ origin = "model" }: Answer): Outcome {
  return origin === "model" ? "answered" : "replayed";
}

/** The person in a scope such as `world:room/person:lisa/recall`; of a scope without one, all of it. */
function personOf(scope: string): string {
  return scope.split("/").find((part) => part.startsWith("person:")) ?? scope;
}

function keyOf(group: readonly Cell[], fields: readonly LedgerField[]): { [field in LedgerField]?: string } {
  const [first] = group;
  return Object.fromEntries(fields.map((field) => [field, first?.key[field]]));
}

function count(sums: Counted, { usage, price }: LedgerEntry): void {
  sums.calls += 1;
  if (usage === undefined) {
    sums.unknown += 1;
    return;
  }
  for (const field of ["input", "output", "cachedInput", "cacheWrite", "reasoning"] as const)
    sums[field] += usage[field] ?? 0;
  if (price === undefined) {
    if (usage.input + usage.output > 0) sums.unpriced += 1;
    return;
  }
  const cost = nanoUsd(usage, price);
  sums.usd += cost / nanoPerUsd;
  sums.savedUsd += (nanoUsd({ input: usage.input, output: usage.output }, price) - cost) / nanoPerUsd;
}

function added(many: readonly LedgerSums[]): LedgerSums {
  const total = zero();
  for (const sums of many) {
    for (const field of Object.keys(total) as (keyof Counted)[]) total[field] += sums[field];
  }
  return total;
}

function zero(): Counted {
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
  };
}
