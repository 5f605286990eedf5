import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineStudy, type JournalEvent, type SimulationEvent, transcriptOf } from "../../src/index.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { exampleFile, type Project, study, tempProject } from "../support/project.ts";
import { castServer, dialects } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const room = () => study(exampleFile("03-brainstorming", "main.ts"));
const turnsIn = (story: readonly JournalEvent[]) => story.filter((event) => event.type === "turn");
const speaking = (shown: readonly SimulationEvent[], person: string) =>
  shown.flatMap((event, at) => (event.type === "speaking" && event.person === person ? [{ ...event, at }] : []));

/** Every action once, every turn whole: a thought (of which small models are not asked), words, DONE. */
function expectWholeTurns(story: readonly JournalEvent[], model: string): void {
  const kinds = turnsIn(story).map((turn) => turn.actions.map(({ type }) => type).join());
  const whole = model.startsWith("ollama/") ? "TALK,DONE" : "THINK,TALK,DONE";
  expect(kinds).toEqual(Array.from({ length: 12 }, () => whole));
  const spoken = transcriptOf(story).flatMap(({ type, from, text }) => (type === "TALK" ? [`${from}: ${text}`] : []));
  expect(spoken.length).toBe(12);
  expect(new Set(spoken).size).toBe(12);
}

describe.each(dialects)("%s over %s", (model, path, environment) => {
  const on = () => ({ model, variables: environment(server.url) });

  it("plays a whole study, and words are seen while they are made", async () => {
    server.direct(() => ({ eachMs: 1 }));
    const { error, result, shown, story } = await project.play(await room(), { ...on(), stream: true });
    expect(error).toBeUndefined();
    expect(server.requests.length).toBe(13);
    for (const request of server.requests) expect(request.path).toContain(path);
    expectWholeTurns(story, model);
    for (const turn of turnsIn(story)) {
      const told = shown.findIndex((event) => "id" in event && event.id === turn.id);
      const home = shown
        .slice(0, told)
        .findLastIndex((event) => event.type === "call-finished" && event.scope === `person:${turn.person}`);
      const before = speaking(shown.slice(0, home), turn.person);
      const talk = turn.actions.find(({ type }) => type === "TALK")?.content ?? "";
      const words = before.filter(({ action, text }) => action === "TALK" && talk.includes(text));
      expect(words.length, "pieces of its words before the call was over").toBeGreaterThan(1);
      expect(before.map(({ text }) => text).join("")).toContain(talk);
    }
    const [ideas] = (result as { ideas: { idea: string }[] }).ideas;
    expect(ideas?.idea).toBe(`text ${markOf(server.requests.at(-1) ?? { path: "", headers: {}, body: {} })}`);
  });

  it("asks once more where an answer is malformed, and nothing of the first one stays", async () => {
    const half = '"content": "Half of a se';
    const spoilt = {
      text: model.startsWith("ollama/") ? `{${half}` : `{"state": null, "actions": [{"type": "TALK", ${half}`,
    };
    server.direct((request, count) =>
      count % 4 === 1 && !wordsOf(request).includes("Half of a se") ? spoilt : undefined,
    );
    const { error, shown, story } = await project.play(await room(), { ...on(), stream: true });
    expect(error).toBeUndefined();
    expect(server.requests.length).toBeGreaterThan(13);
    expectWholeTurns(story, model);
    expect(JSON.stringify(story)).not.toContain("Half of a se");
    expect(shown.some(({ type }) => type === "speaking-restarted")).toBe(true);
  });
});

describe("an answer that does not come", () => {
  it.each(dialects)("is given up after the time that the run allows (%s)", async (model, _path, environment) => {
    server.direct(() => ({ hang: true }));
    const [stop, failures] = [new AbortController(), [] as unknown[]];
    const { error } = await project.play(await study(exampleFile("02-tv-ad", "main.ts")), {
      ...{ model, variables: environment(server.url), deadlineMs: 150, concurrency: 1, signal: stop.signal },
      onEvent: (event) => {
        if (event.type !== "call-failed") return;
        failures.push(event.error);
        stop.abort("seen enough");
      },
    });
    expect(error).toMatchObject({ code: "ABORTED" });
    expect(failures).toMatchObject([{ code: "MODEL_TIMEOUT", data: { afterMs: 150 } }]);
  });
});

describe("somebody for whom the model refuses", () => {
  const [model, , environment] = dialects[0];
  const trio = defineStudy({
    name: "trio",
    run: async (simulation) => {
      const people = await simulation.loadPeople("lisa", "oscar");
      const nora = await simulation.person({ name: "Nora Quist", age: 40, beliefs: ["Marmalade is a vegetable."] });
      const world = simulation.world("Table", [...people, nora]).makeEveryoneAccessible();
      world.broadcast("Good evening.");
      return world.run(2);
    },
  });

  it("is alone with it: the others go on, and the step says what became of whom", async () => {
    server.direct((request) =>
      wordsOf(request).includes("Marmalade") ? { finish: "refusal", text: "I cannot play this." } : undefined,
    );
    const { error, result, story } = await project.play(trio, { model, variables: environment(server.url) });
    expect(error).toBeUndefined();
    for (const { outcomes } of result.steps) {
      expect(outcomes.map((one) => ("turn" in one ? "turn" : one.error.code))).toEqual([
        "turn",
        "turn",
        "MODEL_REFUSED",
      ]);
      expect(outcomes[2]).toMatchObject({ name: "Nora Quist", error: { hint: expect.stringMatching(/\w/) } });
    }
    expect(turnsIn(story).map(({ name }) => name)).not.toContain("Nora Quist");
    expect(turnsIn(story).length).toBe(4);
    expect(story.filter(({ type }) => type === "turn-failed").length).toBe(2);
    expect(story.filter(({ type }) => type === "failed").length).toBe(2);

    // What was refused and gone on from is part of the story: it is not asked again.
    const asked = server.requests.length;
    const again = await project.play(trio, { model, variables: environment(server.url) });
    expect(again.story).toEqual(story);
    expect(server.requests.length - asked).toBeLessThanOrEqual(1);
  });
});
