import { describe, expect, it } from "vitest";
import { arriving } from "../../../../src/kernel/rows/arriving.ts";
import { inLanes } from "../../../../src/kernel/rows/lanes.ts";
import { eachRow, type RowResult } from "../../../../src/kernel/rows/rows.ts";
import { type ErrorCode, TinyTroupeError } from "../../../../src/kernel/values/errors.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, place) => place);
const failure = (code: ErrorCode): TinyTroupeError =>
  new TinyTroupeError(code, `It is ${code}.`, { data: {} as never, hint: "Try." });
const byName = { key: (item: string | number) => String(item) };

/** Work that ends when it is told to, by item. */
function gates<In>() {
  const open = new Map<In, PromiseWithResolvers<string>>();
  const begun: In[] = [];
  const gateOf = (item: In): PromiseWithResolvers<string> => {
    const gate = open.get(item) ?? Promise.withResolvers<string>();
    open.set(item, gate);
    return gate;
  };
  const work = (item: In): Promise<string> => {
    begun.push(item);
    return gateOf(item).promise;
  };
  return { begun, work, gateOf };
}

const settled = (): Promise<void> => new Promise((resume) => setImmediate(() => setImmediate(resume)));

describe("inLanes", () => {
  it("begins in order, so many at once, and keeps the order of the items whoever is faster", async () => {
    const { begun, work, gateOf } = gates<number>();
    const results = inLanes(numbers(5), work, 2);
    await settled();
    expect(begun).toEqual([0, 1]);
    gateOf(1).resolve("one");
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    for (const item of [4, 3, 2, 0]) gateOf(item).resolve(`item ${item}`);
    expect(await results).toEqual(["item 0", "one", "item 2", "item 3", "item 4"]);
  });

  it("lets what was begun leave before the rest is put together", async () => {
    const heard: number[] = [];
    let left = 0;
    await inLanes(
      numbers(20),
      async () => {
        heard.push(left);
        await new Promise<void>((resume) => setImmediate(() => resume(void left++)));
      },
      20,
    );
    expect(heard.slice(0, 8)).toEqual(numbers(8).map(() => 0));
    expect(heard.at(-1)).toBeGreaterThanOrEqual(8);
  });

  it("begins nobody after a throw, and throws once those who were begun are home", async () => {
    const { begun, work, gateOf } = gates<number>();
    let isHome = false;
    const results = inLanes(numbers(9), work, 3).finally(() => {
      isHome = true;
    });
    results.catch(() => undefined);
    await settled();
    gateOf(1).reject(failure("BUDGET_EXCEEDED"));
    await settled();
    expect([begun, isHome]).toEqual([[0, 1, 2], false]);
    gateOf(0).reject(failure("MODEL_EMPTY"));
    gateOf(2).resolve("two");
    await expect(results).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(begun).toEqual([0, 1, 2]);
  });

  it("has nothing to do for nobody", async () => {
    expect(await inLanes([], async () => 1, 0)).toEqual([]);
  });
});

describe("eachRow", () => {
  const sometimes = (bad: Record<string, unknown>) => async (name: string) => {
    if (Object.hasOwn(bad, name)) throw bad[name];
    return name.toUpperCase();
  };

  it("keeps an error of one row as that row's result, and tells of each row as it comes home", async () => {
    const told: [RowResult<string>, number][] = [];
    const rows = await eachRow(["ann", "bob", "cleo"], sometimes({ bob: failure("MODEL_REFUSED") }), {
      ...byName,
      onRow: (row, place) => told.push([row, place]),
    });
    const bob = {
      key: "bob",
      error: { code: "MODEL_REFUSED", message: "It is MODEL_REFUSED.", hint: "Try.", data: {} },
    };
    expect(rows).toEqual([{ key: "ann", value: "ANN" }, bob, { key: "cleo", value: "CLEO" }]);
    expect(told.toSorted(([, one], [, other]) => one - other).map(([row]) => row)).toEqual(rows);
  });

  it.each([
    ...(["ABORTED", "BUDGET_EXCEEDED", "CLOSED", "STORE_FAILED", "KEY_MISSING", "APPROVAL_NEEDED"] as const).map(
      failure,
    ),
    new DOMException("It was left.", "AbortError"),
    new TypeError("x is not a function"),
  ])("throws what concerns all: %s", async (error) => {
    await expect(eachRow(["ann", "bob"], sometimes({ bob: error }), byName)).rejects.toBe(error);
  });

  it("throws what all met, and says so", async () => {
    const bad = { ann: failure("MODEL_EMPTY"), bob: failure("MODEL_REFUSED") };
    const work = eachRow(["ann", "bob"], sometimes(bad), byName);
    await expect(work).rejects.toMatchObject({
      code: "MODEL_EMPTY",
      message: expect.stringContaining("None of the 2"),
    });
    expect(await eachRow([], sometimes(bad), byName)).toEqual([]);
  });

  it("waits for who is told of a row, and stops at what they throw", async () => {
    const { begun, work, gateOf } = gates<string>();
    gateOf("ann").resolve("there");
    const rows = eachRow(["ann", "bob"], work, {
      ...byName,
      concurrency: 1,
      onRow: async () => {
        await settled();
        throw failure("STORE_FAILED");
      },
    });
    await expect(rows).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(begun).toEqual(["ann"]);
  });

  it("begins no row once its signal is aborted", async () => {
    const stopping = new AbortController();
    const { begun, work, gateOf } = gates<string>();
    const rows = eachRow(["ann", "bob"], work, { ...byName, concurrency: 1, signal: stopping.signal });
    rows.catch(() => undefined);
    await settled();
    stopping.abort();
    gateOf("ann").resolve("there");
    await expect(rows).rejects.toMatchObject({ code: "ABORTED" });
    expect(begun).toEqual(["ann"]);
  });

  it("refuses rows that cannot be told apart, and a concurrency that is none", async () => {
    const twins = eachRow(["ann", "ann"], sometimes({}), byName);
    await expect(twins).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "key", value: "ann" } });
    for (const concurrency of [0, -1, 1.5, Number.NaN]) {
      const rows = eachRow(["ann"], sometimes({}), { ...byName, concurrency });
      await expect(rows).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "concurrency" } });
    }
  });
});

describe("arriving", () => {
  it("hands over in the order of arrival, while the work goes on", async () => {
    const { work, gateOf } = gates<string>();
    const rows = arriving<string>((give) =>
      eachRow(["ann", "bob"], work, { ...byName, onRow: ({ key }) => give(key) }),
    );
    gateOf("bob").resolve("there");
    expect(await rows.next()).toEqual({ done: false, value: "bob" });
    gateOf("ann").resolve("there");
    expect(await Array.fromAsync(rows)).toEqual(["ann"]);
  });

  it("throws what the work threw, after what came", async () => {
    const seen: number[] = [];
    const reading = async (): Promise<void> => {
      const rows = arriving<number>(async (give) => {
        give(1);
        throw failure("CLOSED");
      });
      for await (const one of rows) seen.push(one);
    };
    await expect(reading()).rejects.toMatchObject({ code: "CLOSED" });
    expect(seen).toEqual([1]);
  });

  it("tells the work that it was left, and waits for it", async () => {
    const told: string[] = [];
    const rows = arriving<number>(async (give, left) => {
      give(1);
      give(2);
      await new Promise((resume) => left.addEventListener("abort", resume));
      told.push("left");
      throw failure("ABORTED");
    });
    for await (const one of rows) {
      told.push(String(one));
      break;
    }
    expect(told).toEqual(["1", "left"]);
  });
});
