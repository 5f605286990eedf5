import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineStudy, estimate, generatePopulation, noConfiguration, openSimulation } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import type { FakeProvider, FakeRequest } from "../support/fake-provider/server.ts";
import { exampleFile, type Project, study, tempProject } from "../support/project.ts";
import { castServer, chatModel, dialects, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const file = exampleFile("03-brainstorming", "main.ts");
const room = () => study(file);
const ended = (model: string, ...flags: readonly string[]) =>
  commandHere(project, ["run", file, "--dry-run", "--model", model, ...flags], openaiAt(server.url));
const dryRun = async (model: string, ...flags: readonly string[]) => {
  const { code, stderr, stdout } = await ended(model, ...flags);
  expect(code, stderr).toBe(0);
  return stdout;
};

/** The words of a request as OpenAI counts them: messages and schema. */
const tokensIn = ({ body, schema }: FakeRequest): number =>
  body.messages.reduce((sum: number, { content }: { content: string }) => sum + 4 + countTokens(content), 3) +
  countTokens(JSON.stringify(schema));

describe("--dry-run", () => {
  it("asks nobody and leaves nothing behind, whatever the provider", async () => {
    for (const [model, , variables] of dialects) {
      const environment = project.environment(variables(server.url));
      const found = await estimate(await room(), { model, environment });
      expect(found).toMatchObject({ model, served: 0 });
      expect(found.calls).toBeGreaterThan(5);
    }
    expect(JSON.parse(await dryRun(chatModel, "--json", "--budget", "$1"))).toMatchObject({ ok: true, dryRun: true });
    expect([server.requests.length, server.sockets]).toEqual([0, 0]);
    expect(await readdir(project.folder)).toEqual([]);
  });

  it("lets a study read again what it left among its results, and keeps none of it", async () => {
    const draws = [{ id: "0001", values: { age: 44 }, weight: 1 }];
    let folder = "";
    const made = defineStudy({
      name: "made",
      run: async (simulation) => {
        folder = join(simulation.resultsFolder, "people");
        await generatePopulation(simulation, draws, { folder, about: "Adults in Porto" });
        const [one] = await simulation.loadPeople([folder]);
        await one?.listenAndAct("Who are you?");
      },
    });
    const found = await estimate(made, { model: chatModel, environment: project.environment(openaiAt(server.url)) });
    expect(found.calls).toBe(2);
    expect([await readdir(project.folder), await readdir(folder).catch(({ code }) => code)]).toEqual([[], "ENOENT"]);
    expect(server.requests.length).toBe(0);
  });

  it("simulates effects, and a run does so only when told", async () => {
    const told: boolean[] = [];
    const looking = defineStudy({
      name: "effects",
      run: async ({ context }) => void told.push(context.simulating === true),
    });
    await estimate(looking, { model: "builtin", environment: project.environment({}) });
    for (const effects of [undefined, "simulate"] as const) {
      const options = { name: "effects", model: "builtin", environment: project.environment({}) };
      await using simulation = await openSimulation({ ...options, ...(effects && { effects }) });
      await looking.run(simulation);
    }
    expect(told).toEqual([true, false, true]);
  });

  it("wants a study, and says so", async () => {
    const plain = (async () => undefined) as never;
    await expect(estimate(plain)).rejects.toMatchObject({
      code: "OPTION_INVALID",
      data: { option: "study" },
      hint: expect.stringContaining("defineStudy"),
    });
  });

  it("waits for nothing that only the real model's provider wants", async () => {
    const environment = project.environment(openaiAt(server.url));
    const stop = new AbortController();
    const configuration = { ...noConfiguration, settings: { limits: { requestsPerMinute: 1 } } };
    const found = await estimate(await room(), {
      ...{ model: chatModel, environment, configuration, signal: stop.signal },
      onEvent: ({ type }) => type === "call-waiting" && stop.abort("It waits."),
    });
    expect(found.calls).toBeGreaterThan(5);
  });

  it("comes to the prompts that the real model then reads", async () => {
    const environment = project.environment(openaiAt(server.url));
    const found = await estimate(await room(), { model: chatModel, environment });
    await project.play(await room(), { model: chatModel, variables: openaiAt(server.url) });
    const read = server.requests.map(tokensIn);
    // The same study with other answers: another call or two, and prompts of the same kind.
    expect(Math.abs(found.calls - read.length)).toBeLessThanOrEqual(2);
    const mean = read.reduce((sum, tokens) => sum + tokens, 0) / read.length;
    expect(found.low.paid.input / found.calls / mean).toBeGreaterThan(0.75);
    expect(found.low.paid.input / found.calls / mean).toBeLessThan(1);
    expect(found.high.paid.input / found.calls / mean).toBeGreaterThan(1);
    expect(found.high.paid.input / found.calls / mean).toBeLessThan(1.35);
    const first = found.low.by("step").find(({ step }) => step === "focus-group/1");
    const begun = read.slice(0, first?.calls ?? 0).reduce((sum, tokens) => sum + tokens, 0);
    expect((first?.input ?? 0) / 0.88 / begun, "before any answer, the prompts are the same").toBeCloseTo(1, 1);
  });

  it("counts what the journal of this very run answers as free, and what was spent against the budget", async () => {
    const on = { model: chatModel, variables: openaiAt(server.url) };
    const whole = await estimate(await room(), { model: chatModel, environment: project.environment(on.variables) });
    await project.play(await room(), { ...on, budget: { calls: 5 } });
    const asked = server.requests.length;
    const before = await readFile(project.store);
    const options = { model: chatModel, environment: project.environment(on.variables), budget: { calls: 100 } };
    const rest = await estimate(await room(), options);
    expect(rest.served).toBe(5);
    expect(Math.abs(rest.calls + 5 - whole.calls)).toBeLessThanOrEqual(2);
    expect(rest.spent.paid.calls).toBe(5);
    expect(rest.budget).toMatchObject({ verdict: "holds", needed: { low: { calls: rest.calls + 5 } } });
    expect(rest.low.paid.input).toBeLessThan(whole.low.paid.input);
    const other = await estimate(await room(), { ...options, seed: 99 });
    expect(other).toMatchObject({ served: 0 });
    expect(server.requests.length).toBe(asked);
    expect(await readFile(project.store)).toEqual(before);
    expect((await stat(project.store)).isFile()).toBe(true);
    expect((await readdir(`${project.folder}/.tinytroupe`)).toSorted()).toEqual([".gitignore", "troupe.db"]);
  });

  it("leaves the journal of an earlier version as it is, and says what brings it up to date", async () => {
    await mkdir(dirname(project.store));
    const old = new DatabaseSync(project.store);
    old.exec(await readFile(new URL("../support/store-version-1.sql", import.meta.url), "utf8"));
    old.close();
    const before = await readFile(project.store);
    const environment = project.environment(openaiAt(server.url));
    const failure = { code: "STORE_FAILED", hint: expect.stringContaining("runs list") };
    await expect(estimate(await room(), { model: chatModel, environment })).rejects.toMatchObject(failure);
    expect(await readFile(project.store)).toEqual(before);
  });

  it("goes on with the run that --resume means, with its seed and its model", async () => {
    const on = { model: chatModel, variables: openaiAt(server.url) };
    const { run } = await project.play(await room(), { ...on, seed: 99, budget: { calls: 5 } });
    for (const words of [["--resume"], ["--resume", run.slice(0, -2)]]) {
      const args = ["run", file, "--dry-run", "--json", ...words];
      const told = JSON.parse((await commandHere(project, args, openaiAt(server.url))).stdout);
      expect(told).toMatchObject({ run, model: chatModel, served: 5, spent: { calls: 5 } });
      expect(told.reason).toContain(`from run ${run}`);
    }
    const none = await commandHere(project, ["run", file, "--dry-run", "--resume", "none"], openaiAt(server.url));
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("RUN_UNKNOWN")]);
  });

  it("says the price from low to high with its month, and whether the budget would hold", async () => {
    const { stdout: text, code } = await ended("openai/gpt-5-mini", "--budget", "$0.001");
    expect(code, "a budget that would not hold").toBe(3);
    expect(text).toMatch(/price +\$0\.\d+ – \$0\.\d+/);
    expect(text).toContain("(as of 2026-08)");
    expect(text).toMatch(/budget +\$0\.001 is short: the run will stop before its end/);
    expect(text).toMatch(/up to \d\d %\s+from the provider's cache/);
    expect(text).toMatch(/extract +1 /);
    expect(await dryRun("openai/gpt-5-mini", "--budget", "$50, 100 calls")).toMatch(/budget +100 calls, \$50 holds\n/);
    const told = JSON.parse(await dryRun("openai/gpt-5-mini", "--json"));
    expect(told.total.low.usd).toBeLessThan(told.total.high.usd);
    expect(told.total.calls).toBe(told.calls);
    expect(told.tables.map(({ by }: { by: string[] }) => by)).toEqual([["purpose"], ["person"]]);
  });

  it("does not know the price of a model that nobody knows, and calls nothing free", async () => {
    const { stdout: text, code } = await ended("openai/gpt-nobody-knows", "--budget", "$1");
    expect(code, "no budget in dollars holds without a price").toBe(3);
    expect(text).toMatch(/price +unknown/);
    expect(text).toMatch(/\$1 cannot hold in dollars/);
    expect(text).not.toMatch(/\$0(?!\.)/);
    const told = JSON.parse(await dryRun("openai/gpt-nobody-knows", "--json"));
    expect([told.total.low.usd, told.total.high.usd, told.prices[0].price]).toEqual([null, null, null]);
  });

  it("fails as the study itself would, and for a model that does not exist", async () => {
    const environment = project.environment();
    const broken = { ...(await room()), run: () => Promise.reject(new Error("The study is broken.")) };
    await expect(estimate(broken, { model: chatModel, environment })).rejects.toThrow("The study is broken.");
    await expect(estimate(await room(), { model: "opnai/x", environment })).rejects.toMatchObject({
      code: "MODEL_UNKNOWN",
    });
  });
});
