import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadPerson, loadPopulation, populationFromInterviews, populationFromRows } from "../../../../src/index.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { personaFromTranscript } from "../../../../src/population/from-people/transcript.ts";
import type { InterviewTurn } from "../../../../src/population/interview/interviewer.ts";
import { transcriptHead, transcriptTurn } from "../../../../src/population/interview/transcript.ts";
import { createMemoryStore } from "../../../../src/stores.ts";
import { testSimulation } from "../../../../src/testing/index.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const turn = (number: number, asked: string, answer: string): InterviewTurn => ({
  ...{ number, section: 0, question: number - 1, followUps: 0, minutes: 0, notes: "baker, never borrows" },
  ...{ title: "Work", asked, answer, kind: "guide", because: "" },
});
const turns = [
  turn(1, "What do you do?", "I bake bread, nights mostly.\nI turned forty-four in May."),
  turn(2, "Are you from Porto?", "skip"),
  turn(3, "And money?", "I never borrow.\n\nMy father did."),
];
const given = { consent: { given: true, scope: "simulated interviews" }, collected: "2026-05-04T10:00:00.000Z" };
const headOf = (simulated: string | null, terms: object) =>
  transcriptHead({ format: 1, guide: "0".repeat(64), simulated, ...terms }, ["Terms."]);
const written = (simulated: string | null = null, terms: object = given): string =>
  headOf(simulated, terms) + turns.map(transcriptTurn).join("");

const reflection = (text: string) => ({ text, quote: "I never borrow." });
const answer = (quote: string) => ({
  ...{ name: "Maria", languages: ["English"], style: "Short." },
  personality: { traits: ["You save.", "You tire.", "You grumble."] },
  preferences: { likes: ["rye", "rain", "dawn"], dislikes: ["debt", "noise", "banks"] },
  ...{ beliefs: ["Debt is a trap.", "b", "c"], other_facts: ["You bake.", "d", "e"] },
  told: {
    ...{ gender: null, nationality: null, residence: null, education: null, occupation: null },
    age: { value: 44, quote },
  },
  reflections: {
    psychologist: reflection("Quiet."),
    behavioural_economist: reflection("Averse to debt."),
    political_scientist: reflection("Wary."),
    demographer: reflection("Poor once."),
  },
});
const quote = "nights mostly. I turned forty-four";
const small = { limits: { following: "small" } } as const;

describe("a transcript that an interviewer wrote", () => {
  it("is read as it is: what was asked and answered, without where the interview stood", async () => {
    const model = scriptedModel([answer(quote)], small);
    const file = written().replaceAll("\n", "\r\n");
    const { persona, origin } = await personaFromTranscript(testContext({ model }), file, { source: "anna.md" });
    expect(persona).toMatchObject({ name: "Maria", age: 44 });
    expect(origin).toEqual({ kind: "interview", source: "anna.md", ...given });
    const prompt = promptOf(model.requests[0]);
    expect(prompt).toContain("Interviewer: And money?\n\nAnswer: I never borrow.\n\nMy father did.");
    for (const absent of ["<!--", "never borrows", "> I bake", "Porto", "Terms."]) expect(prompt).not.toContain(absent);
  });

  it("is quoted by its answers alone, not by what was asked", async () => {
    const model = scriptedModel([answer("And money?"), answer(quote)], small);
    await personaFromTranscript(testContext({ model }), written(), { source: "anna.md" });
    expect(promptOf(model.requests[1])).toContain('age: "And money?" does not stand in the transcript');
  });

  it("needs the consent that it has, and none where nobody real answered", async () => {
    const asked = (text: string) =>
      personaFromTranscript(testContext({ model: scriptedModel([answer(quote)], small) }), text, { source: "x.md" });
    await expect(asked(written(null, {}))).rejects.toMatchObject({ code: "CONSENT_MISSING" });
    await expect(asked(written(null, { consent: { given: false, scope: "none" } }))).rejects.toThrow();
    expect((await asked(written("lisa", {}))).origin).toEqual({ kind: "simulated", source: "x.md" });
  });
});

describe("a folder of people from people", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "from-people-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("grows by interviews that come later, keeps whence each is, and refuses one that was changed", async () => {
    const out = join(folder, "bakers");
    const model = scriptedModel(() => answer(quote), small);
    const store = createMemoryStore();
    const anna = { id: "anna", text: written(), source: "anna.md" };
    const rui = { id: "rui", text: written(), source: "rui.md", name: "Rui" };
    const make = async (...interviews: (typeof anna)[]) => {
      await using run = await testSimulation(model, { store });
      return await populationFromInterviews(run.simulation, interviews, { folder: out });
    };
    expect((await make(anna)).people.map(({ name, file }) => [name, file])).toEqual([["Maria", "people/anna.json"]]);
    expect((await make(rui)).people.map(({ id }) => id)).toEqual(["anna", "rui"]);
    const manifest = await make(anna, rui);
    expect(model.requests).toHaveLength(2);
    expect(manifest).toMatchObject({ method: "interviews", size: 2, cost: { calls: 2 } });
    const { people } = await loadPopulation(out);
    expect(people.map(({ persona }) => persona.name)).toEqual(["Maria", "Rui"]);
    expect(people[1]?.origin).toMatchObject({ kind: "interview", source: "rui.md", subject: "rui", ...given });
    expect(people[1]?.origin?.evidence).toContainEqual({ about: "age", quote });
    await expect(make({ ...anna, text: written().replace("nights", "days") })).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
      message: expect.stringContaining("source of anna"),
    });
    // Nobody is asked where one of them did not agree.
    const silent = { ...rui, id: "eva", text: written(null, {}) };
    await expect(make(anna, silent)).rejects.toMatchObject({ code: "CONSENT_MISSING", data: { person: "eva" } });
    expect(model.requests).toHaveLength(2);
  });

  it("is made of rows: ids, names and weights where columns give them, and numbers that a file has as text", async () => {
    const out = join(folder, "pilot");
    await using run = await testSimulation(createBuiltin());
    const rows = [
      { id: "r7", name: "Ana Reis", age: "44", "commutes by": "tram", Weight: "1.5" },
      { id: "r8", name: "", age: "61", "commutes by": "007" },
    ];
    const options = { folder: out, source: "pilot.csv", consent: given.consent, about: "Adults in Portugal" };
    await populationFromRows(run.simulation, rows.slice(0, 1), options);
    const manifest = await populationFromRows(run.simulation, rows, options);
    expect(manifest.people.map(({ id, weight, draw }) => ({ id, weight, draw }))).toEqual([
      { id: "r7", weight: 1.5, draw: { age: 44, "commutes by": "tram" } },
      { id: "r8", weight: 1, draw: { age: 61, "commutes by": "007" } },
    ]);
    const [ana, other] = (await loadPopulation(out)).people;
    expect(ana?.persona).toMatchObject({ name: "Ana Reis", age: 44 });
    expect(other?.name).not.toBe("");
    const file = join(out, manifest.people[0]?.file ?? "");
    expect((await loadPerson(file)).person.origin).toEqual({
      ...{ kind: "survey", source: "pilot.csv", consent: given.consent, subject: "r7" },
    });
    expect(JSON.stringify(ana?.persona.other_facts)).not.toContain("Ana Reis");
    expect(await readFile(file, "utf8")).toContain('"scope": "simulated interviews"');
    const denied = { ...options, folder: join(folder, "none"), consent: { given: false, scope: "none" } };
    await expect(populationFromRows(run.simulation, rows, denied)).rejects.toMatchObject({ code: "CONSENT_MISSING" });
  });
});
