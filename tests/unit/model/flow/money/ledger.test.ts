import { describe, expect, it } from "vitest";
import type { SimulationEvent } from "../../../../../src/kernel/contracts/events.ts";
import type { Layer } from "../../../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../../../src/kernel/values/errors.ts";
import {
  createLedger,
  type LedgerEntry,
  withLedger,
  withReplayLedger,
} from "../../../../../src/model/flow/money/ledger.ts";
import { around, wrap } from "../../../../../src/model/flow/wrap.ts";
import { scriptedModel } from "../../../../support/scripted-model.ts";
import { request, unavailable } from "../fixture.ts";

const price = { input: 2, output: 10, cachedInput: 0.2, cacheWrite: 2.5 };
const priceOf = (model: string) => (model === "test/scripted" ? price : undefined);
const said = { said: "x" };
const fromJournal: Layer = (model) =>
  around(model, async (_call, ask) => ({ ...(await ask()), origin: "journal" as const }));

describe("ledger", () => {
  it("adds up by person, purpose, model and outcome, failed attempts with the tokens that they cost", async () => {
    const ledger = createLedger();
    const refused = new TinyTroupeError("MODEL_REFUSED", "No.", {
      data: { model: "test/scripted", text: "" },
      hint: "",
      usage: { input: 50, output: 1 },
    });
    const late = new TinyTroupeError("MODEL_TIMEOUT", "Late.", { data: { model: "x", afterMs: 1 }, hint: "" });
    const script = [said, said, refused, unavailable(429), late, said];
    const usage = { input: 100, output: 20, cachedInput: 80, reasoning: 5 };
    const model = wrap(scriptedModel(script, { usage }), withLedger(ledger, { priceOf }));
    const scopes = ["person:lisa", "person:lisa/recall", "person:lisa", "person:lisa", "person:lisa", "world:room"];
    for (const scope of scopes) {
      await model.generate(request({ scope, purpose: scope.startsWith("world") ? "extract" : "act" })).catch(() => 0);
    }
    expect(ledger.by("person", "outcome")).toMatchObject([
      { person: "person:lisa", outcome: "answered", calls: 2, input: 200, output: 40, cachedInput: 160, reasoning: 10 },
      { person: "person:lisa", outcome: "failed", calls: 3, input: 50, output: 1, unknown: 1 },
      { outcome: "answered", calls: 1 },
    ]);
    expect(ledger.by("purpose").map(({ purpose, calls }) => [purpose, calls])).toEqual([
      ["act", 5],
      ["extract", 1],
    ]);
    const answered = (20 * 2 + 80 * 0.2 + 20 * 10) / 1e6;
    expect(ledger.paid).toMatchObject({ calls: 6, input: 350, unknown: 1, unpriced: 0 });
    expect(ledger.paid.usd).toBeCloseTo(3 * answered + (50 * 2 + 1 * 10) / 1e6, 12);
    expect(ledger.paid.hitRate).toBeCloseTo(240 / 350, 12);
    expect(ledger.paid.savedUsd).toBeCloseTo((3 * 80 * 1.8) / 1e6, 12);
  });

  it("counts an answer once, though whoever watches fails at it", async () => {
    const ledger = createLedger();
    const watch = ({ type }: { readonly type: string }) => {
      if (type === "call-finished") throw new Error("The screen is gone.");
    };
    const model = wrap(scriptedModel([said]), withLedger(ledger, { priceOf, watch }));
    await expect(model.generate(request())).rejects.toThrow("screen");
    expect([ledger.paid.calls, ledger.paid.unknown]).toEqual([1, 0]);
  });

  it("counts replayed calls apart, each once", async () => {
    const ledger = createLedger();
    const paid = wrap(scriptedModel([said]), withLedger(ledger, { priceOf }), withReplayLedger(ledger, priceOf));
    const served = wrap(scriptedModel([said]), fromJournal, withReplayLedger(ledger, priceOf));
    await paid.generate(request());
    await served.generate(request());
    expect([ledger.paid.calls, ledger.replayed.calls]).toEqual([1, 1]);
    expect([ledger.paid.input, ledger.replayed.input]).toEqual([100, 100]);
    expect([ledger.paid.usd, ledger.replayed.usd]).toEqual([0.0004, 0.0004]);
  });

  it("says which calls it has no price for instead of counting them as free", async () => {
    const ledger = createLedger();
    await wrap(scriptedModel([said], { id: "new/model" }), withLedger(ledger, { priceOf })).generate(request());
    expect(ledger.paid).toMatchObject({ calls: 1, usd: 0, unpriced: 1 });
    const late = new TinyTroupeError("MODEL_TIMEOUT", "Late.", { data: { model: "x", afterMs: 1 }, hint: "" });
    const lost = createLedger();
    const model = wrap(scriptedModel([late], { id: "new/model" }), withLedger(lost, { priceOf }));
    await model.generate(request()).catch(() => 0);
    expect(lost.paid).toMatchObject({ calls: 1, usd: 0, unpriced: 1, unknown: 1 });
  });

  it("shows no dollars for an answer that its server did not count, unless they are none", async () => {
    const events: SimulationEvent[] = [];
    for (const price of [
      { input: 2, output: 10 },
      { input: 0, output: 0 },
    ]) {
      const options = { priceOf: () => price, watch: (event: SimulationEvent) => void events.push(event) };
      const silent = scriptedModel([said], { usage: { input: 0, output: 0 } });
      await wrap(silent, withLedger(createLedger(), options)).generate(request());
    }
    const [dear, free] = events.filter(({ type }) => type === "call-finished");
    expect(dear).not.toHaveProperty("usd");
    expect(free).toMatchObject({ usd: 0 });
  });

  it("tells those who watch how each attempt went", async () => {
    const events: SimulationEvent[] = [];
    const options = { watch: (event: SimulationEvent) => void events.push(event) };
    const refused = new TinyTroupeError("MODEL_REFUSED", "No.", {
      data: { model: "test/scripted", text: "" },
      hint: "",
      usage: { input: 50, output: 1 },
    });
    const model = wrap(scriptedModel([unavailable(500), said, refused]), withLedger(createLedger(), options));
    await expect(model.generate(request())).rejects.toThrow();
    await model.generate(request());
    await expect(wrap(model).generate(request())).rejects.toBe(refused);
    const priced = wrap(scriptedModel([refused]), withLedger(createLedger(), { ...options, priceOf }));
    await expect(priced.generate(request())).rejects.toBe(refused);
    expect(events).toMatchObject([
      { type: "call-started", scope: "person:lisa", model: "test/scripted" },
      { type: "call-failed", error: { code: "MODEL_UNAVAILABLE" } },
      { type: "call-started" },
      { type: "call-finished", usage: { input: 100, output: 20 }, origin: "model" },
      { type: "call-started" },
      { type: "call-failed", error: { code: "MODEL_REFUSED" }, usage: { input: 50, output: 1 } },
      { type: "call-started" },
      { type: "call-failed", usage: { input: 50, output: 1 }, usd: (50 * 2 + 10) / 1e6 },
    ]);
    for (const place of [3, 5]) expect(events[place]).not.toHaveProperty("usd");
  });

  it("tells the steps of worlds apart, and what was asked outside of them", async () => {
    const ledger = createLedger();
    const model = wrap(scriptedModel([said, said, said]), withLedger(ledger));
    for (const step of [{ step: "room/1" }, {}, { step: "room/1" }]) await model.generate(request(step));
    expect(ledger.by("step").map((row) => [row.step, row.calls])).toEqual([
      ["room/1", 2],
      [undefined, 1],
    ]);
    await wrap(scriptedModel([said]), withLedger(ledger)).generate(request({ step: "room/12" }));
    expect(ledger.by("world").map((row) => [row.world, row.calls])).toEqual([
      ["room", 3],
      [undefined, 1],
    ]);
  });

  it("says how much what nobody can know can have been at most", async () => {
    const kept: LedgerEntry[] = [];
    const ledger = createLedger({ keep: (entry) => kept.push(entry) });
    const late = new TinyTroupeError("MODEL_TIMEOUT", "Late.", { data: { model: "x", afterMs: 1 }, hint: "" });
    const silent = scriptedModel([late, said], { usage: { input: 0, output: 0 } });
    const model = wrap(silent, withLedger(ledger, { priceOf }));
    await model.generate(request({ maxOutputTokens: 700 })).catch(() => 0);
    await model.generate(request({ maxOutputTokens: 700 }));
    expect(kept).toMatchObject([
      { outcome: "failed", failure: "MODEL_TIMEOUT", atMost: { output: 700 } },
      { outcome: "answered", atMost: { output: 700 } },
    ]);
    const [lost, uncounted] = kept.map(({ atMost }) => atMost) as { input: number; output: number }[];
    expect(lost?.input).toBeGreaterThan(256);
    const inputs = (lost?.input ?? 0) + (uncounted?.input ?? 0);
    expect(ledger.paid).toMatchObject({ calls: 2, unknown: 2, input: 0, usd: 0, unknownTokens: inputs + 1_400 });
    expect(ledger.paid.unknownUsd).toBeCloseTo((inputs * 2.5 + 1_400 * 10) / 1e6, 12);
  });

  it("hands on every attempt to be kept, and no replayed call", async () => {
    const kept: LedgerEntry[] = [];
    const ledger = createLedger({ keep: (entry) => kept.push(entry) });
    const paid = wrap(scriptedModel([unavailable(500), said]), withLedger(ledger));
    await paid.generate(request()).catch(() => 0);
    await paid.generate(request({ step: "room/2" }));
    await wrap(scriptedModel([said]), fromJournal, withReplayLedger(ledger)).generate(request());
    const asked = { scope: "person:lisa", purpose: "act", model: "test/scripted" };
    expect(kept).toEqual([
      { ...asked, outcome: "failed", failure: "MODEL_UNAVAILABLE", usage: { input: 0, output: 0 } },
      { ...asked, step: "room/2", outcome: "answered", usage: { input: 100, output: 20 } },
    ]);
  });

  it("keeps names of any kind apart", () => {
    const ledger = createLedger();
    for (const scope of ["__proto__", "constructor", 'a","b', "a"]) {
      ledger.record({ scope, purpose: "act", model: "m/m", outcome: "answered", usage: { input: 1, output: 0 } });
    }
    expect(ledger.by("scope").map((row) => [row.scope, row.input])).toEqual([
      ["__proto__", 1],
      ["constructor", 1],
      ['a","b', 1],
      ["a", 1],
    ]);
  });
});
