import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;

/** Runs a command to its end; nothing of it may steer a terminal. */
async function population(...args: readonly string[]) {
  const ended = await commandHere(project, ["population", ...args]);
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  return ended;
}

const specification = {
  specification: 1,
  name: "buyers",
  dimensions: { sex: { kind: "categorical", shares: { female: 1, male: 1 }, sensitive: true } },
};
const nasty = "\u001b[31m<script>alert(1)</script>\u0007\u202e";

/** A population folder as it is generated: sixty people, of whom the men count double. */
async function writePopulation(): Promise<void> {
  await mkdir(join(project.folder, "buyers", "people"), { recursive: true });
  const stock = Array.from(
    { length: 400 },
    (_, place) => `w${String.fromCharCode(97 + (place % 26), 97 + Math.floor(place / 26))}`,
  );
  const people = Array.from({ length: 60 }, (_, place) => {
    const random = createRandom(`buyer-${place}`);
    const sex = place % 2 === 0 ? "female" : "male";
    const words = Array.from({ length: 40 }, () => random.pick(stock)).join(" ");
    const persona = {
      name: `Buyer ${stock[place]}`,
      age: 20 + place,
      gender: sex,
      beliefs: [words, ...(sex === "male" ? ["You like torque."] : [])],
      preferences: { interests: ["chess", nasty] },
    };
    return { persona, id: String(place + 1).padStart(4, "0"), sex, weight: sex === "male" ? 2 : 1 };
  });
  for (const { persona, id } of people)
    await project.write(join("buyers", "people", `${id}-x.json`), JSON.stringify({ type: "TinyPerson", persona }));
  const nothing = { calls: 0, input: 0, output: 0, usd: 0 };
  const manifest = {
    ...{
      format: 1,
      simulated: true,
      name: "buyers",
      specification,
      seed: "0",
      size: 60,
      model: "builtin",
      depth: "sketch",
    },
    ...{ tinytroupe: "0.1.0", cost: nothing, runs: {} },
    people: people.map(({ persona, id, sex, weight }) => ({
      ...{ id, name: persona.name, file: `people/${id}-x.json`, weight, draw: { sex }, hash: "0".repeat(64) },
    })),
  };
  await project.write(join("buyers", "population.json"), JSON.stringify(manifest));
}

beforeAll(async () => {
  project = await tempProject();
  await writePopulation();
  await project.write("judge.json", JSON.stringify({ name: `Al ${nasty}`, age: 12, occupation: "judge" }));
  await project.write("list.json", JSON.stringify([{ name: "Ann", age: 40 }, { name: "Bo", age: "51 years" }, 7]));
  await project.write("broken.json", "{");
  await project.write("buyers.yaml", JSON.stringify(specification));
});
afterAll(() => project[Symbol.asyncDispose]());

describe("population profile", () => {
  it("shows tables with bars, by weights, that fit the terminal", async () => {
    const { stdout, code } = await population(
      "profile",
      "buyers",
      "--by",
      "sex",
      "--by",
      "age",
      "--by",
      "preferences.interests",
      "--cross",
      "sex,age",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^60 people · weighted, as good as 54 · simulated$/m);
    expect(stdout).toMatch(/^male +66.7 % +30 +█{20}$/m);
    expect(stdout).toMatch(/^chess +100.0 % +60 /m);
    expect(stdout).toContain("Not checked against a source: sex.");
    expect(stdout).toMatch(/χ² [\d.]+ \(\d+\), p /);
  });
  it("reads files of any shape, says what it left out, and prints one document", async () => {
    const { stdout, stderr } = await population("profile", "list.json", "broken.json", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ ok: true, simulated: true, n: 2, command: "population profile" },
      remarks: ["broken.json holds no JSON and was left out", "3 is no persona and was left out"],
    });
    expect(stderr).toContain("broken.json holds no JSON");
  });
  it("writes a page and pictures, over nothing that is there", async () => {
    const written = await population("profile", "buyers", "--by", "sex", "--html", "report.html", "--svg", "plots");
    expect(written.stdout).toMatch(/Written to report.html: .*\n.*Written to plots\/sex.svg/);
    expect(await project.read("report.html")).toContain("Content-Security-Policy");
    expect(await readdir(join(project.folder, "plots"))).toEqual(["sex.svg"]);
    expect(await population("profile", "buyers", "--html", "report.html")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("FILE_UNWRITABLE"),
    });
  });
  it("refuses what is not there", async () => {
    expect(await population("profile", "nowhere")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("FILE_UNREADABLE"),
    });
    expect(await population("profile", "broken.json")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is nobody in"),
    });
    expect(await population("profile", "list.json", "--by", "shoes")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There are: age"),
    });
    expect(await population("profile", "list.json", "--cross", "age")).toMatchObject({ code: 2 });
  });
});

describe("population lint", () => {
  it("ends with 2 where something cannot be, and shows what", async () => {
    const { stdout, code } = await population("lint", "judge.json");
    expect(code).toBe(2);
    expect(stdout).toMatch(/1 people · 1 error, /);
    expect(stdout).toMatch(/✗ age contradiction 1\n +Al .*\(1\) occupation: 'judge' does not go with the age of 12/);
    expect(stdout).toMatch(/\d+ hints?: show them with --hints/);
  });
  it("ends with 0 otherwise, and tells programs all", async () => {
    const { stdout, code } = await population("lint", "buyers", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, n: 60, counts: { error: 0 } });
    // What the specification calls sensitive is watched.
    expect(JSON.parse(stdout).stereotypes).toContainEqual(
      expect.objectContaining({ path: "sex", group: "male", word: "torque" }),
    );
    expect(JSON.parse((await population("lint", "buyers", "--json", "--sensitive", "age")).stdout).stereotypes).toEqual(
      [],
    );
  });
});

describe("population compare", () => {
  it("holds a folder against what it was made from, by itself and by name", async () => {
    const { stdout } = await population("compare", "buyers", "--all");
    expect(stdout).toMatch(/^sex \* +χ² +[\d.]+ +0\.\d+ +w 0.333 +16.7 %$/m);
    expect(stdout).toMatch(/^male +66.7 % +50.0 % +16.7$/m);
    expect(stdout).toContain("* Not checked against a source: sex.");
    expect((await population("compare", "buyers", "buyers.yaml", "--all")).stdout).toBe(stdout);
  });
  it("holds two populations against each other", async () => {
    const { stdout } = await population("compare", "buyers", "list.json", "--json", "--by", "age");
    expect(JSON.parse(stdout)).toMatchObject({
      of: "populations",
      n: [60, 2],
      places: [{ path: "age", test: "kolmogorov-smirnov" }],
    });
  });
  it("wants something to compare with", async () => {
    expect(await population("compare", "list.json")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("does not say what it was made from"),
    });
  });
});
