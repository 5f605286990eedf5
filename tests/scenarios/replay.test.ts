import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  defineStudy,
  extract,
  type JournalEvent,
  openSimulation,
  type SimulationEvent,
  type Study,
  z,
} from "../../src/index.ts";
import { wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { exampleFile, type Project, study, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const onServer = () => ({ model: chatModel, variables: openaiAt(server.url) });
const rowsIn = (run: string) =>
  project.withStore(async (store) => (await Array.fromAsync(store.readEvents(run))).length);
const diverged = (shown: readonly SimulationEvent[]) => shown.filter((event) => event.type === "diverged");
const scopeOf = ({ id }: JournalEvent): string => id.slice(0, id.lastIndexOf("#"));

/** An interview of five questions with two people, in which one question can be changed. */
const interview = (fourth = "And what would you change?"): Study<unknown> =>
  defineStudy({
    name: "five questions",
    run: async (simulation) => {
      const people = await simulation.loadPeople("lisa", "oscar");
      for (const question of ["How are you?", "What do you do?", "What annoys you?", fourth, "Why?"]) {
        await Promise.all(people.map((person) => person.listenAndAct(question)));
      }
      const [lisa] = people;
      return lisa && extract(lisa, { objective: "What annoys her", schema: z.object({ annoyance: z.string() }) });
    },
  });

describe("the same study, started again", () => {
  it.each(["01-interview", "02-tv-ad", "03-brainstorming"])("asks nothing, and is the same (%s)", async (name) => {
    const file = await study(exampleFile(name, "main.ts"));
    const first = await project.play(file, onServer());
    expect(first.error).toBeUndefined();
    const asked = server.requests.length;
    expect(asked).toBeGreaterThan(4);
    const rows = await rowsIn(first.run);
    const second = await project.play(file, onServer());
    expect(server.requests.length).toBe(asked);
    expect(second.run).toBe(first.run);
    expect(second.result).toEqual(first.result);
    expect(second.story).toEqual(first.story);
    expect(await rowsIn(first.run)).toBe(rows);
    expect(diverged(second.shown)).toEqual([]);
    const finished = second.shown.filter((event) => event.type === "call-finished");
    expect(finished.length).toBe(asked);
    expect(finished.every((event) => event.origin === "journal")).toBe(true);
  });

  it("is another run with another seed, and both stay", async () => {
    const first = await project.play(interview(), { ...onServer(), seed: 1 });
    const asked = server.requests.length;
    const other = await project.play(interview(), { ...onServer(), seed: 2 });
    expect(other.run).not.toBe(first.run);
    expect(server.requests.length).toBe(2 * asked);
    await project.play(interview(), { ...onServer(), seed: 1 });
    await project.play(interview(), { ...onServer(), seed: "2" });
    expect(server.requests.length).toBe(2 * asked);
  });

  it("makes another story of another seed on the built-in model, and the same of the same", async () => {
    const played = async (seed: number) => (await project.play(interview(), { model: "builtin", seed })).story;
    expect(await played(1)).not.toEqual(await played(2));
    expect(await played(1)).toEqual(await played(1));
  });
});

describe("a study that is changed in its fourth step", () => {
  it("is served what came before, pays for the rest alone, and says once a scope where it parts", async () => {
    const first = await project.play(interview(), onServer());
    const asked = server.requests.length;
    expect(asked).toBe(2 * 5 + 1);
    const changed = await project.play(interview("And who stands in the way?"), onServer());
    expect(changed.run).toBe(first.run);
    const fresh = server.requests.slice(asked);
    expect(fresh.length).toBe(2 * 2 + 1);
    expect(fresh.every((request) => wordsOf(request).includes("who stands in the way"))).toBe(true);

    const reports = diverged(changed.shown);
    const scopes = reports.map(({ scope }) => scope);
    expect(scopes.toSorted()).toEqual([...new Set(scopes)].toSorted());
    const people = reports.filter(({ scope }) => /^person:[^/]+$/.test(scope));
    expect(people.length).toBe(2);
    for (const { what } of people) {
      expect(what).toContain("would you change?");
      expect(what).toContain("stands in the way?");
    }

    const scopedTurns = (story: readonly JournalEvent[]) =>
      story.filter(({ type }) => type === "turn").map(({ id }) => id);
    expect(scopedTurns(changed.story)).toEqual(scopedTurns(first.story));
    expect(JSON.stringify(changed.story)).not.toContain("would you change?");
    expect(new Set(changed.story.map(({ id }) => id)).size).toBe(changed.story.length);
  });

  it("goes on with the changed story when it is started once more", async () => {
    await project.play(interview(), onServer());
    const changed = await project.play(interview("And who stands in the way?"), onServer());
    const asked = server.requests.length;
    const again = await project.play(interview("And who stands in the way?"), onServer());
    expect(server.requests.length).toBe(asked);
    expect(again.story).toEqual(changed.story);
    expect(diverged(again.shown)).toEqual([]);
    // What was paid for in the first version is still there: going back to it costs nothing.
    await project.play(interview(), onServer());
    expect(server.requests.length).toBe(asked);
  });

  it("counts replayed calls apart", async () => {
    const once = await project.play(interview(), onServer());
    expect(once.story.map(scopeOf)).toContain("person:lisa-brannigan");
    const simulation = await openSimulation({
      ...{ name: "five questions", model: chatModel },
      environment: project.environment(openaiAt(server.url)),
    });
    await interview("Who else?").run(simulation);
    const { paid, replayed } = simulation.ledger;
    await simulation.close();
    expect([paid.calls, replayed.calls]).toEqual([5, 6]);
    expect(replayed.input).toBe(6 * 100);
    expect(replayed.usd).toBeGreaterThan(0);
  });
});
