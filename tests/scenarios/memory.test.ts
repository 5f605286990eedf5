import { afterEach, beforeEach, expect, it } from "vitest";
import { defineStudy, estimate, type Study } from "../../src/index.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeRequest } from "../support/fake-provider/dialect.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const onServer = () => ({ model: chatModel, variables: openaiAt(server.url) });
const turns = 30;

/** Two people who are asked something thirty times, a day apart, each thing heard once. */
const longTalk: Study<unknown> = defineStudy({
  name: "a long talk",
  startAt: "2030-01-01T09:00:00Z",
  run: async (simulation) => {
    const people = await simulation.loadPeople("lisa", "oscar");
    for (let day = 0; day < turns; day++) {
      await Promise.all(people.map((person) => person.listenAndAct(`How was day ${day}?`, "The interviewer")));
      simulation.context.clock.advance(86_400_000);
    }
    return Promise.all(people.map((person) => person.memory.notes()));
  },
});

const consolidates = (request: FakeRequest): boolean => JSON.stringify(request.schema ?? {}).includes('"reflections"');
const marks = (from = 0): readonly string[] => server.requests.slice(from).map((request) => markOf(request));

it("a life with a memory that is stopped anywhere goes on to the same end, and no answer is asked for twice", async () => {
  await using whole = await tempProject();
  const unbroken = await whole.play(longTalk, onServer());
  expect(unbroken.error).toBeUndefined();
  const needed = marks();
  const asked = server.requests.filter(consolidates).length;
  // 30 turns of one thing heard, one thought and one said: 90 events each.
  expect(asked).toBeGreaterThanOrEqual(4);
  expect(asked).toBeLessThanOrEqual(2 * 0.04 * 3 * turns);
  const before = server.requests.length;
  for (const calls of [17, 18, 19, 20, 21, 40, 41]) {
    const stopped = await project.play(longTalk, { ...onServer(), budget: { calls } });
    expect(stopped.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
  }
  const finished = await project.play(longTalk, onServer());
  expect(finished.error).toBeUndefined();
  expect(finished.result).toEqual(unbroken.result);
  expect(await project.story(finished.run)).toEqual(await whole.story(unbroken.run));
  expect(marks(before).toSorted()).toEqual(needed.toSorted());
  const rows = server.requests.length;
  expect((await project.play(longTalk, onServer())).result).toEqual(unbroken.result);
  expect(server.requests.length).toBe(rows);
});

it("a consolidation that a provider refuses is told, costs nobody their turn, and is made up for", async () => {
  let refused = 0;
  server.direct((request) => (consolidates(request) && refused++ < 4 ? { text: "I would rather not." } : {}));
  const played = await project.play(longTalk, onServer());
  expect(played.error).toBeUndefined();
  const types = played.story.map((event) => event.type);
  expect(types.filter((type) => type === "consolidation-failed").length).toBeGreaterThan(0);
  expect(types.filter((type) => type === "turn")).toHaveLength(2 * turns);
  expect(types.filter((type) => type === "turn-failed")).toEqual([]);
  const changed = played.story.flatMap((event) => (event.type === "notes-changed" ? [event] : []));
  for (const person of ["lisa-brannigan", "oscar-ramsaran"]) {
    const spans = changed.filter((event) => event.person === person).flatMap((event) => event.episodes ?? []);
    // Every episode up to the last that was consolidated, once each.
    expect(spans[0]).toBe(1);
    for (let at = 2; at < spans.length; at += 2) expect(spans[at]).toBe((spans[at - 1] ?? 0) + 1);
  }
});

it("an estimate counts what a memory costs as the run then does", async () => {
  const counted = await estimate(longTalk, { model: chatModel, environment: project.environment() });
  const byPurpose = counted.low.by("purpose").map((row) => [row.purpose, row.calls]);
  expect(Object.fromEntries(byPurpose)).toMatchObject({ act: 2 * turns });
  expect(Object.fromEntries(byPurpose)["consolidate"]).toBeGreaterThanOrEqual(4);
});
