import { mkdir, readdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lintPersona, parsePersona } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";
import { inTerminal } from "../support/pseudo-terminal.ts";
import { castServer, chatModel, openaiAt, secretKey } from "../support/served.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** A machine on which nothing runs and nothing is fetched. */
const bare = { OLLAMA_HOST: "127.0.0.1:9" };

const tinytroupe = async (args: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
  const ended = await commandHere(project, args, { ...bare, XDG_CACHE_HOME: project.folder, ...variables });
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  return ended;
};
const document = async (...call: Parameters<typeof tinytroupe>) => JSON.parse((await tinytroupe(...call)).stdout);

/** A text without the line breaks and the spaces that its layout put there. */
const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("settings of a project", () => {
  const study = "name: s\nseed: 3\npeople: [lisa]\nsteps:\n  - ask: { question: Why? }\n";

  it("hold for the command line and for programs alike, and each says where it was said", async () => {
    await project.write(
      "tinytroupe.config.json",
      '{\n  "model": "builtin",\n  "seed": 9,\n  "store": "kept/all.db"\n}\n',
    );
    await project.write("study.yaml", study);
    const played = await tinytroupe(["run", "study.yaml", "--json"]);
    expect(JSON.parse(played.stdout)).toMatchObject({ ok: true, command: "run", seed: "3", model: "builtin" });
    const { runs } = await document(["runs", "list", "--json"]);
    expect(runs.map(({ name, seed }: Record<string, string>) => [name, seed])).toEqual([["s", "3"]]);

    const variables = { TINYTROUPE_BUDGET: "9 calls, $1", TINYTROUPE_SEED: "4", OPENAI_API_KEY: secretKey };
    const shown = await tinytroupe(["config", "study.yaml", "--concurrency", "2"], variables);
    const lines = shown.stdout.split("\n").map((line) => line.split(/ {2,}/).join(" | "));
    expect(lines).toEqual(
      expect.arrayContaining([
        "Configuration file: tinytroupe.config.json",
        "model | builtin | tinytroupe.config.json:2",
        expect.stringMatching(/^judge \| the first of models that is not the/),
        "seed | 3 | the study",
        "budget | 9 calls, $1 | TINYTROUPE_BUDGET",
        "concurrency | 2 | --concurrency",
        "store | kept/all.db | tinytroupe.config.json:4",
        "keys set | OPENAI_API_KEY",
      ]),
    );
    const { settings, keys, file } = await document(["config", "--json"], variables);
    expect(settings.seed).toEqual({ value: "4", from: "TINYTROUPE_SEED" });
    expect([keys.OPENAI_API_KEY, keys.ANTHROPIC_API_KEY]).toEqual([true, false]);
    expect(file).toBe(join(project.folder, "tinytroupe.config.json"));
    expect(shown.stdout + shown.stderr).not.toContain(secretKey);
  });

  it("that are wrong stop every command, with the path and exit code 2", async () => {
    await project.write("tinytroupe.config.json", '{ "budget": { "usd": "2" } }');
    await project.write("study.yaml", study);
    for (const args of [["run", "study.yaml"], ["runs", "list"], ["config"]]) {
      const { code, stdout } = await tinytroupe([...args, "--json"]);
      const { ok, command, error } = JSON.parse(stdout);
      expect([code, ok, command, error.code]).toEqual([
        2,
        false,
        args.join(" ").replace(" study.yaml", ""),
        "CONFIG_INVALID",
      ]);
      expect(error.data.issues).toEqual([
        { path: "budget.usd", message: "This is a text; a number is expected.", line: 1, column: 15 },
      ]);
    }
  });

  it("lose no wall in dollars unsaid, and stand in no file that is not read", async () => {
    await project.write("study.yaml", study);
    await project.write("tinytroupe.config.json", '{ "model": "builtin", "budget": { "usd": 5 } }');
    await project.write("tinytroupe.config.mjs", "export default {};");
    const { stderr, code } = await tinytroupe(["run", "study.yaml", "--budget", "60 calls"]);
    const lost = "The budget of 60 calls replaces $5 from tinytroupe.config.json:1: no limit in dollars is left.";
    expect([code, flat(stderr)]).toEqual([0, expect.stringContaining(lost)]);
    expect(flat(stderr)).toContain("tinytroupe.config.mjs is not read");
    expect(flat((await tinytroupe(["run", "study.yaml", "--budget", "9 usd"])).stderr)).not.toContain("replaces");
  });

  it("may be misspelt in a variable, which is told", async () => {
    await project.write("study.yaml", study);
    const { stderr, code } = await tinytroupe(["run", "study.yaml"], {
      TINYTROUPE_MODLE: "x",
      TINYTROUPE_MODEL: "builtin",
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining("Did you mean TINYTROUPE_MODEL?")]);
  });
});

describe("files looked over", () => {
  it("are told with their places, by exit code and to programs; nothing is played", async () => {
    await project.write("ann.json", '{ "name": "Ann Lee", "ocupation": "baker" }');
    await project.write("good.yaml", "name: s\npeople: [ann.json]\nsteps: [{ ask: { question: Why? } }]\n");
    await project.write("bad.yaml", "name: s\npeople: [lisa]\nsteps:\n  - aks: { question: Why? }\n");
    const good = await tinytroupe(["validate", "good.yaml"]);
    expect([good.code, good.stdout]).toEqual([
      0,
      "✓ good.yaml study\n✓ ann.json persona\n" +
        "  ! ann.json:1:22 ocupation: This is a key of your own; did you mean occupation?\n",
    ]);
    const bad = await tinytroupe(["validate", "bad.yaml", "good.yaml"]);
    expect([bad.code, bad.stdout.split("\n").slice(0, 2)]).toEqual([
      2,
      ["✗ bad.yaml study", "  ✗ bad.yaml:4:5 steps.0: There is no 'aks' here. Did you mean ask?"],
    ]);
    const found = await tinytroupe(["validate", "bad.yaml", "--json"]);
    const issue = { path: "steps.0", message: "There is no 'aks' here. Did you mean ask?", line: 4, column: 5 };
    const files = [{ file: "bad.yaml", kind: "study", issues: [issue], warnings: [] }];
    expect([found.code, JSON.parse(found.stdout)]).toEqual([
      2,
      { ok: true, version: 1, command: "validate", valid: false, files },
    ]);
    expect((await readdir(project.folder)).toSorted()).toEqual(["ann.json", "bad.yaml", "good.yaml"]);
  });
});

describe("wrong use with --json", () => {
  it.each([
    ["runs list --limit x", "--limit"],
    ["runs list --limt 3", "--limt"],
    ["run study.yaml --concurrency", "--concurrency"],
    ["persona show", "persona"],
    ["plaey", "plaey"],
    ["run one two", "run"],
  ])("names what is wrong in %s", async (args, option) => {
    const [code, { error }] = await tinytroupe([...args.split(" "), "--json"]).then(
      ({ code, stdout }) => [code, JSON.parse(stdout)] as const,
    );
    expect([code, error.code, error.data]).toEqual([2, "OPTION_INVALID", { option }]);
  });

  it("is a document too", async () => {
    const { code, stdout } = await tinytroupe(["runs", "list", "--limt", "3", "--json"]);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { ok: false, command: "runs list", error: { code: "OPTION_INVALID" } },
    ]);
  });
});

describe("the doctor", () => {
  it("says that a rehearsal is possible where there is nothing else, and looks only", async () => {
    const { code, stdout, stderr } = await tinytroupe(["doctor", "--model", "builtin"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(flat(stdout)).toMatch(/✓ journal \.tinytroupe\/troupe\.db: begins with the first run; .* free on the disk/);
    expect(stdout).toMatch(/· ollama +does not run at http:\/\/127\.0\.0\.1:9\n/);
    expect(stdout).toContain("Ready for a rehearsal, without a model.");
    const told = await document(["doctor", "--model", "builtin", "--json"]);
    const commands = told.checks.flatMap(({ mend = "" }) => /\b(?:npm|tinytroupe) .*/.exec(mend)?.[0] ?? []);
    expect(commands.length).toBeGreaterThan(0);
    for (const columns of [40, 80]) {
      const seen = inTerminal(["doctor", "--model", "builtin"], { folder: project.folder, variables: bare, columns });
      expect(await seen.ended).toBe(0);
      const lines = seen
        .written()
        .replaceAll(/\u001b\[[\d;]*m/g, "")
        .split("\r\n");
      expect(lines.filter((line) => line.length >= columns && !/^ +(?:→ )?(?:npm|tinytroupe) /.test(line))).toEqual([]);
      for (const command of commands)
        expect(
          lines.some((line) => line.endsWith(command)),
          command,
        ).toBe(true);
    }
  });

  it("leaves nothing behind, and nothing was played: an empty list", async () => {
    expect((await tinytroupe(["doctor", "--model", "builtin"])).code).toBe(0);
    expect(await document(["runs", "list", "--json"])).toEqual({
      ...{ ok: true, version: 1, command: "runs list" },
      ...{ runs: [], total: 0, skip: 0, limit: 30 },
    });
    expect(await tinytroupe(["runs", "list"])).toMatchObject({
      ...{ code: 0, stderr: "" },
      stdout: "No runs yet. Play one: tinytroupe run <study>\n",
    });
    expect(await readdir(project.folder)).toEqual([]);
  });

  it("makes one call on request, and says what it took", async () => {
    await using server = await castServer();
    const variables = openaiAt(server.url);
    expect(await document(["doctor", "--model", chatModel, "--json"], variables)).toMatchObject({ ready: true });
    expect(server.requests).toHaveLength(0);
    const { call, checks } = await document(["doctor", "--model", chatModel, "--call", "--json"], variables);
    expect(call).toMatchObject({ model: chatModel, usd: expect.any(Number) });
    expect([call.input > 0, call.output > 0, call.usd > 0, server.requests.length]).toEqual([true, true, true, 1]);
    const openai = checks.find(({ what }: { what: string }) => what === "openai");
    expect(openai.found).toBe(`OPENAI_API_KEY is set; OPENAI_BASE_URL ${server.url}/v1`);
    const said = await tinytroupe(["doctor", "--model", chatModel, "--call"], variables);
    expect(said.stdout).toMatch(/openai\/gpt-4o-mini answered in \d+\.\d\d s: \d+ tokens in, \d+ out, \$0\.\d+\./);
    await project.write("tinytroupe.config.json", `{ "prices": { "${chatModel}": { "input": 1e6, "output": 2e6 } } }`);
    const priced = await document(["doctor", "--model", chatModel, "--call", "--json"], variables);
    expect(priced.call.usd).toBe(priced.call.input + 2 * priced.call.output);
    expect(said.stdout + JSON.stringify(checks)).not.toContain(secretKey);
  });

  it("is not content with a call that fails, and keeps what it found besides", async () => {
    await using server = await castServer(() => ({ status: 401, body: { error: { message: "no such key" } } }));
    const { code, stdout } = await tinytroupe(
      ["doctor", "--model", chatModel, "--call", "--json"],
      openaiAt(server.url),
    );
    const { ready, checks, call } = JSON.parse(stdout);
    expect([code, ready, call]).toEqual([1, false, undefined]);
    expect(checks.map(({ what }: { what: string }) => what)).toEqual(expect.arrayContaining(["program", "journal"]));
    expect(checks.at(-1)).toMatchObject({ what: "call", state: "bad", found: expect.stringContaining("no such key") });
  });

  it("finds an Ollama and its models", async () => {
    await using server = await castServer();
    const { checks } = await document(["doctor", "--model", "builtin", "--json"], { OLLAMA_HOST: server.url });
    const { found } = checks.find(({ what }: { what: string }) => what === "ollama");
    expect(found).toContain(`at ${server.url}`);
  });

  it.each([
    ["a key that is missing", ["--model", "anthropic/x"], "Set ANTHROPIC_API_KEY"],
    ["a model that is none", ["--model", "opnai/x"], "Did you mean openai/x?"],
    ["a file of weights that is not here", ["--model", "local/./none.gguf"], "tinytroupe models list"],
    ["weights that are not here", ["--model", "local/smollm2-135m"], "tinytroupe models pull smollm2-135m"],
  ])("is not content with %s, and asks nothing", async (_what, args, mend) => {
    const { code, stdout } = await tinytroupe(["doctor", "--call", ...args]);
    expect(stdout).toMatch(/· call +not made/);
    expect(stdout).not.toContain("Error:");
    expect(code).toBe(1);
    expect(flat(stdout)).toContain(mend);
    expect(stdout).toContain("✗ model");
  });

  it("is not content with settings or a journal that no run can use", async () => {
    await project.write("tinytroupe.config.json", '{ "modle": "x" }');
    await mkdir(join(project.folder, ".tinytroupe"));
    const database = new DatabaseSync(project.store);
    database.exec("create table runs (id text); pragma application_id = 1414680405; pragma user_version = 999");
    database.close();
    const { code, stdout } = await tinytroupe(["doctor"]);
    expect(code).toBe(1);
    expect(flat(stdout)).toMatch(/✗ configuration [^✓✗·]*Did you mean model\?/);
    expect(flat(stdout)).toMatch(/✗ journal [^✓✗·]*version 999/);
    await project.write(".tinytroupe/troupe.db", "no database at all, but a text that is long enough to be read");
    expect(flat((await tinytroupe(["doctor"])).stdout)).toMatch(/✗ journal [^✓✗·]*damaged/);
  });
});

describe("init", () => {
  it("makes a folder whose study runs at once, and says how", async () => {
    const { code, stdout } = await tinytroupe(["init"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Written to this folder: marit.json, study.yaml, ")]);
    const commands =
      stdout
        .split("Go on with:\n")[1]
        ?.split("\n")
        .map((line) => line.trim()) ?? [];
    expect(commands.map((command) => command.replace(/^(npx )?tinytroupe /, ""))).toEqual([
      ...["run study.yaml --model builtin", "doctor", "run study.yaml", "experiment show experiment.yaml", ""],
    ]);
    const persona = JSON.parse(await project.read("marit.json"));
    expect(lintPersona(parsePersona(persona.persona))).toEqual([]);
    expect(await project.read("README.md")).toContain(`npm install ${resolve(import.meta.dirname, "../..")}\nnpx `);
    expect(persona.$schema).toBe("./node_modules/tinytroupe/schemas/persona.schema.json");

    const played = await document(["run", "study.yaml", "--model", "builtin", "--json"]);
    expect(played.result.ideas.length).toBeGreaterThan(0);
    expect(JSON.stringify(played.result), "a first table that makes sense").not.toContain("Nothing was said");
    const experiment = await document(["experiment", "run", "experiment.yaml", "--model", "builtin", "--json"]);
    expect(experiment.progress.arms).toEqual({ done: 4, of: 4, failed: 0 });
    const { settings } = await document(["config", "--json"]);
    expect(settings.budget).toEqual({ value: { calls: 200 }, from: "tinytroupe.config.json:3" });
    const elsewhere = await document(["init", "a new/one", "--json"]);
    const throughNpx = await document(["init", "third", "--json"], { npm_command: "exec" });
    expect(throughNpx.next.slice(1, 3)).toEqual([
      `npm install ${resolve(import.meta.dirname, "../..")}`,
      "npx tinytroupe run study.yaml --model builtin",
    ]);
    expect([elsewhere.folder, elsewhere.next[0]]).toEqual([join(project.folder, "a new/one"), "cd 'a new/one'"]);
  });

  it("writes nothing over, and all or nothing of its own", async () => {
    await project.write("study.yaml", "mine");
    await project.write("README.md", "mine");
    const refused = await tinytroupe(["init"]);
    expect([refused.code, flat(refused.stderr)]).toEqual([1, expect.stringContaining("there already: study.yaml.")]);
    expect(await readdir(project.folder)).toEqual(["README.md", "study.yaml"]);
    const done = await document(["init", "--program", "--json"]);
    expect([done.written, done.kept]).toEqual([
      ["marit.json", "main.ts", "tinytroupe.config.json", ".gitignore", "package.json"],
      ["README.md"],
    ]);
    expect(done.next[0]).toBe(`npm install ${resolve(import.meta.dirname, "../..")}`);
    expect([await project.read("README.md"), await project.read("study.yaml")]).toEqual(["mine", "mine"]);
    await mkdir(join(project.folder, "node_modules"));
    await symlink(join(import.meta.dirname, "../.."), join(project.folder, "node_modules/tinytroupe"));
    const { result } = await document(["run", "main.ts", "--model", "builtin", "--json"]);
    expect(result.ideas.length).toBeGreaterThan(0);
  });

  it("leaves nothing where it cannot write all", async () => {
    await symlink(join(project.folder, "nowhere"), join(project.folder, ".gitignore"));
    const { code, stderr } = await tinytroupe(["init"]);
    expect([code, flat(stderr)]).toEqual([1, expect.stringContaining("Nothing was written to")]);
    expect(await readdir(project.folder)).toEqual([".gitignore"]);
  });

  it("asks in a folder that holds other things", async () => {
    await project.write("other.txt", "");
    const asked = inTerminal(["init"], { folder: project.folder });
    await asked.shows("[y/N]");
    asked.type("\r");
    expect([await asked.ended, asked.text()]).toEqual([0, expect.stringContaining("Nothing was written.")]);
    expect(await readdir(project.folder)).toEqual(["other.txt"]);
  });
});
