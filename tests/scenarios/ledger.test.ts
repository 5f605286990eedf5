import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LedgerRow } from "../../src/index.ts";
import { type AttemptRecord, readLedger } from "../../src/stores.ts";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import type { FakeProvider, Order } from "../support/fake-provider/server.ts";
import { exampleFile, type Project, study, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const room = () => study(exampleFile("03-brainstorming", "main.ts"));
const callsNeeded = 13;
const usageOf = (count: number) => ({ input: 1000 + count, cached: 300 + count, output: 50 + count, reasoning: count });

const attemptsOf = (run: string): Promise<AttemptRecord[]> =>
  project.withStore((store) => Array.fromAsync(store.listAttempts(run)));

/** What `runs cost` says: the document, or the text where no document is asked for. */
async function costOf(...flags: readonly string[]) {
  const ended = await commandHere(project, ["runs", "cost", ...flags]);
  expect(ended.code, ended.stderr).toBe(0);
  return flags.includes("--json") ? JSON.parse(ended.stdout) : ended.stdout;
}

/** What the journal says that a run cost. */
const paidFor = (run: string) => project.withStore(async (store) => (await readLedger(store, run)).ledger.paid);

describe("the ledger", () => {
  it("is the server's own log, failed attempts included, and served answers add nothing", async () => {
    const log = { calls: 0, input: 0, output: 0, cachedInput: 0, reasoning: 0, unknown: 0 };
    const faults = new Map<number, Order>([
      [1, { status: 500 }],
      [3, { text: "That is no JSON, sorry" }],
      [5, { reset: true }],
      [7, { status: 429, headers: { "retry-after-ms": "5" } }],
      [9, { reset: true }],
    ]);
    server.direct((_request, count) => {
      const fault = faults.get(count);
      log.calls += 1;
      if (fault !== undefined && "reset" in fault) log.unknown += 1;
      if (fault !== undefined && !("text" in fault)) return fault;
      const usage = usageOf(count);
      log.input += usage.input;
      log.output += usage.output;
      log.cachedInput += usage.cached;
      log.reasoning += usage.reasoning;
      return { ...fault, usage };
    });
    const on = { model: chatModel, variables: openaiAt(server.url) };
    const played = await project.play(await room(), on);
    expect(played.error).toBeUndefined();
    expect(log.calls).toBe(callsNeeded + faults.size);
    expect(await paidFor(played.run)).toMatchObject(log);
    const kept = await attemptsOf(played.run);
    expect(kept.flatMap(({ failure }) => failure ?? []).toSorted()).toEqual([
      "MODEL_MALFORMED",
      "MODEL_UNAVAILABLE",
      "MODEL_UNAVAILABLE",
      "MODEL_UNAVAILABLE",
      "MODEL_UNAVAILABLE",
    ]);
    expect(new Set(kept.map(({ step, purpose }) => `${purpose} ${step ?? "apart"}`))).toEqual(
      new Set(["act focus-group/1", "act focus-group/2", "act focus-group/3", "act focus-group/4", "extract apart"]),
    );
    await project.withStore(async (store) => {
      const calls = await Array.fromAsync(store.listCalls(played.run));
      expect(calls.every(({ step, purpose }) => (step === undefined) === (purpose === "extract"))).toBe(true);
    });

    const told = await costOf("--json", "--by", "outcome");
    expect(told).toMatchObject({ ok: true, command: "runs cost", simulated: true, run: played.run, total: log });
    expect(told.prices).toEqual([{ model: chatModel, price: { input: 0.15, output: 0.6, asOf: "2026-03" } }]);
    expect(told.total.usd).toBeCloseTo((log.input * 0.15 + log.output * 0.6) / 1e6, 9);
    expect(told.tables[0].rows.map(({ outcome, calls }: LedgerRow) => [outcome, calls])).toEqual([
      ["answered", callsNeeded],
      ["failed", faults.size],
    ]);

    const people = (await costOf("--json", "--by", "person")).tables[0].rows;
    expect(people.map(({ person }: LedgerRow) => person ?? "(nobody)").toSorted()).toEqual([
      "(nobody)",
      "person:lisa-brannigan",
      "person:marcos-benítez-ovelar",
      "person:oscar-ramsaran",
    ]);

    const again = await project.play(await room(), on);
    expect(again.run).toBe(played.run);
    expect(await attemptsOf(played.run)).toEqual(kept);
  });

  it("makes the wall one over all openings: what failed counts too", async () => {
    // Two failures, which count as calls; then four answers, and then nothing is answered any more.
    const { director, reached } = untilRequest(8, (_request, count) => {
      if (count < 2) return { status: 500 };
      return count < 6 ? { usage: usageOf(count) } : { hang: true };
    });
    server.direct(director);
    const file = exampleFile("03-brainstorming", "main.ts");
    const line = project.cli(["run", file, "--model", chatModel, "--concurrency", "3"], openaiAt(server.url));
    await reached;
    line.process.kill("SIGKILL");
    await line.ended;
    const [run] = await project.withStore((store) => store.listRuns());
    const kept = await attemptsOf(run?.id ?? "");
    const calls = await project.withStore((store) => Array.fromAsync(store.listCalls(run?.id ?? "")));
    expect(kept.length).toBeGreaterThanOrEqual(calls.length + 2);
    expect(kept.length).toBeLessThanOrEqual(6);

    const before = server.requests.length;
    server.direct((_request, count) => ({ usage: usageOf(count) }));
    const wall = kept.length + 3;
    const stopped = await project.play(await room(), {
      ...{ model: chatModel, variables: openaiAt(server.url), budget: { calls: wall } },
    });
    expect(stopped.run).toBe(run?.id);
    expect(stopped.error).toMatchObject({ code: "BUDGET_EXCEEDED", data: { spent: { calls: wall } } });
    expect(server.requests.length - before).toBe(3);
  });

  it.each([{ tokens: 30_000 }, { usd: 0.0125 }])(
    "keeps the most that an attempt of unknown cost can have cost, for the budget of the next opening: %j",
    async (budget) => {
      server.direct((_request, count) => (count === 1 ? { reset: true } : { usage: usageOf(count) }));
      const on = { model: chatModel, variables: openaiAt(server.url), concurrency: 1 };
      const stopped = await project.play(await room(), { ...on, budget });
      expect(stopped.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
      const paid = await paidFor(stopped.run);
      expect(paid.unknown).toBe(1);
      expect(paid.unknownTokens).toBeGreaterThan(8192);
      const shown = await commandHere(project, ["runs", "show"]);
      expect(shown.stdout).toMatch(/unknown +nobody knows what 1 of them used/);
      expect(shown.stdout).toMatch(/cost +\$0\.\d+ \+ unknown/);
      const told = JSON.parse((await commandHere(project, ["runs", "show", "--json"])).stdout);
      expect(told.usage).toMatchObject({ unknown: 1, unknownTokens: paid.unknownTokens });
      const before = server.requests.length;
      const again = await project.play(await room(), { ...on, budget });
      const tokens = paid.input + paid.output + paid.unknownTokens;
      const usd = expect.closeTo(paid.usd + paid.unknownUsd, 9);
      expect(again.error).toMatchObject({
        code: "BUDGET_EXCEEDED",
        data: { spent: { tokens, calls: paid.calls, usd } },
      });
      expect(server.requests.length).toBe(before);
    },
  );

  it("refuses a budget in dollars for a run that has asked a model of unknown price", async () => {
    const on = { model: chatModel, variables: openaiAt(server.url) };
    const judge = "openai/gpt-nobody-knows";
    await project.play(await room(), { ...on, judge });
    await expect(project.play(await room(), { ...on, budget: { usd: 1 } })).rejects.toMatchObject({
      ...{ code: "PRICE_UNKNOWN", data: { model: judge } },
    });
    const prices = { [judge]: { input: 1, output: 2 } };
    expect((await project.play(await room(), { ...on, budget: { usd: 1 }, prices })).error).toBeUndefined();
  });
});

describe("runs cost", () => {
  const play = async (model: string, prices = {}) =>
    project.play(await room(), { model, variables: openaiAt(server.url), ...prices });

  it("says what is not known, and counts nothing as free that is not", async () => {
    server.direct((_request, count) => ({ usage: usageOf(count) }));
    await play("openai/gpt-nobody-knows");
    const text = await costOf();
    expect(text).toMatch(/cost +unknown/);
    expect(text).toContain("openai/gpt-nobody-knows: unknown");
    expect(text).not.toContain("$0");
    const told = await costOf("--json");
    expect(told.total).toMatchObject({ usd: null, knownUsd: 0, unpriced: callsNeeded });
    expect(told.prices).toEqual([{ model: "openai/gpt-nobody-knows", price: null }]);
  });

  it("knows the prices that a run was given, and what the provider's cache saved", async () => {
    server.direct((_request, count) => ({ usage: usageOf(count) }));
    const prices = { "openai/gpt-nobody-knows": { input: 10, cachedInput: 1, output: 20 } };
    const played = await play("openai/gpt-nobody-knows", { prices, budget: { usd: 5 } });
    expect(played.error).toBeUndefined();
    const { total } = await costOf("--json");
    expect(total.savedUsd).toBeCloseTo((total.cachedInput * 9) / 1e6, 9);
    expect(total.usd).toBeCloseTo((total.input * 10 - total.cachedInput * 9 + total.output * 20) / 1e6, 9);
    const text = await costOf();
    expect(text.replace(/\s+/g, " ")).toContain("$10.00 in, $1.00 cached, $20.00 out a million tokens (your own)");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toMatch(
      /by person\nperson +calls +in +cached +out +cost\n─+\n(Lisa Brannigan|Oscar Ramsaran|Marcos \S+ \S+) /,
    );
    expect(text).toMatch(/focus-group\/1 +\d/);
    expect(text).toContain("(outside of steps)");
  });

  it("counts with the prices that the project settles", async () => {
    server.direct((_request, count) => ({ usage: usageOf(count) }));
    await play("openai/gpt-nobody-knows");
    await project.write(
      "tinytroupe.config.json",
      '{ "prices": { "openai/gpt-nobody-knows": { "input": 10, "output": 20 } } }',
    );
    const { total, prices } = await costOf("--json");
    expect(prices).toEqual([{ model: "openai/gpt-nobody-knows", price: { input: 10, output: 20 } }]);
    expect(total.usd).toBeCloseTo((total.input * 10 + total.output * 20) / 1e6, 9);
    const again = await play("openai/gpt-nobody-knows", { budget: { usd: 0.01 }, seed: 8 });
    expect(again.error).toMatchObject({ code: "BUDGET_EXCEEDED", data: { limit: { usd: 0.01 } } });
  });

  it.each([
    [{ "": { input: 1, output: 1 } }, "prices"],
    [{ "a/b": { input: -1, output: 1 } }, "prices.a/b.input"],
    [{ "a/b": { input: 1, output: Number.NaN } }, "prices.a/b.output"],
    [{ "a/b": { input: 1, output: 1, cached: 1 } }, "prices.a/b.cached"],
    [{ "a/b": { input: 1 } }, "prices.a/b.output"],
  ])("refuses prices that are none: %j", async (prices, option) => {
    await expect(play("builtin", { prices })).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option } });
  });
});
