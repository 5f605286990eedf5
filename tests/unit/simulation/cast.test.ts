import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Faculty } from "../../../src/kernel/contracts/faculty.ts";
import { createBuiltin } from "../../../src/model/builtin/builtin.ts";
import { loadPerson } from "../../../src/person/state/files.ts";
import { parsePerson } from "../../../src/person/state/parse.ts";
import { renamed } from "../../../src/person/state/rename.ts";
import type { Simulation } from "../../../src/simulation/simulation.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { says, testSimulation } from "../../../src/testing/index.ts";
import { promptOf } from "../../support/person.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cast-"));
});
afterEach(() => rm(folder, { recursive: true }));

const faculty = (name: string): Faculty => ({
  name,
  actions: [
    {
      type: name.toUpperCase(),
      kind: "query",
      description: "ask",
      args: z.object({}),
      run: async () => ({ text: "Rain." }),
    },
  ],
});

function warningsOf(simulation: Simulation): string[] {
  const told: string[] = [];
  simulation.onEvent((event) => {
    if (event.type === "warning") told.push(event.message);
  });
  return told;
}

/** Lisa after one question, in a file. */
async function savedLisa(file = join(folder, "lisa.person.json"), faculties: readonly Faculty[] = []): Promise<string> {
  await using run = await testSimulation([says("I bake, said Lisa Ray.", "Oscar")], { name: "first" });
  const lisa = await run.simulation.person(
    { name: "Lisa Ray", style: "Lisa talks fast, as all of the Rays do." },
    { faculties, maxActions: 4 },
  );
  await lisa.listenAndAct("Lisa, what do you do?", "Oscar");
  await lisa.save(file);
  return file;
}

describe("somebody who was saved", () => {
  it("goes on in another run where they left off, with a story and a transcript of this run alone", async () => {
    const file = await savedLisa();
    await using run = await testSimulation([says("At night.")], { name: "second" });
    const lisa = await run.simulation.person(file);
    expect([lisa.turns, lisa.transcript()]).toEqual([[], []]);
    await lisa.listenAndAct("And when?", "Oscar");
    expect(promptOf(run.model.requests[0])).toContain("what do you do?");
    expect(lisa.transcript().map(({ text }) => text)).toEqual(["And when?", "At night."]);
    const { person } = await loadPerson(file);
    expect(person.life?.episodes.map(({ id }) => id)).toEqual(
      ["first", "first"].map((_, n) => expect.stringMatching(new RegExp(`^first-.*:person:lisa-ray#${n + 1}$`))),
    );
    const again = await lisa.snapshot();
    expect(again.life?.episodes.slice(0, 2)).toEqual(person.life?.episodes);
    expect(again.options).toMatchObject({ maxActions: 4 });
  });

  it("is replayed exactly: nothing is asked again, and a file that was changed is told", async () => {
    const file = await savedLisa();
    const store = createMemoryStore();
    const play = async (answers: readonly unknown[]) => {
      const run = await testSimulation([...answers], { name: "second", store });
      const events: string[] = [];
      run.simulation.onEvent((event) => void events.push(event.type));
      const lisa = await run.simulation.person(file);
      await lisa.listenAndAct("And when?", "Oscar");
      const story = await Array.fromAsync(run.simulation.story());
      await run.simulation.close();
      return { asked: run.model.requests.length, events, story, lisa };
    };
    const first = await play([says("At night.")]);
    const second = await play([]);
    expect([first.asked, second.asked]).toEqual([1, 0]);
    expect(second.story).toEqual(first.story);
    expect(first.story.map(({ type }) => type)).toEqual(["person-created", "person-restored", "stimulus", "turn"]);
    await first.lisa.save(file);
    const third = await play([says("As I said: at night.")]);
    expect(third.asked).toBe(1);
    expect(third.events).toContain("diverged");
  });

  it("has their faculties again when these are given, and is refused without them", async () => {
    const file = await savedLisa(undefined, [faculty("diary"), faculty("almanac")]);
    await using run = await testSimulation([{ actions: [{ type: "DIARY" }] }, says("Rain, it says.")], {
      name: "second",
    });
    await expect(run.simulation.person(file, { faculties: [faculty("diary")] })).rejects.toMatchObject({
      code: "FACULTY_MISSING",
      data: { person: "Lisa Ray", missing: ["almanac"] },
      hint: expect.stringContaining("faculties: [yours]"),
    });
    const lisa = await run.simulation.person(file, { faculties: [faculty("diary"), faculty("almanac")] });
    const turn = await lisa.listenAndAct("How was the weather?");
    expect(turn.actions.map(({ type }) => type)).toEqual(["DIARY", "TALK", "DONE"]);
    expect(promptOf(run.model.requests[1])).toContain('<result of="DIARY">Rain.</result>');
  });

  it("can leave behind what they lived through", async () => {
    const file = await savedLisa();
    await using run = await testSimulation([says("I bake.")], { name: "second" });
    const lisa = await run.simulation.person(file, { memories: false });
    await lisa.listenAndAct("Who are you?");
    expect(promptOf(run.model.requests[0])).not.toContain("what do you do?");
    expect((await lisa.snapshot()).options).toMatchObject({ maxActions: 4 });
  });

  it("says that rules played them, and which safety rule their file switches off", async () => {
    const file = join(folder, "lisa.person.json");
    await using rehearsal = await testSimulation(createBuiltin(), { name: "first" });
    const lisa = await rehearsal.simulation.person({ name: "Lisa" }, { safety: { copyright: false } });
    await lisa.listenAndAct("Hello?");
    await lisa.save(file);
    await using run = await testSimulation([], { name: "second" });
    const told = warningsOf(run.simulation);
    await run.simulation.person(file);
    expect(told).toEqual([
      "Lisa: the safety rule copyright is off, since the file says so.",
      "Lisa remembers what a program played by rules: it is no insight.",
    ]);
    await using strict = await testSimulation([], { name: "third", safety: { copyright: true } });
    const stricter = warningsOf(strict.simulation);
    await strict.simulation.person(file);
    expect(stricter).toHaveLength(1);
  });
});

describe("a rehearsal", () => {
  it("says once that it does not speak somebody's languages", async () => {
    await using run = await testSimulation(createBuiltin(), { name: "first" });
    const told = warningsOf(run.simulation);
    await run.simulation.person({ name: "Minji", languages: ["Korean (native)", "Finnish"] });
    await run.simulation.person({ name: "Ann" });
    expect(told).toEqual([]);
    await run.simulation.person({ name: "Aino", languages: ["Finnish", "Swedish"] });
    await run.simulation.person({ name: "Eero", languages: ["Finnish"] });
    expect(told).toEqual(["The rehearsal does not speak Finnish or Swedish: Aino answers in English."]);
    await using real = await testSimulation([], { name: "second" });
    const heard = warningsOf(real.simulation);
    await real.simulation.person({ name: "Aino", languages: ["Finnish"] });
    expect(heard).toEqual([]);
  });
});

describe("another name", () => {
  it("is taken on when somebody is loaded, in what they are and remember, and what is left is told", async () => {
    const file = await savedLisa();
    await using run = await testSimulation([says("Ana it is.")], { name: "second" });
    const told = warningsOf(run.simulation);
    const ana = await run.simulation.person(file, { name: "Ana Costa" });
    await ana.listenAndAct("And when?", "Oscar");
    const prompt = promptOf(run.model.requests[0]);
    expect(prompt).toContain("You are Ana Costa.");
    expect(prompt).toContain("Ana, what do you do?");
    expect(prompt).toContain("I bake, said Ana Costa.");
    expect(prompt).not.toMatch(/Lisa/);
    expect(told).toEqual([]);
    expect(ana.persona.style).toBe("Ana talks fast, as all of the Rays do.");
  });

  it("leaves parts of other words alone, follows scripts without spaces, and tells what is left of the old name", () => {
    const swap = (name: string, next: string, text: string) => {
      const { person, warnings } = renamed(parsePerson({ name, style: text }).person, next);
      return [person.persona.style, ...warnings];
    };
    expect(swap("Al Ray", "Bo Sun", "Al and Alma and al; Al’s")).toEqual(["Bo and Alma and al; Bo’s"]);
    expect(swap("곽민지", "김수아", "곽민지는 웃는다")).toEqual(["김수아는 웃는다"]);
    expect(swap("Zoë $& (X)", "Ana", "Zoë $& (X) sings, Zoë hums")).toEqual(["Ana sings, Ana hums"]);
    expect(swap("Lisa Ray", "Ana", "Ms Ray, Lisa Ray")).toEqual([
      "Ms Ray, Ana",
      "‘Ray’, of the name Lisa Ray, still stands in persona.style.",
    ]);
  });

  it("makes somebody new of a person as they are now, faculties and memories included or not", async () => {
    await using run = await testSimulation([says("I bake."), says("Ana bakes, too.")]);
    const lisa = await run.simulation.person({ name: "Lisa" }, { faculties: [faculty("diary")] });
    await lisa.listenAndAct("What do you do?", "Oscar");
    const ana = await run.simulation.person(lisa, { name: "Ana" });
    const zoe = await run.simulation.person(lisa, { name: "Zoë", memories: false });
    await ana.listenAndAct("And you?");
    const prompt = promptOf(run.model.requests[1]);
    for (const text of ["You are Ana.", "What do you do?", "I bake.", "DIARY"]) expect(prompt).toContain(text);
    expect([lisa.turns.length, ana.turns.length, zoe.turns.length]).toEqual([1, 1, 0]);
    expect((await zoe.snapshot()).life?.episodes).toEqual([]);
    await expect(run.simulation.person(lisa)).rejects.toMatchObject({ code: "NAME_TAKEN" });
    expect(run.simulation.people).toEqual([lisa, ana, zoe]);
  });
});

describe("a folder of people", () => {
  it("are loaded by their names alone: options go behind a list", async () => {
    await using run = await testSimulation([]);
    const wrong = run.simulation.loadPeople("lisa", { faculties: [] } as never);
    await expect(wrong).rejects.toMatchObject({
      code: "OPTION_INVALID",
      hint: expect.stringContaining("behind a list"),
    });
  });

  it("comes in the order of the files' names, and what is nobody is told", async () => {
    await savedLisa(join(folder, "b.person.json"));
    const files: Record<string, string> = {
      "a.json": '{"name":"Zoë"}',
      "B.json": '{"type":"TinyPerson","persona":{"name":"Bo"}}',
      "frugal.json": '{"type":"Fragment","persona":{"skills":["thrift"]}}',
      "list.json": "[1]",
      "notes.txt": "nobody",
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await mkdir(join(folder, "inner"));
    await writeFile(join(folder, "inner", "c.json"), '{"name":"Inner"}');
    await using run = await testSimulation([]);
    const told = warningsOf(run.simulation);
    const people = await run.simulation.loadPeople(folder, "oscar");
    expect(people.map(({ name }) => name)).toEqual(["Bo", "Zoë", "Lisa Ray", "Oscar Ramsaran"]);
    expect(told).toEqual(
      ["frugal.json", "list.json"].map((name) => `${join(folder, name)}: this is nobody, and was passed over.`),
    );
  });

  it("can be the first of them alone, in the order of the files; conditions are for populations", async () => {
    for (const name of ["Ann", "Bo", "Cy"]) await writeFile(join(folder, `${name}.json`), JSON.stringify({ name }));
    await using run = await testSimulation([]);
    const some = await run.simulation.loadPeople([folder], { first: 2 });
    expect(some.map(({ name }) => name)).toEqual(["Ann", "Bo"]);
    const aged = run.simulation.loadPeople([folder], { where: { age: { from: 9 } } });
    await expect(aged).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "where" } });
  });

  it("is refused where one of them is not valid, and takes faculties for all", async () => {
    await savedLisa(join(folder, "lisa.json"), [faculty("diary")]);
    await using run = await testSimulation([]);
    await expect(run.simulation.loadPeople(folder)).rejects.toMatchObject({ code: "FACULTY_MISSING" });
    const [lisa] = await run.simulation.loadPeople([folder], { faculties: [faculty("diary")] });
    expect(lisa?.faculties.map(({ name }) => name)).toEqual(["diary"]);
    await writeFile(join(folder, "ill.json"), '{"name":"Ill","age":"old"}');
    await expect(run.simulation.loadPeople(folder)).rejects.toMatchObject({
      code: "PERSONA_INVALID",
      data: { file: join(folder, "ill.json") },
    });
  });
});
