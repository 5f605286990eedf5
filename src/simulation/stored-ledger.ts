import type { AttemptRecord } from "../kernel/contracts/journal.ts";
import type { RunRecord, Store } from "../kernel/contracts/store.ts";
import type { RunId } from "../kernel/values/ids.ts";
import { priceList } from "../model/catalogue/price-of.ts";
import type { Ledger } from "../model/flow/money/ledger.ts";
import type { Price, PriceOf } from "../model/flow/money/price.ts";
import { knownRun } from "../store/story.ts";

/** Adds up attempts as they were kept. */
export async function ledgerOf(attempts: AsyncIterable<AttemptRecord>, priceOf: PriceOf): Promise<Ledger> {
  const { createLedger } = await import("../model/flow/money/ledger.ts");
  const ledger = createLedger();
  const prices = new Map<string, Price | undefined>();
  for await (const attempt of attempts) {
    const { model, failure } = attempt;
    if (!prices.has(model)) prices.set(model, priceOf(model));
    const price = prices.get(model);
    ledger.record({ ...attempt, outcome: failure === undefined ? "answered" : "failed", ...(price && { price }) });
  }
  return ledger;
}

/** What a run cost over all its openings, and the prices that this was counted with. */
export interface StoredLedger {
  readonly ledger: Ledger;
  /** By the id of each model that was asked; undefined where the price is not known. */
  readonly prices: ReadonlyMap<string, Price | undefined>;
}

/**
 * Reads what a run cost, from its store alone: with prices given here over those that the run was given, and those over
 * the known ones. Answers that were served again cost nothing and are no part of it.
 * @throws RUN_UNKNOWN
 * @example
 * const store = await openSqliteStore(".tinytroupe/troupe.db");
 * for (const { id } of await store.listRuns()) (await readLedger(store, id)).ledger.by("person", "step");
 * await store.close();
 */
export async function readLedger(
  store: Store,
  run: RunId,
  own: Readonly<Record<string, Price>> = {},
): Promise<StoredLedger> {
  const record = await knownRun(store, run);
  const priceOf = priceList({ ...(await pricesIn(record)), ...own });
  const ledger = await ledgerOf(store.listAttempts(run), priceOf);
  const models = ledger.by("model").flatMap(({ model }) => model ?? []);
  return { ledger, prices: new Map(models.map((model) => [model, priceOf(model)])) };
}

/** The prices of its own that a run was opened with, as it keeps them. */
export async function pricesIn({ details }: RunRecord): Promise<Readonly<Record<string, Price>>> {
  const kept = details?.["prices"];
  if (kept === undefined) return {};
  const { PriceTable } = await import("../model/flow/money/price.ts");
  return PriceTable.safeParse(kept).success ? (kept as Readonly<Record<string, Price>>) : {};
}
