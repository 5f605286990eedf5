import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineStudy, estimate, type SimulationEvent } from "../../src/index.ts";
import type { Embedder } from "../../src/models.ts";
import { commandHere } from "../support/command-here.ts";
import type { FakeProvider, FakeRequest } from "../support/fake-provider/server.ts";
import { type PlayOptions, type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const embedder = "openai/text-embedding-3-small";
let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const embeds = ({ path }: FakeRequest): boolean => path.includes("/embeddings");
const asked = (): FakeRequest[] => server.requests.filter(embeds);
const textsAsked = (): string[] => asked().flatMap(({ body }) => body.input as string[]);

/** Somebody who remembers, and is asked about it. */
const remembering = defineStudy({
  name: "remembering",
  run: async (simulation) => {
    const lisa = await simulation.person("lisa");
    for (const fact of ["Oscar is allergic to hazelnuts.", "The fair is in June."]) await lisa.memory.remember(fact);
    await lisa.listenAndAct("Who was it that is allergic?");
    await lisa.listenAndAct("And when is the fair?");
  },
});

const on = (more: PlayOptions = {}): PlayOptions => ({
  ...{ model: chatModel, embedder, variables: openaiAt(server.url) },
  ...more,
});

const rowsOf = (run: string) =>
  project.withStore(async (store) => {
    const attempts = await Array.fromAsync(store.listAttempts(run));
    return attempts.filter(({ purpose }) => purpose === "embed");
  });

const costOf = async (...flags: readonly string[]) =>
  JSON.parse((await commandHere(project, ["runs", "cost", "--json", ...flags])).stdout);

describe("a provider's embedder", () => {
  it("is counted by what the provider says, shown to those who watch, and stands in what a run cost", async () => {
    const played = await project.play(remembering, on());
    expect(played.error).toBeUndefined();
    expect(asked().length).toBeGreaterThanOrEqual(2);
    const rows = await rowsOf(played.run);
    expect(rows).toEqual(
      asked().map(() => ({
        ...{ scope: "embeddings", purpose: "embed", model: embedder, usage: { input: 3, output: 0 } },
        at: expect.any(String),
      })),
    );
    const live = played.shown.filter(
      (event): event is SimulationEvent & { type: "call-finished" } =>
        event.type === "call-finished" && event.model === embedder,
    );
    expect(live).toHaveLength(rows.length);
    expect(live[0]?.usd).toBeCloseTo((3 * 0.02) / 1e6, 9);
    const told = await costOf("--by", "purpose");
    const row = told.tables[0].rows.find(({ purpose }: { purpose: string }) => purpose === "embed");
    expect(row).toMatchObject({ calls: rows.length, input: 3 * rows.length, output: 0 });
    expect(told.prices).toContainEqual({ model: embedder, price: { input: 0.02, output: 0, asOf: "2026-05" } });
    expect(told.total.calls).toBe(server.requests.length);
  });

  it("asks for nothing again when the run is opened again, and what it cost before still counts", async () => {
    const first = await project.play(remembering, on());
    const before = server.requests.length;
    const again = await project.play(remembering, on({ budget: { calls: before } }));
    expect(again.error).toBeUndefined();
    expect(server.requests.length).toBe(before);
    const more = defineStudy({
      ...{ name: "remembering" },
      run: async (simulation) => {
        await remembering.run(simulation);
        await (await simulation.people[0])?.listenAndAct("Where is the fair?");
      },
    });
    const walled = await project.play(more, on({ budget: { calls: before } }));
    expect(walled.error).toMatchObject({ code: "BUDGET_EXCEEDED", data: { spent: { calls: before } } });
    expect(walled.run).toBe(first.run);
    expect(server.requests.length).toBe(before);
  });

  it("is held by the budget: the run ends there, and goes on with more", async () => {
    const walled = await project.play(remembering, on({ budget: { calls: 0 } }));
    expect(walled.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(server.requests).toEqual([]);
    const dear = await project.play(remembering, on({ budget: { usd: 1e-9 } }));
    expect(dear.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
    const alone = { [chatModel]: { input: 0, output: 0 }, [embedder]: { input: 1, output: 0 } };
    const vectors = await project.play(remembering, on({ budget: { usd: 1e-9 }, prices: alone }));
    expect(vectors.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(server.requests).toEqual([]);
    expect((await project.play(remembering, on())).error).toBeUndefined();
    expect(asked().length).toBeGreaterThanOrEqual(2);
  });

  it("is asked by programs side by side, in its own batches, each text once; a failure is thrown, and costs nothing twice", async () => {
    const texts = Array.from({ length: 450 }, (_, at) => `The ${at}th answer.`);
    const embedding = defineStudy({
      ...{ name: "embedding" },
      run: async (simulation) => {
        const { vectors, ...said } = await simulation.embed(texts);
        return { ...said, vectors: vectors.length };
      },
    });
    const third = ({ body }: FakeRequest): boolean => (body.input as string[]).includes(texts[250] as string);
    server.direct((request) => (third(request) ? { status: 401 } : undefined));
    const failed = await project.play(embedding, on());
    expect(failed.error).toMatchObject({ code: "MODEL_REJECTED", hint: expect.any(String) });
    const before = asked().length;
    server.direct(() => undefined);
    const again = await project.play(embedding, on());
    expect(again.result).toEqual({ embedder, compares: "meaning", vectors: 450 });
    expect(asked().length).toBe(before + 1);
    expect(new Set(textsAsked())).toEqual(new Set(texts));
    expect(await rowsOf(again.run)).toHaveLength(asked().length);
  });

  it("has a price that is known before the run begins, where money is limited", async () => {
    const unpriced = on({ embedder: "openai/text-embedding-none", budget: { usd: 1 } });
    await expect(project.play(remembering, unpriced)).rejects.toMatchObject({
      code: "PRICE_UNKNOWN",
      data: { model: "openai/text-embedding-none" },
    });
    expect(server.requests).toEqual([]);
    const prices = { "openai/text-embedding-none": { input: 1, output: 0 } };
    expect((await project.play(remembering, { ...unpriced, prices })).error).toBeUndefined();
  });

  it("is tried again, each attempt counted, and has a place among the requests at once", async () => {
    let refused = 0;
    server.direct((request) =>
      embeds(request) && refused++ < 2 ? { status: 429, headers: { "retry-after-ms": "1" } } : undefined,
    );
    const limits = { models: { [embedder]: { requestsPerMinute: 1000 } } };
    const played = await project.play(remembering, on({ limits }));
    expect(played.shown.filter(({ type }) => type === "warning")).toEqual([]);
    const rows = await rowsOf(played.run);
    const failures = rows.map(({ failure }) => failure);
    expect(failures.slice(0, 3)).toEqual(["MODEL_UNAVAILABLE", "MODEL_UNAVAILABLE", undefined]);
    expect(rows).toHaveLength(asked().length);
  });

  it("whose server counts nothing is counted by the most that it can have used", async () => {
    const mine: Embedder = {
      ...{ id: "test/mine", dimensions: 2, billed: true },
      embed: async (texts) => texts.map(() => Float32Array.of(1, 0)),
    };
    const { run } = await project.play(remembering, on({ embedder: mine }));
    const rows = await rowsOf(run);
    expect(rows.length).toBeGreaterThanOrEqual(2);
    for (const { usage, atMost } of rows)
      expect([usage, atMost?.input ?? 0 > 100]).toEqual([undefined, expect.anything()]);
  });

  it("is part of a dry run, which asks nobody, once for each text that has no vector yet", async () => {
    const environment = project.environment(openaiAt(server.url));
    const options = { model: chatModel, embedder, environment };
    const found = await estimate(remembering, options);
    expect(server.requests).toEqual([]);
    const row = found.high.by("purpose").find(({ purpose }) => purpose === "embed");
    expect(found.prices.get(embedder)?.input).toBe(0.02);
    expect(row?.usd).toBeGreaterThan(0);
    await project.play(remembering, on());
    expect(row?.calls).toBe(asked().length);
    const words = textsAsked().join(" ").length;
    expect(row?.input).toBeGreaterThan(words / 6);
    expect(row?.input).toBeLessThan(words / 2);
    const begun = await estimate(remembering, options);
    expect(begun.calls).toBe(0);
    const free = await estimate(remembering, { model: chatModel, embedder: "lexical", environment });
    expect(free.high.by("purpose").map(({ purpose }) => purpose)).not.toContain("embed");
  });
});
