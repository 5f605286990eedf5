import { concernsAllRows, type ErrorRecord, errorRecord, metByAll, TinyTroupeError } from "../values/errors.ts";
import { inLanes } from "./lanes.ts";

/** What came of one row of work: a value, or why there is none. */
export type RowResult<T> =
  | { readonly key: string; readonly value: T }
  | { readonly key: string; readonly error: ErrorRecord };

/** How rows are worked through. */
export interface RowsOptions<In, Out> {
  /** The row's own name: where its work has a place in the run by it, what was paid for is found again, whatever stands before it. */
  readonly key: (item: In, place: number) => string;
  /** Rows at work at the same time: a whole number from 1. Default 16. */
  readonly concurrency?: number;
  /** Once it is aborted, no row is begun, and ABORTED is thrown. */
  readonly signal?: AbortSignal;
  /** Told of each row when it comes home, and waited for before its place is taken by the next. */
  readonly onRow?: (row: RowResult<Out>, place: number) => unknown;
  /** Whether an error is that row's own. Default: all but a stop, no money, no key, no store and a fault in the program. */
  readonly isOwn?: (error: unknown) => boolean;
  /** Errors stay with their rows even where nothing came of any of them. */
  readonly toleratesAll?: boolean;
}

/**
 * Works through rows, so many at once, begun in batches and in their order; the results stand in it, too. An error of one
 * row is that row's result. What concerns all is thrown once those who were begun are home, and so is what all met where
 * nothing came of any of them. Throws OPTION_INVALID for a concurrency that is none and for two rows of one key.
 * @example
 * const rows = await eachRow(["ann", "bob"], async (name) => name.length, { key: (name) => name });
 * rows[1]; // => { key: "bob", value: 3 }
 */
export async function eachRow<In, Out>(
  items: readonly In[],
  work: (item: In, key: string) => Promise<Out>,
  options: RowsOptions<In, Out>,
): Promise<readonly RowResult<Out>[]> {
  const { key: keyOf, concurrency = 16, signal, onRow, isOwn = (error) => !concernsAllRows(error) } = options;
  const { toleratesAll = false } = options;
  const keys = keysOf(items.map(keyOf));
  const errors: unknown[] = [];
  const result = async (item: In, key: string): Promise<RowResult<Out>> => {
    try {
      return { key, value: await work(item, key) };
    } catch (error) {
      if (!isOwn(error)) throw error;
      errors.push(error);
      return { key, error: errorRecord(error) };
    }
  };
  const rows = await inLanes(
    items,
    async (item, place) => {
      if (signal?.aborted) throw aborted();
      const row = await result(item, keys[place] as string);
      await onRow?.(row, place);
      return row;
    },
    checkedConcurrency(concurrency),
  );
  if (!toleratesAll && errors.length > 0 && errors.length === items.length) throw metByAll(errors);
  return rows;
}

function aborted(): TinyTroupeError<"ABORTED"> {
  return new TinyTroupeError("ABORTED", "The work was stopped before all of its rows were begun.", {
    data: {},
    hint: "Start it again to go on: what was paid for is kept.",
  });
}

function keysOf(keys: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const twin = keys.find((key) => seen.has(key) || !seen.add(key));
  if (twin === undefined) return keys;
  throw new TinyTroupeError("OPTION_INVALID", `Two rows are called '${twin}'.`, {
    data: { option: "key", value: twin },
    hint: "Give each row a key of its own: what came of it is found again by it.",
  });
}

function checkedConcurrency(concurrency: number): number {
  if (Number.isSafeInteger(concurrency) && concurrency > 0) return concurrency;
  throw new TinyTroupeError("OPTION_INVALID", `The option 'concurrency' is ${String(concurrency)}.`, {
    data: { option: "concurrency", value: concurrency },
    hint: "Give a whole number from 1.",
  });
}
