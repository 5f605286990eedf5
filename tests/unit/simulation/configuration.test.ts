import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Configuration,
  createLimiters,
  layered,
  noConfiguration,
  openSimulation,
  readConfiguration,
  type SimulationEvent,
} from "../../../src/index.ts";
import { configured } from "../../../src/simulation/configuration/configuration.ts";
import { SettingsDocument } from "../../../src/simulation/configuration/document.ts";
import { settingNames, variableOf } from "../../../src/simulation/configuration/settings.ts";
import { limitersOf } from "../../../src/simulation/options.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-config-"));
});
afterEach(() => rm(folder, { recursive: true }));

const environment = (variables: Record<string, string> = {}) => ({
  ...{ folder, home: folder, platform: "linux" },
  variables,
});
const json = (value: unknown) => writeFile(join(folder, "tinytroupe.config.json"), JSON.stringify(value, null, 2));
const read = (variables?: Record<string, string>) => readConfiguration(environment(variables));
const wrong = async (variables?: Record<string, string>) => {
  const error = await read(variables).then(
    () => expect.unreachable("it was read"),
    (thrown: { code: string; message: string; data: { issues: { path: string; message: string }[] } }) => thrown,
  );
  expect(error.code).toBe("CONFIG_INVALID");
  return error;
};

describe("the layers", () => {
  it("are nothing, the file, and over it the variables, each setting with its place", async () => {
    expect(await read()).toEqual({ settings: {}, origins: {}, warnings: [] });
    await json({ $schema: "x", model: "openai/a", budget: { calls: 9, usd: 1 }, deadlineMs: 5000 });
    expect(await read({ TINYTROUPE_BUDGET: "$2", TINYTROUPE_SEED: " 7 ", TINYTROUPE_MODEL: "" })).toEqual({
      settings: { model: "openai/a", budget: { usd: 2 }, deadlineMs: 5000, seed: "7" },
      origins: {
        model: "tinytroupe.config.json:3",
        budget: "TINYTROUPE_BUDGET",
        deadlineMs: "tinytroupe.config.json:8",
        seed: "TINYTROUPE_SEED",
      },
      file: join(folder, "tinytroupe.config.json"),
      warnings: [],
    });
  });
  it("take a program as well as JSON, and not both", async () => {
    await writeFile(
      join(folder, "tinytroupe.config.ts"),
      "const usd: number = 1 + 1;\nexport default { budget: { usd } };\n",
    );
    expect(await read()).toMatchObject({
      settings: { budget: { usd: 2 } },
      origins: { budget: "tinytroupe.config.ts" },
    });
    expect(await readConfiguration(environment(), { programs: false })).toMatchObject({ settings: {} });
    await json({});
    expect((await wrong()).message).toContain("tinytroupe.config.json is here too");
  });
  it("come under what is said over them, which replaces each setting whole", () => {
    const under = layered(noConfiguration, { budget: { calls: 1 }, store: "a.db" }, () => "below");
    const over = layered(under, { budget: { usd: 2 }, store: undefined }, (name) => `--${name}`);
    expect(over).toMatchObject({
      settings: { budget: { usd: 2 }, store: "a.db" },
      origins: { budget: "--budget", store: "below" },
    });
    expect(under.settings).toEqual({ budget: { calls: 1 }, store: "a.db" });
  });
  it("have no model take more at once than is said over the file, from where ever", async () => {
    const models = { "a/b": { concurrency: 64, requestsPerMinute: 9 }, "a/c": { concurrency: 2 }, "a/d": {} };
    await json({ concurrency: 8, limits: { concurrency: 9, models } });
    const limiters = async (configuration: Configuration, concurrency?: number) => {
      const given = { name: "x", configuration, ...(concurrency && { concurrency }) };
      const of = limitersOf((await configured(given, environment())).options);
      return ["a/b", "a/c", "a/d", "a/e"].map((id) => of.of(id).allowance.concurrency);
    };
    expect(await limiters(await read()), "within the file, what is said of one model").toEqual([64, 2, 8, 8]);
    expect(await limiters(await read({ TINYTROUPE_CONCURRENCY: "4" }))).toEqual([4, 2, 4, 4]);
    expect(await limiters(layered(await read(), { concurrency: 1 }, () => "--concurrency"))).toEqual([1, 1, 1, 1]);
    expect(await limiters(await read(), 3)).toEqual([3, 2, 3, 3]);
  });
});

describe("what is wrong", () => {
  it.each([
    [{ modle: "x" }, "modle", "There is no 'modle' here. Did you mean model?", "2:3"],
    [{ budget: { dollars: 2 } }, "budget.dollars", "There is no 'dollars' here. Possible: calls, tokens, usd.", "3:5"],
    [{ seed: 1, budget: { usd: "2" } }, "budget.usd", "This is a text; a number is expected.", "4:5"],
    [
      { limits: { models: { "a/b.c": { cap: 1 } } } },
      "limits.models.a/b.c.cap",
      "There is no 'cap' here. Possible: concurrency, requestsPerMinute, tokensPerMinute.",
      "5:9",
    ],
    [{ budget: "lots" }, "budget", "'lots' is no budget. Write it as in \"200 calls, 1.5M tokens, 2 usd\".", "2:3"],
    [{ budget: "0 calls" }, "budget.calls", "This must be above 0.", "2:3"],
    [{ budget: 2 }, "budget", "This is a number; a text or a group of keys is expected.", "2:3"],
    [{ model: "" }, "model", "This is empty.", "2:3"],
    [{ prices: { "a//b": {} } }, "prices.a//b", "This is no id of a model, as in openai/gpt-5-mini.", "3:5"],
    [{ concurrency: 0 }, "concurrency", "This must be above 0.", "2:3"],
    [{ safety: true }, "safety", "This is true or false; a group of keys is expected.", "2:3"],
    [[], "", "This is a list; a group of keys is expected.", "1:1"],
  ])("%j is said with its path and its place", async (value, path, message, place) => {
    await json(value);
    const { data, message: whole } = await wrong();
    const [line, column] = place.split(":").map(Number);
    expect(data.issues).toEqual([{ path, message, line, column }]);
    expect(whole).toContain(`\n  tinytroupe.config.json:${place}${path && " "}${path}: ${message}`);
  });
  it("is told all at once, an unknown key too", async () => {
    await json({ modle: "x", concurrency: 0, apiKey: "x" });
    expect((await wrong()).data.issues.map(({ path }) => path)).toEqual(["apiKey", "concurrency", "modle"]);
  });
  it("stands at a line where it is no JSON, and shows nothing of the text", async () => {
    await writeFile(
      join(folder, "tinytroupe.config.json"),
      '{\n  "model": "a"\n  "apiKey": "sk-0123456789abcdefgh"\n}\n',
    );
    const { message } = await wrong();
    expect(message).toMatch(/\.json:3:3: /);
    expect(message).not.toContain("sk-");
  });
  it.each([
    ['{ "model": *a }', "a"],
    ['{ "model": &a "x", "judge": *a }', "alias"],
    ["sk-0123456789abcdefghij", "looks like a key"],
    ['{ "sk-0123456789abcdefghij": 1 }', "A name here looks like a key"],
    ['{ "budget": { "sk-0123456789abcdefghij": 1 } }', "A name here looks like a key"],
    ['"sk-0123456789abcdefghij" {}', ".json:1:"],
    ['{ "a": sk-0123456789abcdefghij: sk-0123456789abcdefghij }', ""],
    ['{ "__proto__": { "model": "x" } }', "__proto__"],
    ["[".repeat(20_000), ""],
  ])("is no JSON object: %.30s", async (text, said) => {
    await writeFile(join(folder, "tinytroupe.config.json"), text);
    const { message, data } = await wrong();
    expect(message).toContain(said);
    expect(message + JSON.stringify(data)).not.toContain("0123456789");
  });
  it("is a secret, by its name or its look, and is not repeated", async () => {
    const key = "sk-proj-0123456789abcdefghij";
    await json({ apiKey: "x", model: key, store: `postgres://ana:${key}@host/db`, judge: "openai/gpt-5-mini" });
    const { data, message } = await wrong();
    expect(data.issues.map(({ path }) => path)).toEqual(["apiKey", "model", "store"]);
    expect(message + JSON.stringify(data)).not.toContain("0123456789");
    expect(message).toContain("OPENAI_API_KEY");
    await json({ budget: "5 tokens", model: "local/./sk-model.gguf" });
    expect((await read()).settings.budget).toEqual({ tokens: 5 });
  });
  it("is a program that fails, or exports nothing", async () => {
    await writeFile(join(folder, "tinytroupe.config.ts"), 'throw new Error("odd");\n');
    expect((await wrong()).message).toContain("odd");
    await rm(join(folder, "tinytroupe.config.ts"));
    await mkdir(join(folder, "tinytroupe.config.json"));
    await expect(read()).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
  it.each([
    [{ TINYTROUPE_BUDGET: "lots" }, "TINYTROUPE_BUDGET"],
    [{ TINYTROUPE_BUDGET: "0 calls" }, "TINYTROUPE_BUDGET"],
    [{ TINYTROUPE_CONCURRENCY: "many" }, "TINYTROUPE_CONCURRENCY"],
    [{ TINYTROUPE_DEADLINE_MS: "-1" }, "TINYTROUPE_DEADLINE_MS"],
  ])("%o is said with its variable", async (variables: Record<string, string>, path) => {
    expect((await wrong(variables)).data.issues).toMatchObject([{ path }]);
  });
  it("may be a variable that means nothing: a warning", async () => {
    const { warnings } = await read({ TINYTROUPE_MODLE: "x", TINYTROUPE_DEBUG: "1", TINYTROUPE_BASE_URL: "x" });
    expect(warnings).toEqual(["TINYTROUPE_MODLE means nothing here. Did you mean TINYTROUPE_MODEL?"]);
  });
});

describe("a run", () => {
  it("tells those who watch what is odd about the settings that it read itself, a wall that is lost too", async () => {
    await json({ budget: { usd: 2 } });
    const told: string[] = [];
    const options = {
      ...{ name: "odd", model: "builtin", budget: { calls: 9 } },
      environment: environment({ TINYTROUPE_MODLE: "x" }),
      onEvent: (event: SimulationEvent) => void (event.type === "warning" && told.push(event.message)),
    };
    await (await openSimulation(options)).close();
    expect(told).toEqual([expect.stringContaining("TINYTROUPE_MODLE"), expect.stringContaining("2")]);
    await (await openSimulation({ ...options, configuration: noConfiguration })).close();
    expect(told).toHaveLength(2);
  });
  it("takes what the project settles, under what the program says", async () => {
    await json({ model: "builtin", seed: 9, store: "kept/here.db" });
    const open = async (more: object = {}) => {
      await using simulation = await openSimulation({ name: "x", environment: environment(), ...more });
      return simulation;
    };
    const settled = await open();
    expect(settled.storeLocation).toBe(join(folder, "kept/here.db"));
    expect(settled.resultsFolder).toBe(join(folder, "kept/here-runs", settled.run));
    expect((await open({ store: "kept/troupe.db" })).resultsFolder).toBe(join(folder, "kept/runs", settled.run));
    expect([settled.seed, settled.choice.reason]).toEqual(["9", expect.stringContaining("tinytroupe.config.json:2")]);
    expect((await open({ seed: 3, model: "builtin" })).choice.reason).toContain("from the program");
    expect((await open({ seed: 3, model: undefined })).seed).toBe("3");
    expect((await open({ configuration: noConfiguration, model: "builtin" })).seed).toBe("1");
  });
  it("has limits that it shares with others, whatever concurrency the project settles", async () => {
    await json({ model: "builtin", concurrency: 2, limits: { requestsPerMinute: 5 } });
    const limits = createLimiters({ concurrency: 9 });
    await using simulation = await openSimulation({ name: "x", environment: environment(), limits });
    expect(simulation.choice.spec).toBe("builtin");
  });
  it("is not opened on a project that is not valid", async () => {
    await json({ modle: "x" });
    const opening = openSimulation({ name: "x", model: "builtin", environment: environment() });
    await expect(opening).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });
});

describe("the schema for editors", () => {
  const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../schemas/config.schema.json"), "utf8"));
  const validate = new Ajv2020({ strict: false }).compile(schema);
  it.each([
    [{ $schema: "x", model: "a", budget: { usd: 0.5 } }, true],
    [{ modle: "a" }, false],
    [{ budget: { usd: "1" } }, false],
    [{ concurrency: 1.5 }, false],
  ])("agrees with ours on %j", (value, valid) => {
    expect([validate(value), SettingsDocument.safeParse(value).success]).toEqual([valid, valid]);
  });
  it("has every setting that is shown, each with a variable of its own", () => {
    expect(Object.keys(SettingsDocument.shape)).toEqual(["$schema", ...settingNames]);
    expect(new Set(settingNames.map(variableOf)).size).toBe(settingNames.length);
  });
});
