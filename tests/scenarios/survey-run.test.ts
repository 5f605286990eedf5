import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administer, defineStudy, itemInWords, nextItem, parseInstrument } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import { fill } from "../support/fake-provider/fill.ts";
import { type FakeProvider, fakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { chatModel, openaiAt } from "../support/served.ts";
import { type Line, linesIn } from "../support/traced.ts";
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
    const found = await run("--out", "found", "--html", "tea.html");
    expect([found.code, found.stdout]).toEqual([0, expect.stringContaining("3 complete")]);
    expect(found.stderr).toMatch(/\b6 calls/);
    const read = (name: string) => readFile(join(project.folder, "found", name), "utf8");
    expect((await read("answers.csv")).trim().split(/\r?\n/)).toHaveLength(1 + 9);
    expect(await read("respondents.csv")).toMatch(/drinks.*likes.*cups/);
    expect(await read("summary.csv")).toContain("segment,item,figure");
    const page = await readFile(join(project.folder, "tea.html"), "utf8");
    expect(page).toMatch(/Simulated: no real people took part\. A rehearsal.*<svg /s);
    expect((await run("--html", "tea.html")).stderr).toMatch(/FILE_UNWRITABLE.*--html/s);
    const again = await run("--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ simulated: true, heuristic: true, answers: { length: 9 } });
    expect(again.stderr).toMatch(/\b0 calls/);
    const taken = await run("--out", "found");
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringMatching(/FILE_UNWRITABLE.*another folder/s)]);
  });
});

const buyers = {
  ...{ specification: 1, name: "buyers" },
  dimensions: {
    sex: { kind: "categorical", shares: { female: 75, male: 25 } },
    age: { kind: "numeric", bands: [{ from: 20, to: 60, share: 1 }] },
  },
};
const trade = {
  ...{ survey: 1, name: "trade" },
  items: [
    tea.items[1],
    { id: "nps", kind: "net-promoter", text: "Would you recommend tea?" },
    { id: "duel", kind: "pairwise", text: "Which?", options: ["tea", "coffee"] },
  ],
};

describe("what survey run shows", () => {
  it("is weighed by the people's population, group by group, with tasks and what asking otherwise does", async () => {
    await project.write("buyers.json", JSON.stringify(buyers));
    await project.write("trade.json", JSON.stringify(trade));
    const command = ["population", "generate", "buyers.json", "--size", "4", "--out", "buyers", "--model", "builtin"];
    expect((await commandHere(project, command)).code).toBe(0);
    const asking = ["survey", "run", "trade.json", "--model", "builtin", "--reversed", "--by", "sex", "-p"];
    const shown = await commandHere(project, [...asking, "./buyers", "--out", "weighed", "--weigh", "sex"]);
    expect([shown.code, shown.stderr]).toEqual([0, expect.any(String)]);
    expect(shown.stdout).toMatch(/trade · 4 people in 8 sittings · 8 complete/);
    const pilot = await commandHere(project, [...asking, "./buyers", "--pilot", "3"]);
    expect(pilot.stdout).toMatch(/A pilot of 3 people in 6 sittings; 2 sittings are left/);
    expect(shown.stdout).toMatch(/\bdeff\b/);
    expect(shown.stdout).toMatch(/Weighed by sex: worth 4\.0 people of equal/);
    expect(shown.stdout).toMatch(/Asked otherwise, \d+ of \d+ figures moved/);
    const tasks = await readFile(join(project.folder, "weighed", "tasks.csv"), "utf8");
    expect(tasks).toMatch(/all,nps,net promoter,score,4,[\s\S]*female,duel,utility,tea,3,/);
    const drawn = await readFile(join(project.folder, "weighed", "respondents.csv"), "utf8");
    expect(drawn).toMatch(/,end,checks,sex,age,weight,likes,nps,/);
    expect(drawn).toMatch(/,complete,0,female,\d\d,/);
    await comesOfRows(join(project.folder, "weighed"));
    // Of five, shares in quarters cannot come out even: some weigh more than others.
    const five = ["population", "generate", "buyers.json", "--size", "5", "--out", "five", "--model", "builtin"];
    expect((await commandHere(project, five)).code).toBe(0);
    const uneven = await commandHere(project, [...asking, "./five", "--out", "uneven", "--weigh", "sex"]);
    expect([uneven.code, uneven.stdout], uneven.stderr).toEqual([0, expect.not.stringMatching(/worth 5\.0 people/)]);
    await comesOfRows(join(project.folder, "uneven"));
    const wrong = await commandHere(project, [...asking, "./buyers", "--weigh", "height"]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/dimensions that declare shares: sex, age/)]);
    const several = await commandHere(project, [...asking, "lisa", "oscar", "--weigh"]);
    expect([several.code, several.stderr]).toEqual([2, expect.stringMatching(/one population/)]);
  }, 30_000);

  it("is asked in other words, too, and what was asked before these were written stays asked", async () => {
    const write = (more: object) => {
      const items = [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?", ...more }, tea.items[2]];
      return project.write("words.json", JSON.stringify({ survey: 1, name: "words", items }));
    };
    await write({});
    const command = ["survey", "run", "words.json", "-p", "lisa", "oscar", "--model", "builtin"];
    expect((await commandHere(project, command)).stderr).toMatch(/\b4 calls/);
    const none = await commandHere(project, [...command, "--paraphrased"]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/other words.*paraphrases: /s)]);
    await write({ paraphrases: ["Is tea something you drink?", "Tea: yes or no?"] });
    const asked = await commandHere(project, [...command, "--paraphrased", "--out", "words"]);
    expect([asked.code, asked.stdout]).toEqual([0, expect.stringContaining("2 people in 6 sittings · 6 complete")]);
    expect(asked.stderr).toMatch(/\b8 calls/);
    const effects = await readFile(join(project.folder, "words", "effects.csv"), "utf8");
    expect(effects).toMatch(/paraphrase 1,drinks,yes,2,[\s\S]*paraphrase 2,drinks,yes,2,/);
  }, 30_000);

  it("is asked in the way that comes nearest to what people answered", async () => {
    const people = ["id,drinks,likes,cups", "1,yes,Agree,3", "2,yes,Neither,2", "3,no,Agree,0", "4,yes,Agree,5"];
    await project.write("people-tea.csv", `${people.join("\n")}\n`);
    const command = ["survey", "fit", "tea.json", "people-tea.csv", "-p", "lisa", "oscar", "--model", "builtin"];
    const found = await commandHere(project, [...command, "--out", "fitted.yaml"]);
    expect([found.code, found.stderr]).toEqual([0, expect.stringContaining("calls")]);
    expect(found.stdout).toMatch(/cups +(?:direct|two-pass) +[01]\.\d+ +Kolmogorov–Smirnov +2 +4/);
    expect(found.stdout).toMatch(/over so many items that all could ask: [\w-]+ 0\.\d+ \(2\)/);
    const nearest = /^drinks +([\w-]+)/m.exec(found.stdout)?.[1];
    const fitted = await readFile(join(project.folder, "fitted.yaml"), "utf8");
    expect(fitted).toMatch(new RegExp(`id: drinks\n(?: .*\n)*? +method: ${nearest}\n`));
    expect((await commandHere(project, ["survey", "check", "fitted.yaml"])).code).toBe(0);
    const again = await commandHere(project, [...command, "--json", "--methods", "direct"]);
    expect(again.stderr).toMatch(/\b0 calls/);
    expect(JSON.parse(again.stdout)).toMatchObject({ simulated: true, methods: { drinks: "direct", cups: "direct" } });
    const strange = await commandHere(project, [...command, "--methods", "guessing"]);
    expect([strange.code, strange.stderr]).toEqual([2, expect.stringMatching(/'guessing'.*two-pass/s)]);
    const dry = await commandHere(project, [...command, "--seed", "9", "--dry-run"]);
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringMatching(/calls/)]);
  }, 30_000);

  it("has columns of the people beside their answers, by which they are held against others", async () => {
    const asked = [{ id: "age", kind: "number", text: "How old are you?", low: 0, high: 120 }, tea.items[1]];
    await project.write("ages.json", JSON.stringify({ survey: 1, name: "ages", items: asked }));
    const run = ["survey", "run", "ages.json", "--model", "builtin", "-p", "lisa", "oscar", "--by"];
    const strange = await commandHere(project, [...run, "height"]);
    expect([strange.code, strange.stderr]).toEqual([2, expect.stringMatching(/They have: age, gender, occupation/)]);
    const apart = await commandHere(project, [...run, "gender", "--out", "ages"]);
    expect([apart.code, apart.stdout]).toEqual([0, expect.stringMatching(/\nfemale .*\n(?:.*\n)*male /)]);
    const rows = (await readFile(join(project.folder, "ages", "respondents.csv"), "utf8")).split(/\r?\n/);
    const head = rows.findIndex((row) => row.startsWith("respondent,"));
    expect(rows[head]).toMatch(/,end,checks,age \(person\),gender,occupation,age,likes/);
    expect(rows[head + 1]).toMatch(/,Lisa Brannigan,as-written,0,complete,0,34,female,live television captioner,/);
    const likes = { scale: { kind: "ordinal", options: tea.items[1]?.labels } };
    const described = { answers: 1, attributes: { sex: "gender" }, items: { likes } };
    await project.write("description.json", JSON.stringify(described));
    await project.write("people.csv", "gender,likes\nfemale,Agree\nmale,Disagree\n");
    const beside = ["validate", "people.csv", "ages/respondents.csv", "--describe", "description.json", "--json"];
    const compared = await commandHere(project, beside);
    expect(compared.code, compared.stderr).toBe(0);
    expect(compared.stdout).toContain("as the demographic does");
  }, 30_000);

  it("is the same in a study, whose population is weighed there", async () => {
    const survey = "{ file: trade.json, population: ./buyers, weigh: [sex], by: sex, as: t, figures: f, tasks: k }";
    await project.write("trade.yaml", `name: trade\npeople: [lisa]\nsteps:\n  - survey: ${survey}\n`);
    const played = await commandHere(project, ["run", "trade.yaml", "--model", "builtin", "--json"]);
    expect([played.code, played.stderr]).toEqual([0, expect.any(String)]);
    const { t, f, k } = JSON.parse(played.stdout).result;
    expect(t.length).toBe(4);
    expect(f.map(({ segment }: { segment: string }) => segment)).toEqual(
      expect.arrayContaining(["all", "female", "male"]),
    );
    expect(f[0]).toMatchObject({ n: 4, effectiveSize: expect.closeTo(4, 6), designEffect: expect.closeTo(1, 6) });
    expect(k[0]).toMatchObject({ segment: "all", item: "nps", result: "net promoter", n: 4 });
  }, 30_000);

  it("goes on after SIGKILL, and no answer that is on record is paid for twice", async () => {
    await project.write("long.json", JSON.stringify({ survey: 1, name: "long", items: [tea.items[1], tea.items[2]] }));
    const asked: string[] = [];
    const { reached, director } = untilRequest(5, () => ({ afterMs: 20 }));
    server.direct((request, count) => {
      asked.push(JSON.stringify(request.body));
      return { text: JSON.stringify(fill(request.schema)), ...director(request, count) };
    });
    server.requests.length = 0;
    const flags = ["--method", "direct", "--concurrency", "2", "--model", chatModel, "--json"];
    const command = ["survey", "run", "long.json", "-p", "lisa", "oscar", "marcos", ...flags];
    const killed = project.cli(command, openaiAt(server.url));
    await reached;
    killed.process.kill("SIGKILL");
    expect((await killed.ended).signal).toBe("SIGKILL");
    const kept = await project.withStore(async (store) => {
      const run = (await store.listRuns()).find(({ name }) => name === "survey long");
      return (await Array.fromAsync(store.listCalls(run?.id ?? ""))).length;
    });
    const before = asked.splice(0);
    // What was under way was cut off, and all others are on record.
    expect([before.length >= 5, kept >= before.length - 2, kept <= before.length]).toEqual([true, true, true]);
    const whole = await commandHere(project, command, openaiAt(server.url));
    expect([whole.code, JSON.parse(whole.stdout).answers.length]).toEqual([0, 6]);
    expect(asked.length).toBe(6 - kept);
    const again = before.filter((body) => asked.includes(body));
    expect(again.length).toBe(before.length - kept);
  }, 30_000);
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

/** Each mean and share of a summary comes again from the rows of respondents, by their weights and groups. */
async function comesOfRows(folder: string): Promise<void> {
  const [figures, rows] = [await linesIn(folder, "summary.csv"), await linesIn(folder, "respondents.csv")];
  const asked = rows.filter(({ variant, sample }) => variant === "as-written" && sample === "0");
  const found = figures.flatMap(({ segment = "", item = "", figure = "", is, n, value }) => {
    const answered = asked.filter((row) => (segment === "all" || Object.values(row).includes(segment)) && row[item]);
    if (value === "" || answered.some((row) => row[item] === undefined)) return [];
    const one = (row: Line): number => {
      const said = row[item] ?? "";
      return is === "mean" && figure === "mean" ? Number(said) : Number(said.split("; ").includes(figure));
    };
    const sum = (of: (row: Line) => number) => answered.reduce((all, row) => all + of(row) * Number(row["weight"]), 0);
    return [[item, figure, Number(n) - answered.length, sum(one) / sum(() => 1) - Number(value)]];
  });
  const numbers = found.filter(([, , , off]) => !Number.isNaN(off));
  expect(numbers.length).toBeGreaterThan(8);
  expect(numbers.filter(([, , more, off]) => more !== 0 || Math.abs(off as number) > 1e-9)).toEqual([]);
}
