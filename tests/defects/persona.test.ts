import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TinyPerson } from "../../src/person/tiny-person.ts";
import { loadPersona, savePersona } from "../../src/persona/files.ts";
import { layFragment, parseFragment } from "../../src/persona/fragment.ts";
import { minibio } from "../../src/persona/prose.ts";
import { parsePersona } from "../../src/persona/schema.ts";
import { says, testSimulation } from "../../src/testing/index.ts";
import { testContext } from "../support/context.ts";
import { promptOf, testPerson } from "../support/person.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "persona-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("B19: a saved person can be loaded under another name; the same name twice is refused, not ignored", async () => {
  const file = join(folder, "lisa.json");
  await savePersona(file, parsePersona({ name: "Lisa", style: "Lisa is gruff." }));
  await using run = await testSimulation([says("Ana, that is me.")]);
  await run.simulation.person(file);
  await expect(run.simulation.person(file)).rejects.toMatchObject({ code: "NAME_TAKEN", data: { name: "Lisa" } });
  const ana = await run.simulation.person(file, { name: "Ana" });
  await ana.listenAndAct("Who are you?");
  expect(promptOf(run.model.requests[0])).toContain("You are Ana.");
  expect(promptOf(run.model.requests[0])).toContain("Ana is gruff.");
  expect(promptOf(run.model.requests[0])).not.toContain("Lisa");
});

it("B20: somebody new can be made from a person as they are now, with what they remember or without", async () => {
  await using run = await testSimulation([says("A secret? I keep it."), says("Ana keeps it, too.")]);
  const lisa = await run.simulation.person({ name: "Lisa", age: 40 }, { maxActions: 3 });
  await lisa.define("occupation", "welder").listenAndAct("Here is a secret.");
  const ana = await run.simulation.person(lisa, { name: "Ana" });
  const zoe = await run.simulation.person(lisa, { name: "Zoë", memories: false });
  for (const [name, copy] of Object.entries({ Ana: ana, Zoë: zoe })) {
    expect(copy.persona).toEqual({ name, age: 40, occupation: "welder" });
  }
  await ana.listenAndAct("What is it?");
  expect(promptOf(run.model.requests[1])).toContain("Here is a secret.");
  expect((await zoe.snapshot()).life?.episodes).toEqual([]);
});

it("B31: people made from the same data do not share what one of them becomes", () => {
  const data = { name: "Lisa", skills: ["welding"] };
  const persona = parsePersona(data);
  const [one, other] = ["one", "other"].map((id) => new TinyPerson(persona, testContext().fork(`person:${id}`)));
  const fragment = parseFragment({ skills: ["chess"] });
  one?.importFragment(fragment).define("age", 30);
  expect(one?.persona).toMatchObject({ age: 30, skills: ["welding", "chess"] });
  expect(other?.persona).toEqual({ name: "Lisa", skills: ["welding"] });
  expect([data.skills, fragment.persona.skills]).toEqual([["welding"], ["chess"]]);
});

it("B32: people with objects in their lists can be laid over each other, as deep as they go", () => {
  const projects = [{ title: "Mill", parts: [{ name: "wheel", teeth: [12, 12, 40] }] }];
  const persona = parsePersona({ name: "Lisa", projects });
  const same = parseFragment({ projects: structuredClone(projects) });
  const more = parseFragment({ projects: [{ title: "Mill", parts: [{ name: "dam" }] }] });
  expect(layFragment(persona, same)["projects"]).toEqual(projects);
  expect(layFragment(persona, more)["projects"]).toEqual([...projects, { title: "Mill", parts: [{ name: "dam" }] }]);
});

it("B33: relationships can be defined where there were none, and are read in either spelling", () => {
  const { person, context } = testPerson([]);
  const ana = new TinyPerson(parsePersona({ name: "Ana" }), context.fork("person:ana"));
  person.relatedTo(ana, "a friend", "a rival").defineRelationships([{ Name: "Oscar", Description: "brother" }], {
    merge: true,
  });
  expect(person.get("relationships")).toEqual([
    { name: "Ana", description: "a friend" },
    { name: "Oscar", description: "brother" },
  ]);
  expect(ana.get("relationships.0")).toEqual({ name: "Lisa", description: "a rival" });
  expect(person.clearRelationships().get("relationships")).toBeUndefined();
  const written = parsePersona({ name: "Lisa", relationships: [{ Name: "Oscar", Description: "brother" }] });
  expect(written.relationships).toEqual([{ name: "Oscar", description: "brother" }]);
});

it("B34: a short biography is of who somebody is now and of what it is for, and never fails for what is not said", async () => {
  const { person, model } = testPerson((_request: unknown, call: number) => ({ biography: `Version ${call}.` }), {
    persona: { age: 30, occupation: "welder" },
  });
  expect([await person.minibio(), await person.minibio()]).toEqual(
    Array(2).fill("Lisa is a 30-year-old welder. Version 0."),
  );
  person.define("age", 81).define("occupation", "painter");
  expect(await person.minibio()).toBe("Lisa is an 81-year-old painter. Version 1.");
  expect(await person.minibio({ requirements: "For a bank." })).toContain("Version 2.");
  expect(model.requests).toHaveLength(3);
  expect(minibio(parsePersona({ name: "Lisa" }))).toBe("Lisa is a person.");
});

it("A6: laying one thing over another leaves both as they were, and no value is lost, repeated numbers neither", () => {
  const persona = parsePersona({ name: "Lisa", results: { before: [3, 3, 4], after: { monday: [1, 1] } } });
  const fragment = parseFragment({ results: { before: [5], later: [2, 2] } });
  const laid = layFragment(persona, fragment);
  expect(laid["results"]).toEqual({ before: [3, 3, 4, 5], after: { monday: [1, 1] }, later: [2, 2] });
  expect(persona["results"]).toEqual({ before: [3, 3, 4], after: { monday: [1, 1] } });
  expect(fragment.persona["results"]).toEqual({ before: [5], later: [2, 2] });
});

it("A19: a file is written beside its place, in UTF-8; what cannot be written is an error and leaves the old one", async () => {
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = join(folder, "no such disk");
  try {
    const file = join(folder, "new", "민지.json");
    await savePersona(file, parsePersona({ name: "곽민지", style: "„leise“, 조용히" }));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
    expect(text).toContain("곽민지");
    expect((await loadPersona(file)).persona.style).toBe("„leise“, 조용히");
    await writeFile(join(folder, "kept"), "what was there");
    const over = savePersona(join(folder, "kept", "ana.json"), parsePersona({ name: "Ana" }));
    await expect(over).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
    expect(await readFile(join(folder, "kept"), "utf8")).toBe("what was there");
    // A folder stands in the file's place: the draft must not stay behind.
    await expect(savePersona(join(folder, "new"), parsePersona({ name: "Ana" }))).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
    });
    expect((await readdir(folder)).toSorted()).toEqual(["kept", "new"]);
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
});
