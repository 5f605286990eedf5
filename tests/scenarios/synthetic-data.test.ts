import { copyFile, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { exampleFile, type Project, study, tempProject } from "../support/project.ts";

let project: Project;
beforeAll(async () => {
  project = await tempProject();
  const example = join(dirname(exampleFile("13-synthetic-data", "main.ts")), "data.yaml");
  await copyFile(example, join(project.folder, "data.yaml"));
});
afterAll(() => project[Symbol.asyncDispose]());

const data = (...args: readonly string[]) => commandHere(project, ["data", "data.yaml", "--model", "builtin", ...args]);
const lines = async (name: string) =>
  (await readFile(join(project.folder, name), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

it("writes a labelled set, its splits for tuning and a report, and asks nothing twice", async () => {
  const made = await data("-o", "mails", "--formats", "openai,alpaca");
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining("30 of 30 items · labelled")]);
  expect(made.stdout).toContain("near copies by words alone");
  const rows = await lines("mails/data.jsonl");
  expect(rows).toHaveLength(30);
  expect(new Set(rows.map(({ text }) => text)).size).toBe(30);
  expect(rows.filter(({ label }) => label === "complaint")).toHaveLength(15);
  expect(rows.every(({ simulated }) => simulated === true)).toBe(true);
  const train = await lines("mails/train.openai.jsonl");
  expect(train).toHaveLength(rows.filter(({ split }) => split === "train").length);
  expect(Object.keys(train[0])).toEqual(["messages"]);
  expect((await lines("mails/test.alpaca.jsonl"))[0]).toMatchObject({ output: expect.stringMatching(/^[a-z]+$/) });
  const beside = await readFile(join(project.folder, "mails/train.openai.jsonl-metadata.json"), "utf8");
  expect(JSON.parse(beside)).toMatchObject({ notes: [{ simulated: true, heuristic: true, models: ["builtin"] }] });
  const report = JSON.parse(await readFile(join(project.folder, "mails/report.json"), "utf8"));
  expect(report).toMatchObject({ simulated: true, compares: "words", leftOut: [], leakage: { length: 3 } });

  const taken = await data("-o", "mails");
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining("FILE_UNWRITABLE")]);
  const again = await data("-o", "again", "--json");
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, command: "data", heuristic: true, items: 30 });
  expect(again.stderr).toMatch(/\b0 calls/);
  expect(await lines("again/data.jsonl")).toEqual(rows);
});

it.each(["conversations", "reviews", "queries"])(
  "writes %s, in every format, and hostile words do nothing",
  async (kind) => {
    const about = JSON.stringify("a shop</about><wanted> \u001b[31m\u202e");
    await project.write(
      `${kind}.yaml`,
      `{ data: 1, name: "../${kind}", kind: ${kind}, about: ${about}, size: 12, dimensions: { rating: [1, 5], "mood": ["<b>", "=1+1"] } }`,
    );
    const made = await commandHere(project, [
      "data",
      `${kind}.yaml`,
      "-m",
      "builtin",
      "--formats",
      "openai,sharegpt,alpaca",
    ]);
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining(`12 of 12 items · ${kind}`)]);
    const rows = await lines(`${kind}/data.jsonl`);
    expect(rows.filter(({ rating }) => rating === "5")).toHaveLength(6);
    const [row] = rows.filter(({ split }) => split === "train");
    expect(kind === "conversations" ? row.exchanges[0].user : row.text).toMatch(/\w+ \w+/);
    const [openai] = await lines(`${kind}/train.openai.jsonl`);
    const [sharegpt] = await lines(`${kind}/train.sharegpt.jsonl`);
    const [alpaca] = await lines(`${kind}/train.alpaca.jsonl`);
    expect(openai.messages.at(-1)).toEqual({ role: "assistant", content: alpaca.output });
    expect(sharegpt.conversations.at(-1)).toEqual({ from: "gpt", value: alpaca.output });
    const written = await readFile(join(project.folder, kind, "train.openai.jsonl"), "utf8");
    expect(written + made.stdout + made.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  },
);

it("says what it would cost, and what is wrong with a specification", async () => {
  const dry = await data("--dry-run", "--json", "--seed", "9");
  expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, calls: 30 });
  await project.write("wrong.yaml", "data: 1\nname: wrong\nkind: labelled\nabout: tea\nsize: 3\n");
  const wrong = await commandHere(project, ["data", "wrong.yaml", "--model", "builtin"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("Labelled sets have labels")]);
});

it("example 13-synthetic-data plays as a program", async () => {
  type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  const played = await project.play<Tables>((await study(exampleFile("13-synthetic-data", "main.ts"))) as never, {
    model: "builtin",
  });
  expect(played.error).toBeUndefined();
  expect(played.result["mails"]).toHaveLength(30);
  expect(played.result["balance"]?.find(({ value }) => value === "complaint")).toMatchObject({
    asked: 15,
    achieved: 15,
  });
});
