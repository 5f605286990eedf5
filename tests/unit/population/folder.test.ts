import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import type { Draw } from "../../../src/population/draw.ts";
import { deletePerson } from "../../../src/population/folder/delete.ts";
import { loadPopulation } from "../../../src/population/folder/load.ts";
import { lockFolder } from "../../../src/population/folder/lock.ts";
import { meets } from "../../../src/population/folder/meets.ts";
import type { Specification } from "../../../src/population/specification/schema.ts";
import { type GeneratePopulationOptions, generatePopulation } from "../../../src/simulation/people/population.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { type Script, testSimulation } from "../../../src/testing/index.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const sketch = (fact = "You whistle."): unknown => ({
  ...{ nationality: "Peruvian", residence: "Puno, Peru", languages: ["Spanish"], education: "School." },
  occupation: { title: "baker", organization: "a bakery", description: "Bread." },
  ...{ style: "Loud.", personality: { traits: ["a", "b", "c"] } },
  preferences: { likes: ["d", "e", "f"], dislikes: ["g", "h", "i"] },
  ...{ beliefs: ["j", "k", "l"], other_facts: [fact, "m", "n"] },
});
const specification: Specification = {
  ...{ specification: 1, name: "puno", locale: "es" },
  dimensions: {
    age: {
      kind: "numeric",
      bands: [
        { from: 18, to: 40, share: 1, label: "young" },
        { from: 41, to: 90, share: 1 },
      ],
    },
    sex: { kind: "categorical", shares: { female: 1, male: 1 } },
  },
};
const draws: readonly Draw[] = [
  { id: "0001", values: { age: 44, sex: "female" }, weight: 1.5, household: { id: "h1", partner: "0003" } },
  { id: "0002", values: { age: 21, sex: "male" }, weight: 0.5 },
  { id: "0003", values: { age: 70, sex: "male" }, weight: 1, household: { id: "h1", partner: "0001" } },
];

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "population-")), "puno");
});
afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

async function make(script: Script, options: Partial<GeneratePopulationOptions> = {}, store = createMemoryStore()) {
  await using run = await testSimulation(scriptedModel(script, { limits: { following: "small" } }), { store });
  const making = generatePopulation(run.simulation, draws, { specification, method: "quota", ...options, folder });
  const result = await making.then(
    (manifest) => ({ manifest, error: undefined }),
    (error: unknown) => ({ manifest: undefined, error }),
  );
  return { ...result, calls: run.model.requests.length, seed: run.simulation.seed };
}
/** A store that cannot say what was asked, until it is mended. */
function withoutAttempts() {
  const store = createMemoryStore();
  const lost = new TinyTroupeError("STORE_FAILED", "No.", { data: { location: "memory" }, hint: "Mend it." });
  let isMended = false;
  const listAttempts: typeof store.listAttempts = (run) => {
    if (isMended) return store.listAttempts(run);
    throw lost;
  };
  const mend = () => {
    isMended = true;
  };
  return { store: { ...store, listAttempts }, lost, mend };
}
const filesIn = async (): Promise<readonly string[]> => (await readdir(folder, { recursive: true })).sort();
const refused = new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "no" }, hint: "Ask another." });

describe("a population's folder", () => {
  it("has a person a file and a manifest that says what they were made from, the same each time", async () => {
    const { manifest, seed } = await make(() => sketch());
    const [ana = "", rui = "", ivo = ""] = manifest?.people.map(({ file }) => file) ?? [];
    expect(await filesIn()).toEqual(["people", ana, rui, ivo, "population.json"].sort());
    expect(manifest).toMatchObject({
      ...{ format: 1, simulated: true, name: "puno", specification, seed, method: "quota", size: 3, depth: "sketch" },
      cost: { calls: 3 },
      people: [
        { id: "0001", weight: 1.5, draw: { age: 44, sex: "female" }, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { id: "0002" },
        { id: "0003", household: { id: "h1", partner: "0001" } },
      ],
    });
    const text = await readFile(join(folder, "population.json"), "utf8");
    expect(JSON.parse(text)).toEqual(manifest);
    await rm(folder, { recursive: true });
    await make(() => sketch());
    expect(await readFile(join(folder, "population.json"), "utf8")).toBe(text);
  });
  it("is read as it was drawn, and tells what was changed by hand, is missing, or is a stranger", async () => {
    const { manifest } = await make(({ messages }) =>
      JSON.stringify(messages).includes("Age: 21") ? refused : sketch(),
    );
    const [ana = "", , ivo = ""] = manifest?.people.map(({ file }) => join(folder, file)) ?? [];
    const text = await readFile(ivo, "utf8");
    await writeFile(ivo, text.replace("You whistle.", "You sing."));
    await writeFile(ana, JSON.stringify(JSON.parse(await readFile(ana, "utf8"))));
    await writeFile(join(folder, "people", "guest.json"), "{}");
    const population = await loadPopulation(folder);
    expect(population).toMatchObject({
      people: [
        { draw: draws[0], edited: false, persona: { age: 44, gender: "female" } },
        { draw: draws[2], edited: true, persona: { age: 70 } },
      ],
      edited: [ivo],
      missing: [{ id: "0002", why: "MODEL_REFUSED No." }],
      strangers: ["people/guest.json"],
    });
  });
  it("says that its folder of people cannot be looked through", async () => {
    await make(() => sketch());
    await rm(join(folder, "people"), { recursive: true });
    expect(await loadPopulation(folder, { first: 0 })).toMatchObject({ people: [], strangers: [] });
    await symlink("people", join(folder, "people"));
    await expect(loadPopulation(folder, { first: 0 })).rejects.toThrow("its links lead in a circle");
  });
  it("is read in part: by what was drawn, and the first of them", async () => {
    await make(() => sketch());
    const ids = async (subset: Parameters<typeof loadPopulation>[1]) =>
      (await loadPopulation(folder, subset)).people.map(({ draw }) => draw.id);
    expect(await ids({ where: { sex: "male" } })).toEqual(["0002", "0003"]);
    expect(await ids({ where: { sex: ["male", "female"], age: { from: 40 } } })).toEqual(["0001", "0003"]);
    expect(await ids({ where: { age: "young" } })).toEqual(["0002"]);
    expect(await ids({ first: 2 })).toEqual(["0001", "0002"]);
    await expect(ids({ where: { region: "x" } })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      hint: "It has: age, sex.",
    });
    await expect(ids({ frist: 2 } as object)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
  it("brings its people into a run, or some of them", async () => {
    await make(() => sketch());
    await using run = await testSimulation(scriptedModel([]));
    const some = await run.simulation.loadPeople([folder], { where: { sex: "male" }, first: 1 });
    expect(some.map(({ persona }) => persona.age)).toEqual([21]);
    const others = await run.simulation.loadPeople([folder], { where: { age: { from: 40 } } });
    expect(others.map(({ persona }) => persona.age)).toEqual([44, 70]);
    await expect(run.simulation.loadPeople(["oscar"], { first: 1 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
  it("is gone on with: who is there is not made again, who failed is asked anew, the cost is that of all", async () => {
    const store = createMemoryStore();
    const spent = new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", {
      ...{ data: { limit: {}, spent: {}, wanted: {} }, hint: "Raise it." },
    });
    const old = (age: number) => sketch(`You are ${age} years old.`);
    const first = await make(
      ({ messages }) =>
        /Age: 44/.test(JSON.stringify(messages)) ? old(44) : /Age: 21/.test(JSON.stringify(messages)) ? old(99) : spent,
      {},
      store,
    );
    expect(first).toMatchObject({ error: { code: "BUDGET_EXCEEDED" } });
    expect((await loadPopulation(folder)).people).toHaveLength(1);
    const kept = await readFile(join(folder, (await filesIn()).find((file) => file.includes("0001")) ?? ""), "utf8");
    const second = await make(() => sketch(), {}, store);
    expect(second.calls).toBe(2);
    expect(second.manifest?.people.every(({ hash, failed }) => hash !== undefined && failed === undefined)).toBe(true);
    expect(second.manifest?.cost.calls).toBe(5);
    const after = await readFile(join(folder, (await filesIn()).find((file) => file.includes("0001")) ?? ""), "utf8");
    expect(after).toBe(kept);
    expect(await make([], {}, store)).toMatchObject({ calls: 0, manifest: { cost: { calls: 5 } } });
  });
  it("has its people where the run cannot tell what they cost: that is told, and counted by the next start", async () => {
    const { store, lost, mend } = withoutAttempts();
    expect((await make(() => sketch(), {}, store)).error).toBe(lost);
    expect((await loadPopulation(folder)).people).toHaveLength(3);
    mend();
    expect(await make(() => sketch(), {}, store)).toMatchObject({ calls: 0, manifest: { cost: { calls: 3 } } });
  });
  it("tells first why people could not be made, where the run cannot tell what they cost either", async () => {
    const stopped = new TinyTroupeError("ABORTED", "Stopped.", { data: { reason: "enough" }, hint: "Go on." });
    const { error } = await make(() => stopped, {}, withoutAttempts().store);
    expect(error).toMatchObject({ code: "ABORTED" });
  });
  it("counts whom a killed program had written whole, without its journal too, and leaves no half", async () => {
    const { manifest } = await make(() => sketch());
    const file = join(folder, "population.json");
    const people = manifest?.people.map(({ hash: _hash, ...entry }) => entry);
    await writeFile(
      file,
      JSON.stringify({ ...manifest, people, runs: {}, cost: { calls: 0, input: 0, output: 0, usd: 0 } }),
    );
    await rm(join(folder, manifest?.people[1]?.file ?? ""));
    const again = await make(() => sketch());
    expect(again.calls).toBe(1);
    expect(again.manifest?.people.map(({ hash }) => hash)).toEqual(manifest?.people.map(({ hash }) => hash));
  });
  it.each<[string, Partial<GeneratePopulationOptions>]>([
    ["specification", { specification: { ...specification, title: "Others" } }],
    ["about", { about: "Others" }],
  ])("is not gone on with for another %s", async (what, options) => {
    await make(() => sketch());
    expect((await make(() => sketch(), options)).error).toMatchObject({
      code: "FILE_UNWRITABLE",
      message: expect.stringContaining(`its ${what} is another`),
    });
  });
  it("belongs to one program at a time", async () => {
    const lock = await lockFolder(folder);
    expect((await make([])).error).toMatchObject({ code: "STORE_LOCKED", data: { location: folder } });
    await lock.release();
    expect((await make(() => sketch())).error).toBeUndefined();
  });
  it("says where a manifest is wrong, and what cannot be written", async () => {
    await make(() => sketch());
    const file = join(folder, "population.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"format": 1', '"format": 2'));
    await expect(loadPopulation(folder)).rejects.toMatchObject({ code: "POPULATION_INVALID", data: { file } });
    await writeFile(file, text.replace('"people/0001', '"../0001'));
    await expect(loadPopulation(folder)).rejects.toMatchObject({ code: "POPULATION_INVALID" });
    await writeFile(file, "{");
    await expect(loadPopulation(folder)).rejects.toMatchObject({ code: "POPULATION_INVALID" });
    await rm(folder, { recursive: true });
    await writeFile(folder, "");
    expect((await make([])).error).toMatchObject({ code: "FILE_UNWRITABLE" });
    await rm(folder);
    await mkdir(folder);
    await expect(loadPopulation(folder)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
});

describe("meets", () => {
  it("takes numbers by value, by range and by the band's label", () => {
    expect(meets({ age: 40 }, { age: "young" }, specification)).toBe(true);
    expect(meets({ age: 41 }, { age: "41-90" }, specification)).toBe(true);
    expect(meets({ age: 41 }, { age: 41 }, specification)).toBe(true);
    expect(meets({ age: 41 }, { age: { to: 40 } }, specification)).toBe(false);
    expect(meets({ sex: "f" }, { sex: { from: 1 } })).toBe(false);
    expect(meets({}, { sex: "f" })).toBe(false);
  });
});

describe("deleting somebody of a population", () => {
  it("leaves an id alone of them, and they are not made again", async () => {
    const { manifest } = await make([sketch(), sketch("You hum."), sketch("You sing.")]);
    const [, , gone] = manifest?.people ?? [];
    const deleted = await deletePerson(folder, "0003");
    expect(deleted).toMatchObject({ id: "0003", file: gone?.file });
    expect(await filesIn()).not.toContain(gone?.file);
    const text = await readFile(join(folder, "population.json"), "utf8");
    expect(text).not.toContain(gone?.name);
    const after = JSON.parse(text);
    expect(after.deleted).toEqual([{ id: "0003", deleted: true }]);
    expect(after.people.map(({ id }: { id: string }) => id)).toEqual(["0001", "0002"]);
    expect(after.people[0].household).toEqual({ id: "h1" });
    const { people, missing, strangers } = await loadPopulation(folder);
    expect([people.length, missing, strangers]).toEqual([2, [], []]);
    const again = await make([sketch("You shout.")]);
    expect([again.error, again.calls, again.manifest?.people.length]).toEqual([undefined, 0, 2]);
    expect(await deletePerson(folder, "0003")).toMatchObject({ id: "0003" });
  });

  it("changes nothing for an id that nobody has, in no population, or while people are made", async () => {
    await make([sketch(), sketch("You hum."), sketch("You sing.")]);
    const before = await readFile(join(folder, "population.json"), "utf8");
    await expect(deletePerson(folder, "../0001")).rejects.toMatchObject({ code: "TARGET_UNKNOWN" });
    await expect(deletePerson(join(folder, "none"), "0001")).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
    const lock = await lockFolder(folder);
    await expect(deletePerson(folder, "0001")).rejects.toMatchObject({ code: "STORE_LOCKED" });
    await lock.release();
    expect(await readFile(join(folder, "population.json"), "utf8")).toBe(before);
  });
});
