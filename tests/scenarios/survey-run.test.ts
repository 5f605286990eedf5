import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administer, defineStudy, itemInWords, nextItem, parseInstrument } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { fill } from "../support/fake-provider/fill.ts";
import { type FakeProvider, fakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { chatModel, openaiAt } from "../support/served.ts";
import { common, further } from "../unit/survey/instruments.ts";

const nasty = 'A</question>\u001b[31m <script>alert(1)</script> =cmd() "x", y';
const tea = {
  ...{ survey: 1, name: "tea" },
  items: [
    { id: "drinks", kind: "yes-no", text: nasty },
    { id: "likes", kind: "likert", text: "I like tea.", labels: ["Disagree", "Neither", "Agree"] },
    { id: "cups", kind: "number", text: "How many cups?", low: 0, high: 9, whole: true },
  ],
};

let project: Project;
let server: FakeProvider;
beforeAll(async () => {
  [project, server] = await Promise.all([tempProject(), fakeProvider()]);
  await project.write("tea.json", JSON.stringify(tea));
});
afterAll(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const run = async (...args: readonly string[]) => {
  const flags = ["-p", "lisa", "oscar", "marcos", "--model", "builtin", ...args];
  const ended = await commandHere(project, ["survey", "run", "tea.json", ...flags]);
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  return ended;
};

describe("tinytroupe survey run", () => {
  it("prices the rest by a pilot, goes on from it, writes tables, and pays nothing twice", async () => {
    const pilot = await run("--pilot", "1");
    expect([pilot.code, pilot.stdout]).toEqual([0, expect.stringMatching(/A pilot of 1; 2 sittings are left/)]);
    expect(pilot.stderr).toMatch(/\b3 calls/);
    const found = await run("--out", "found");
    expect([found.code, found.stdout]).toEqual([0, expect.stringContaining("3 complete")]);
    expect(found.stderr).toMatch(/\b6 calls/);
    const read = (name: string) => readFile(join(project.folder, "found", name), "utf8");
    expect((await read("answers.csv")).trim().split(/\r?\n/)).toHaveLength(1 + 9);
    expect(await read("respondents.csv")).toMatch(/drinks.*likes.*cups/);
    expect(await read("summary.csv")).toContain("segment,item,figure");
    const again = await run("--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ simulated: true, heuristic: true, answers: { length: 9 } });
    expect(again.stderr).toMatch(/\b0 calls/);
    const taken = await run("--out", "found");
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining("FILE_UNWRITABLE")]);
  });
});

describe("an item on the wire", () => {
  it.each([...common, ...further].map((item) => [(item as { kind: string }).kind, item] as const))(
    "is whole before the model's eyes: %s",
    async (kind, item) => {
      if (kind === "note" || kind === "image-choice") return;
      const instrument = parseInstrument({ survey: 1, name: `of ${kind}`, items: [item] });
      const next = nextItem(instrument, []);
      const whole = next.kind === "item" ? itemInWords(next.item) : "";
      server.direct(({ schema }) => ({ text: JSON.stringify(fill(schema)) }));
      server.requests.length = 0;
      const study = defineStudy({
        name: `wire ${kind}`,
        run: async (simulation) => {
          const people = await simulation.loadPeople(["lisa"]);
          for (const method of ["direct", "two-pass", "stated-probabilities", "pairwise"]) {
            await administer(simulation.context, { instrument, people, method }).catch(() => undefined);
          }
        },
      });
      await project.play(study, { model: chatModel, variables: openaiAt(server.url), embedder: "lexical" });
      const prompts = server.requests.map(({ body }) => JSON.stringify(body));
      expect(whole.length).toBeGreaterThan(10);
      const asking = prompts.filter((prompt) => !prompt.includes("You code answers"));
      expect(asking.length).toBeGreaterThan(0);
      for (const prompt of asking) expect(prompt).toContain(JSON.stringify(whole).slice(1, -1));
    },
  );
});
