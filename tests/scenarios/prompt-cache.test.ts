import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineStudy } from "../../src/index.ts";
import { readLedger } from "../../src/stores.ts";
import { createPromptCache } from "../support/fake-provider/prompt-cache.ts";
import type { FakeProvider, FakeRequest } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer } from "../support/served.ts";
import { served } from "../unit/model/adapters/opening.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const turns = 5;
const life = defineStudy({
  name: "a week",
  run: async (simulation) => {
    const lisa = await simulation.person("lisa");
    for (let day = 1; day <= turns; day++) await lisa.listenAndAct(`It is day ${day}. What do you do with it?`);
  },
});

/** Plays a person's turns on a server that keeps a prompt cache, and gives what the server and the ledger counted. */
async function play(model: string, more: { stream?: boolean } = {}) {
  const environment = Object.fromEntries(served)[model]?.(server.url) ?? {};
  const cache = createPromptCache();
  const log = { calls: 0, input: 0, output: 0, cachedInput: 0, cacheWrite: 0, reasoning: 0 };
  const rates: number[] = [];
  const requests: FakeRequest[] = [];
  server.direct((request, count) => {
    const { input, cached, written: marked } = cache.use(request);
    // Those that cache by themselves may charge for it too: then all that was new was written.
    const written = request.path.includes("/messages") ? marked : input - cached;
    const usage = { input, cached, written, output: 40 + count, reasoning: 3 };
    requests.push(request);
    rates.push(cached / input);
    for (const [field, tokens] of Object.entries({
      input,
      output: 40 + count,
      cachedInput: cached,
      cacheWrite: written,
      reasoning: 3,
    }))
      log[field as keyof typeof log] += tokens;
    log.calls += 1;
    return { usage };
  });
  const played = await project.play(life, { model, variables: environment, ...more });
  expect(played.error).toBeUndefined();
  const { ledger } = await project.withStore((store) => readLedger(store, played.run));
  return { paid: ledger.paid, log, rates, requests };
}

/** What these do not tell of what their caches and thoughts took. */
const silent: Readonly<Record<string, readonly string[]>> = {
  anthropic: ["reasoning"],
  google: ["cacheWrite"],
  mistral: ["reasoning"],
  ollama: ["cachedInput", "cacheWrite", "reasoning"],
};

describe.each(served.map(([model]) => model))("%s", (model) => {
  it.each([{ stream: false }, { stream: true }])("tells the ledger what its cache did: %j", async (more) => {
    const { paid, log } = await play(model, more);
    const untold = (silent[model.split("/")[0] ?? ""] ?? []).map((field) => [field, 0]);
    expect(paid).toMatchObject({ ...log, ...Object.fromEntries(untold) });
    expect(log.calls).toBe(turns);
    if (model !== "ollama/llama3.2") expect(paid.hitRate).toBeGreaterThan(0.5);
  });
});

describe("marks", () => {
  const marksIn = (request: FakeRequest): number =>
    JSON.stringify([request.body.system, request.body.messages]).match(/"cache_control"/g)?.length ?? 0;

  it.each(["anthropic/claude-sonnet-4-5"])(
    "of %s are four at most, and each turn finds all of the one before",
    async (model) => {
      const { requests, rates } = await play(model);
      for (const request of requests) {
        expect(marksIn(request)).toBeGreaterThanOrEqual(3);
        expect(marksIn(request)).toBeLessThanOrEqual(4);
      }
      expect(rates[0]).toBe(0);
      for (const rate of rates.slice(1)) expect(rate).toBeGreaterThan(0.85);
      const { system, messages } = requests.at(-1)?.body ?? {};
      expect(system.map((part: object) => "cache_control" in part)).toEqual([true, true]);
      const last = messages.findLast(({ role }: { role: string }) => role === "user");
      expect(JSON.stringify(last), "what changes with every turn is not marked").not.toMatch(
        /cache_control[^}]*\}[^{]*$/,
      );
    },
  );

  it("are none for OpenAI, whose cache goes by the beginning alone", async () => {
    const { requests, rates } = await play("openai/gpt-4o-mini");
    expect(requests.map(marksIn)).toEqual(requests.map(() => 0));
    for (const rate of rates.slice(1)) expect(rate).toBeGreaterThan(0.8);
  });
});
