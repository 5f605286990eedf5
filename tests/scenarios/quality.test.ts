import { afterAll, beforeAll, expect, it } from "vitest";
import { defineStudy, stockPropositions } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await castServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const questions = ["What would you pay for silence?", "And for noise?", "What is it worth to others?"];

/** People who are asked at once, each of whom is looked after. */
const interviews = defineStudy({
  name: "in-character",
  seed: 3,
  run: async (simulation) => {
    const { personaAdherence, hardPersonaAdherence, selfConsistency, fluency, suitability } = stockPropositions;
    const rubrics = [personaAdherence, hardPersonaAdherence, selfConsistency, fluency, suitability];
    const quality = { rubrics, otherwise: "drop" } as const;
    const names = ["lisa", "oscar", "marcos", "doreen"];
    const people = await Promise.all(names.map((name) => simulation.person(name, { quality })));
    for (const question of questions) await Promise.all(people.map((person) => person.listenAndAct(question, "Ilse")));
    return people.map((person) => person.quality);
  },
});

/** What the judge is asked has a draft; what a person is asked once more has a note on the first answer. */
const isJudging = (words: string): boolean => words.includes("<draft of=");

/** One first draft in three is a machine's, one in three is dull to the judge; what is mended passes. */
const drafts: Director = (request) => {
  const words = wordsOf(request);
  const dice = Number.parseInt(markOf(request).slice(0, 2), 16);
  const afterMs = dice % 7;
  if (isJudging(words)) return { afterMs, text: JSON.stringify(verdicts(request.schema, words)) };
  const again = words.includes("it was taken back");
  const said =
    again || dice % 3 === 0 ? "" : dice % 3 === 1 ? "As an AI language model, I have none. " : "In conclusion, ";
  return { afterMs, text: turn(`${said}${markOf(request).match(/../g)?.join(" ")}`) };
};

function turn(content: string): string {
  const state = { goals: null, context: null, attention: null, emotions: null };
  return JSON.stringify({ state, actions: [{ type: "TALK", target: null, content }, { type: "DONE" }] });
}

/** A low score for a draft that sums up, with its first words as a quote. */
function verdicts(schema: object | undefined, words: string): object {
  const draft = words.slice(words.lastIndexOf("<draft of="));
  const [, entry, quote] = /\[(\d+)\] [^:]*: (.{12})/u.exec(draft) ?? [];
  const score = draft.includes("In conclusion") ? 1 : 8;
  const { properties } = schema as { properties: object };
  const verdict = { why: "So.", evidence: [{ entry: Number(entry), quote }], score };
  return Object.fromEntries(Object.keys(properties).map((key) => [key, verdict]));
}

async function played(project: Project, concurrency: number, stream = false) {
  const before = server.requests.length;
  server.direct(drafts);
  const options = { model: chatModel, variables: openaiAt(server.url), concurrency, stream };
  const { error, result, story } = await project.play(interviews, options);
  expect(error).toBeUndefined();
  return { result, story, calls: server.requests.slice(before).map(wordsOf) };
}

it("bad drafts are mended in a bounded number of calls, in the same story whoever is faster, and never again", async () => {
  await using first = await tempProject();
  await using second = await tempProject();
  const one = await played(first, 1);
  const turns = one.story.flatMap((event) => (event.type === "turn" && event.quality ? [event.quality] : []));
  expect(turns).toHaveLength(4 * questions.length);
  expect(new Set(turns.map(({ outcome }) => outcome))).toEqual(new Set(["passed", "repaired"]));
  expect(
    new Set(turns.flatMap(({ drafts: all }) => all.flatMap(({ findings }) => findings.map(({ check }) => check)))),
  ).toEqual(new Set(["broken-character"]));
  for (const { outcome, calls } of turns) expect(1 + calls).toBeLessThanOrEqual(outcome === "passed" ? 2 : 4);
  expect(one.calls).toHaveLength(turns.length + turns.reduce((sum, { calls }) => sum + calls, 0));
  expect(one.calls.filter(isJudging).length).toBeGreaterThan(turns.length / 2);
  const said = JSON.stringify(one.story.flatMap((event) => (event.type === "turn" ? event.actions : [])));
  expect(said).not.toMatch(/As an AI|In conclusion/);

  const other = await played(second, 64, true);
  expect(other.result).toEqual(one.result);
  expect(other.calls.toSorted()).toEqual(one.calls.toSorted());
  sameStory(second.store, first.store);

  const replayed = await played(first, 64);
  expect([replayed.calls, replayed.result]).toEqual([[], one.result]);
});

it("a study file can have all its people looked after, and a rehearsal of it plays to its end", async () => {
  await using project = await tempProject();
  const file = await project.write(
    "study.yaml",
    "name: careful\nquality: strict\npeople: [lisa, oscar]\nsteps:\n  - ask: { question: What would you pay for silence? }\n",
  );
  const { stdout, code, stderr } = await commandHere(project, ["run", file, "--model", "builtin", "--json"]);
  expect([code, JSON.parse(stdout).ok], stderr).toEqual([0, true]);
  const run = JSON.parse(stdout).run as string;
  const turns = (await project.story(run)).flatMap((event) => (event.type === "turn" ? [event] : []));
  expect(turns).toHaveLength(2);
  for (const { quality } of turns) {
    expect(quality?.heuristic).toBe(true);
    expect(quality?.drafts[0]?.verdicts).toHaveLength(5);
  }
});

it("a rehearsal is the same however many are asked at once, and meets repairs", async () => {
  await using first = await tempProject();
  await using second = await tempProject();
  const one = await first.play(interviews, { model: "builtin", concurrency: 1 });
  const other = await second.play(interviews, { model: "builtin", concurrency: 64, stream: true });
  expect([one.error, other.error]).toEqual([undefined, undefined]);
  expect(other.result).toEqual(one.result);
  sameStory(second.store, first.store);
});
