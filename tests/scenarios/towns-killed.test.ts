import { cp } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRandom, fork, noConfiguration, type Simulation } from "../../src/index.ts";
import { readStory } from "../../src/stores.ts";
import { programOf } from "../support/compiled.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { killed, type Moment, momentsOf, start } from "../support/faults/kills.ts";
import type { PlayedIn } from "../support/faults/play-in.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { inTown, playTown, type Town, towns } from "../support/faults/towns.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

// Programs are started again and again, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const program = programOf("killed-town");

/** What has to have happened for a comparison to be worth something. */
const happens = {
  asleep: ["time-skipped", "meanwhile", "turn"],
  steered: ["intervention-fired", "person-entered", "turn"],
  woken: ["woken", "sent", "turn"],
} as const;

describe.each(Object.keys(towns) as Town[])("%s: by kill -9", (name) => {
  const random = createRandom(`kills of ${name}`);
  let server: FakeProvider;
  let unbroken: Project;
  let whole: PlayedIn;
  let [events, calls] = [0, 0];
  const victim = () => ({ program, words: [name], server, director: inTown, events });
  const goOn = (project: Project) => playTown(name, { folder: project.folder, url: server.url });

  beforeAll(async () => {
    [server, unbroken] = await Promise.all([castServer(inTown), tempProject()]);
    events = Number((await start(unbroken, victim()).ended).stdout);
    calls = server.requests.length;
    expect(new Set(server.requests.map(markOf)).size).toBe(calls);
    whole = await goOn(unbroken);
    expect(server.requests.length).toBe(calls);
    const types = (await unbroken.story(whole.run)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining([...happens[name]]));
  }, 60_000);
  afterAll(() => Promise.all([server, unbroken].map((each) => each[Symbol.asyncDispose]())));

  async function expectWholeAfter(project: Project, durable: readonly string[]): Promise<void> {
    const asked = server.requests.length;
    const { run, result } = await goOn(project);
    const marks = server.requests.slice(asked).map(markOf);
    expect(marks.filter((mark) => durable.includes(mark))).toEqual([]);
    expect(marks.length).toBe(calls - durable.length);
    expect({ run, result }).toEqual({ run: whole.run, result: whole.result });
    sameStory(project.store, unbroken.store, { interrupted: true });
  }

  it.each([0, 1, 2, 3, 4])(
    "once, then it goes on to the same end and asks nothing durable again (%i)",
    async (place) => {
      const moment = momentsOf(5, { dice: random.fork("alone"), calls })[place] as Moment;
      await using project = await tempProject();
      await expectWholeAfter(project, await killed(project, victim(), { moment, before: [] }));
    },
  );

  it("again and again, of each who takes over", async () => {
    await using project = await tempProject();
    let before: readonly string[] = [];
    for (const moment of momentsOf(4, { dice: random.fork("row"), calls })) {
      before = await killed(project, victim(), { moment, before });
      await using copy = await tempProject();
      await cp(project.folder, copy.folder, { recursive: true });
      await expectWholeAfter(copy, before);
    }
  });

  it("forked at any step it asks nobody when nothing is changed; what was limited stays limited when something is", async () => {
    const dice = random.fork("forks");
    await using copy = await tempProject();
    await cp(unbroken.folder, copy.folder, { recursive: true });
    await copy.withStore(async (store) => {
      const environment = copy.environment(openaiAt(server.url));
      const options = { store, environment, model: chatModel, configuration: noConfiguration, embedder: "lexical" };
      const story = await Array.fromAsync(readStory(store, whole.run));
      const places = story.flatMap((event) =>
        event.type === "step-started" ? [`${event.world.split(":").at(-1)}/${event.step}`] : [],
      );
      for (const round of [1, 2, 3]) {
        const asked = server.requests.length;
        const same = await fork(towns[name], { ...options, name: `same ${round}`, at: dice.pick(places) });
        expect(server.requests.length).toBe(asked);
        expect(await Array.fromAsync(readStory(store, same.run))).toEqual(story);
      }
      const change = ({ worlds: [town] }: Simulation) => town?.broadcast("A kettle and a bicycle are for sale.");
      const changed = await fork(towns[name], { ...options, name: "changed", at: places.at(-2) as string, change });
      const fired = (await Array.fromAsync(readStory(store, changed.run))).flatMap((event) =>
        event.type === "intervention-fired" ? [`${event.intervention} of ${event.about ?? "all"}`] : [],
      );
      expect(fired.filter((one) => /^(guest|apart)/.test(one)).length).toBe(name === "steered" ? 2 : 0);
      for (const one of new Set(fired)) expect(fired.filter((each) => each === one).length).toBeLessThanOrEqual(2);
    });
  });

  it("never, at one call at a time and at 64: the same story, event by event", async () => {
    for (const concurrency of [1, 64]) {
      await using project = await tempProject();
      const { result } = await playTown(name, { folder: project.folder, url: server.url, concurrency });
      expect(result).toEqual(whole.result);
      sameStory(project.store, unbroken.store, { interrupted: true });
    }
  });
});
