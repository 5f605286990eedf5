import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Study } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { loopback } from "../support/loopback.ts";
import { exampleFile, study, tempProject } from "../support/project.ts";

// A test as people write it: a file, the command, a real chatbot over HTTP that can be mended.

const key = "sk-test-1a2b3c4d5e6f";
let isMended = false;
let excuse = "Sorry, I do not understand.";
/** Told of each request; answers wait for what it gives. */
let held: () => Promise<void> | undefined = () => undefined;
const bot = await loopback(async (body, response, _inFlight, request) => {
  await held();
  if (request.headers.authorization !== `Bearer ${key}`) return void response.writeHead(401).end(`no: ${key}`);
  const { messages } = JSON.parse(body) as { messages: { content: string }[] };
  const said = messages.at(-1)?.content ?? "";
  const known = /open|sunday/i.test(said) ? "On Sundays the shop is open from 10 to 16." : undefined;
  const repair = isMended && /repair/i.test(said) ? "Bring it to our repair desk." : undefined;
  const content = known ?? repair ?? excuse;
  response.end(JSON.stringify({ choices: [{ message: { content } }] }));
});
const project = await tempProject();
afterAll(async () => {
  await bot[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
});

const host = new URL(bot.url).host;
const test = `name: bot test
seed: 3
allow: ["${host}"]
systems: [{ name: bot, chat: "${bot.url}/v1", key: BOT_KEY }]
people: [lisa, oscar]
steps: 6
claims: { polite: The system was polite. }
goals:
  - { name: sunday, goal: I want to know whether the shop is open on Sundays., success: { text: on Sundays the shop } }
  - { name: repair, goal: I want to have my kettle repaired., success: { text: "/repair desk/i" } }
`;
const file = await project.write("bot.yaml", test);
const cli = (...args: readonly string[]) => commandHere(project, ["test", file, ...args], { BOT_KEY: key });

describe("tinytroupe test", () => {
  it("says what it would cost, and sends nothing", async () => {
    const { code, stdout } = await cli("--model", "builtin", "--dry-run", "--json");
    expect(code).toBe(0);
    const counted = JSON.parse(stdout) as { ok: boolean; calls: number };
    expect(counted.ok).toBe(true);
    // Two people, two goals, six steps: each visit to its last.
    expect(counted.calls).toBeGreaterThanOrEqual(2 * 2 * 6);
    expect(bot.requests).toBe(0);
  }, 60_000);

  it("stops at Ctrl-C after the words that are on their way, and goes on without saying them again", async () => {
    const own = await project.write("stopped.yaml", test.replace("bot test", "stopped bot"));
    const start = (...flags: readonly string[]) =>
      project.cli(["test", own, "--model", "builtin", ...flags], { BOT_KEY: key });
    const begun = bot.requests;
    const [reached, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    held = () => {
      reached.resolve();
      return release.promise;
    };
    const line = start();
    await Promise.race([reached.promise, line.ended]);
    line.process.kill("SIGINT");
    await line.said("Stopping");
    held = () => undefined;
    release.resolve();
    const ended = await line.ended;
    expect([ended.code, ended.signal], ended.stderr).toEqual([130, null]);
    expect(ended.stderr).toMatch(/tinytroupe.* test .*stopped\.yaml/);
    const before = bot.requests;
    const rest = await start("--json").ended;
    expect(rest.code, rest.stderr).toBe(0);
    const { sessions } = JSON.parse(rest.stdout).result as { sessions: readonly { steps: number }[] };
    expect(sessions).toHaveLength(4);
    const said = sessions.reduce((sum, { steps }) => sum + steps, 0);
    expect([before > begun, bot.requests - begun]).toEqual([true, said]);
  }, 120_000);

  it("has people try the bot, leaves reports and cases, and keeps the key out of all of them", async () => {
    const { code, stdout, stderr } = await cli("--model", "builtin", "--json");
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { result } = JSON.parse(stdout);
    expect(result.sessions.map((row: { goal: string; success: boolean }) => [row.goal, row.success])).toEqual([
      ["sunday", true],
      ["repair", false],
      ["sunday", true],
      ["repair", false],
    ]);
    expect(result.claims).toHaveLength(4);
    const [report, page, cases] = await Promise.all(
      result.reports.map((row: { file: string }) => readFile(row.file, "utf8")),
    );
    expect(report).toContain("# bot test");
    const transcript = await readFile(join(dirname(result.reports[0].file), "transcript.txt"), "utf8");
    expect(transcript).toContain("what people did aside stands in its tables and reports");
    expect(page).toContain("default-src 'none'");
    expect(cases.trim().split("\n")).toHaveLength(2);
    const journal = await readFile(join(project.folder, ".tinytroupe", "troupe.db"), "latin1");
    for (const written of [stdout, stderr, report, page, cases, journal]) expect(written).not.toContain(key);
    const requests = bot.requests;
    const again = await cli("--model", "builtin", "--json");
    expect(JSON.parse(again.stdout).result.sessions).toEqual(result.sessions);
    expect(bot.requests, "what it answered is not asked again").toBe(requests);
    await project.write("failed.jsonl", cases);
  }, 120_000);

  it("makes the cases again: they fail until the bot is mended", async () => {
    const broken = await cli("--cases", "failed.jsonl", "--json");
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ cases: 2, failed: 2 });
    excuse = "Shall I send it to a technician?";
    const otherwise = await cli("--cases", "failed.jsonl");
    expect(otherwise).toMatchObject({ code: 1, stdout: expect.stringMatching(/failed,\s+otherwise/) });
    expect(otherwise.stdout).toContain("have people try it again");
    isMended = true;
    const mended = await cli("--cases", "failed.jsonl");
    expect(mended).toMatchObject({ code: 0 });
    expect(mended.stdout).toContain("None of them fails.");
    const elsewhere = test.replace(/systems: .*/, `systems: [{ name: search, search: "${bot.url}/?q={query}" }]`);
    const search = await project.write("search.yaml", elsewhere);
    const refused = await commandHere(project, ["test", search, "--cases", "failed.jsonl"], { BOT_KEY: key });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("none that takes its moves") });
  }, 60_000);

  it.each([
    ["a host that is not allowed", test.replace(`allow: ["${host}"]`, "allow: [shop.example]"), "SYSTEM_REFUSED"],
    ["nobody to try it", test.replace("people: [lisa, oscar]\n", ""), "STUDY_INVALID"],
    ["a misspelt key", test.replace("goals:", "gaols:"), "STUDY_INVALID"],
  ])(
    "refuses %s before anything is opened",
    async (_what, text, code) => {
      const wrong = await project.write("wrong.yaml", text);
      const { code: exit, stdout } = await commandHere(project, ["test", wrong, "--json", "--model", "builtin"]);
      expect(exit).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code } });
    },
    60_000,
  );
});

type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

it("example 14-chatbot-test: the bot helps with two goals and not with the third", async () => {
  await using own = await tempProject();
  const example = (await study(exampleFile("14-chatbot-test", "main.ts"))) as Study<Tables>;
  const { error, result } = await own.play(example, { model: "builtin" });
  expect(error).toBeUndefined();
  const { sessions = [], findings = [] } = result;
  expect(sessions).toHaveLength(9);
  for (const { goal, success } of sessions) expect(success, String(goal)).toBe(goal !== "repair");
  expect(findings.filter(({ kind }) => kind === "gave up").map(({ goal }) => goal)).toEqual([
    "repair",
    "repair",
    "repair",
  ]);
}, 60_000);
