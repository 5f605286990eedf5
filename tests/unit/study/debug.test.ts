import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { debug, defineStudy, fork, noConfiguration, openSimulation, playStudy } from "../../../src/index.ts";
import { openModel } from "../../../src/models.ts";
import { createMemoryStore, readMoment, readStory } from "../../../src/stores.ts";

const study = defineStudy({
  name: "kettles",
  seed: 7,
  run: async (simulation) => {
    const cast = [];
    for (const name of ["Ada", "Ben"]) cast.push(await simulation.person({ name, occupation: "baker" }));
    const room = simulation.world("Room", cast).makeEveryoneAccessible();
    cast[0]?.moveTo("The kitchen", ["It rains."]);
    room.broadcast("What is a good kettle worth?");
    await room.run(2, { stopWhenQuiet: false });
    await simulation.checkpoint("after the talk");
    await cast[0]?.listenAndAct("What did you decide?");
    return "done";
  },
});

async function stage() {
  const store = createMemoryStore();
  return {
    store,
    options: { model: await openModel("builtin", { environment: {} }), store, configuration: noConfiguration },
  };
}

describe("stepping through a study", () => {
  it("waits at each place, and comes to the same story as without", async () => {
    const { store, options } = await stage();
    const whole = await playStudy(study, options);
    const places: string[] = [];
    const turns: number[] = [];
    for await (const { place, simulation, isFork } of debug(study, options)) {
      places.push(place);
      turns.push(simulation.people[0]?.turns.length ?? 0);
      expect([isFork, simulation.run]).toEqual([false, whole.run]);
    }
    expect(places).toEqual(["room/1", "room/2", "after the talk"]);
    expect(turns).toEqual([0, 1, 2]);
    expect(await store.countRuns()).toBe(1);
    expect(await store.getRun(whole.run)).toMatchObject({ status: "finished" });
  });

  it("goes on in a fork once something is changed, and leaves the run as it was", async () => {
    const { store, options } = await stage();
    const whole = await playStudy(study, options);
    const before = await Array.fromAsync(readStory(store, whole.run));
    const seen: string[] = [];
    const runs = new Set<string>();
    for await (const pause of debug(study, { ...options, as: "dearer" })) {
      seen.push(`${pause.place}${pause.isFork ? " forked" : ""}`);
      runs.add(pause.simulation.run);
      if (pause.place === "room/2" && !pause.isFork)
        await pause.change(({ people: [ada] }) => ada?.listen("200 euros."));
      if (pause.place === "after the talk") await pause.change(({ people: [ada] }) => ada?.think("Too much."));
    }
    expect(seen).toEqual(["room/1", "room/2", "room/2 forked", "after the talk forked"]);
    expect(await Array.fromAsync(readStory(store, whole.run))).toEqual(before);
    const forked = [...runs].find((run) => run !== whole.run) ?? "";
    expect(await store.getRun(forked)).toMatchObject({
      name: "kettles / dearer",
      parent: { run: whole.run, at: "room/2" },
    });
    const told = (await Array.fromAsync(readStory(store, forked))).flatMap((event) =>
      event.type === "stimulus" && event.person === "ada" ? event.stimulus.content : [],
    );
    expect(told).toEqual(expect.arrayContaining(["200 euros.", "Too much.", "What did you decide?"]));
  });

  it("stops where the loop is left, and can be gone on with", async () => {
    const { store, options } = await stage();
    for await (const { place } of debug(study, options)) if (place === "room/2") break;
    const [run] = await store.listRuns();
    expect(run?.status).toBe("stopped");
    const played = await playStudy(study, options);
    expect(played).toMatchObject({ run: run?.id, result: "done" });
    expect(played.ledger.replayed.calls).toBe(2);
  });

  it("throws what the study throws", async () => {
    const { options } = await stage();
    const broken = defineStudy({ name: "broken", run: () => Promise.reject(new Error("No.")) });
    await expect(Array.fromAsync(debug(broken, options))).rejects.toThrow("No.");
  });
});

describe("the past", () => {
  it("of a stored run is who was where, what was pending, and what each was asked", async () => {
    const { store, options } = await stage();
    const { run } = await playStudy(study, options);
    const start = await readMoment(store, run, "room/1");
    expect(start.people).toMatchObject([
      { name: "Ada", turns: 0, location: "The kitchen", context: ["It rains."], persona: { occupation: "baker" } },
      { name: "Ben", turns: 0, pending: ["What is a good kettle worth?"] },
    ]);
    expect(start.people[0]?.asked).toBeUndefined();
    const live = new Map<string, unknown>();
    for await (const { place, simulation } of debug(study, options)) {
      const { people } = simulation;
      live.set(
        place,
        people.map(({ state, pending, turns }) => [state, pending.map(({ content }) => content), turns.length]),
      );
      const there = await simulation.at(place);
      expect(there.transcript.length).toBeLessThanOrEqual((await readMoment(store, run)).transcript.length);
    }
    for (const [place, people] of live) {
      const then = (await readMoment(store, run, place)).people;
      const plain = (text: string): string => text.replace(/^(Ada|Ben): /, "");
      expect(then.map(({ state, pending, turns }) => [state, pending.map(plain), turns])).toEqual(people);
    }
    const [ada] = (await readMoment(store, run, "room/2")).people;
    expect(ada?.asked).toMatchObject({ step: "room/1", model: "builtin" });
    expect(JSON.stringify(ada?.asked?.messages)).toContain("What is a good kettle worth?");
    const [last] = (await readMoment(store, run)).people;
    expect(JSON.stringify(last?.asked?.messages)).toContain("What did you decide?");
    await expect(readMoment(store, run, "room/9")).rejects.toMatchObject({ code: "PLACE_UNKNOWN" });
  });

  it("of somebody who was saved has what they brought with them", async () => {
    const { store, options } = await stage();
    await using earlier = await openSimulation({ ...options, name: "earlier", seed: 7 });
    const ada = await earlier.person({ name: "Ada", occupation: "baker" });
    await ada.moveTo("The kitchen", ["It rains."]).listenAndAct("What is a good kettle worth?");
    ada.listen("And a bad one?", "Ben");
    const folder = await mkdtemp(join(tmpdir(), "saved-"));
    const file = join(folder, "ada.json");
    await ada.save(file);
    const later = defineStudy({
      name: "later",
      run: async (simulation) => {
        await simulation.person(file);
        await simulation.checkpoint("here");
      },
    });
    const { run } = await playStudy(later, options);
    await rm(folder, { recursive: true });
    const [then] = (await readMoment(store, run, "here")).people;
    const { state, location } = ada;
    expect(Object.keys(state).length).toBeGreaterThan(1);
    expect(then).toMatchObject({ state, location, pending: ["Ben: And a bad one?"], turns: 0 });
  });

  it("of a fork is its own from where it parted", async () => {
    const { store, options } = await stage();
    await playStudy(study, options);
    const change = ({ people: [ada] }: { people: readonly { listen(words: string): unknown }[] }) =>
      ada?.listen("200.");
    const { run } = await fork(study, { ...options, name: "f", at: "room/2", change });
    const [ada, ben] = (await readMoment(store, run, "after the talk")).people;
    expect(JSON.stringify(ada?.asked?.messages)).toContain("200.");
    expect(JSON.stringify(ben?.asked?.messages)).not.toContain("200.");
    expect(ada?.asked?.step).toBe("room/2");
  });
});
