import { expect, it } from "vitest";
import { z } from "zod";
import {
  defineStudy,
  extractEach,
  noConfiguration,
  openSimulation,
  readEnvironment,
  type Simulation,
  twins,
} from "../../../src/index.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { says, scriptedModel, testSimulation } from "../../../src/testing/index.ts";
import { promptOf } from "../../support/person.ts";

const environment = { ...readEnvironment(), variables: {} };
const Gist = z.object({ gist: z.string().nullable() });
const asked = { objective: "The gist.", schema: Gist } as const;

/** Everybody says their name and how often somebody was asked; readers tell what they read. */
const model = () =>
  scriptedModel((request, call) => {
    if (request.purpose === "extract") return { gist: promptOf(request).includes("200 euros") ? "dear" : "cheap" };
    const name = request.scope.split(":")[1] ?? "";
    return {
      actions: [{ type: "THINK", content: `Only ${name} knows ${call}.` }, ...says(`${name} says ${call}.`).actions],
    };
  });

it("reads about each arm and person of an experiment: a row an arm and subject, paid for once", async () => {
  const store = createMemoryStore();
  const study = defineStudy({
    name: "kettles",
    run: async (simulation) => {
      const people = [await simulation.person({ name: "Ann" }), await simulation.person({ name: "Bob" })];
      const room = simulation.world("Room", people).makeEveryoneAccessible();
      await room.broadcast("What is a kettle worth?").run(2);
    },
  });
  const arms = { control: {}, dearer: { at: "room/2", change: ({ worlds: [room] }: Simulation) => tell(room) } };
  const given = { model: model(), store, environment, configuration: noConfiguration };
  const { runs } = await twins(study, { ...given, arms, seeds: [7, 8] });
  const read = async () => {
    await using reading = await openSimulation({ ...given, name: "reading" });
    const rows = await extractEach(await reading.subjectsOf(runs), asked);
    const worlds = await extractEach(await reading.subjectsOf(runs, "worlds"), asked);
    return { rows, worlds, ledger: reading.ledger };
  };
  const { rows, worlds, ledger } = await read();
  const told = (found: typeof rows) =>
    found.map(({ subject, source, ...row }) => [source?.seed, source?.arm, subject, "value" in row && row.value.gist]);
  expect(told(rows)).toEqual(
    ["7", "8"].flatMap((seed) => [
      ...["Ann", "Bob"].map((name) => [seed, "control", name, "cheap"]),
      ...["Ann", "Bob"].map((name) => [seed, "dearer", name, "dear"]),
    ]),
  );
  expect(told(worlds)).toEqual(
    ["7", "8"].flatMap((seed) => [
      [seed, "control", "Room", "cheap"],
      [seed, "dearer", "Room", "dear"],
    ]),
  );
  expect(rows.map(({ source }) => source?.run)).toEqual(runs.flatMap(({ run }) => [run, run]));
  expect(ledger.paid.calls).toBe(12);
  const again = await read();
  expect([again.ledger.paid.calls, again.ledger.replayed.calls, told(again.rows)]).toEqual([0, 12, told(rows)]);
});

function tell(room: { broadcast(words: string): unknown } | undefined): void {
  room?.broadcast("The shop asks 200 euros.");
}

it("has of each person what they perceived and did, and nobody else's thoughts", async () => {
  await using run = await testSimulation(model());
  const { simulation } = run;
  const [ann, bob, cleo] = [
    await simulation.person({ name: "Ann" }),
    await simulation.person({ name: "Bob" }),
    await simulation.person({ name: "Cleo" }),
  ];
  const room = simulation.world("Room", [ann, bob]).makeEveryoneAccessible();
  await room.broadcast("What is a kettle worth?").run(2);
  await cleo.listenAndAct("Hello, Cleo.");
  await simulation.context.journal.settle();
  const past = await simulation.subjectsOf([{ run: simulation.run }]);
  const texts = (entries: readonly { readonly text: string }[]) => entries.map(({ text }) => text).toSorted();
  for (const [place, person] of [ann, bob, cleo].entries()) {
    expect(past[place]?.name).toBe(person.name);
    expect(texts(past[place]?.transcript() ?? [])).toEqual(texts(person.transcript()));
  }
  const [there] = await simulation.subjectsOf([{ run: simulation.run }], "worlds");
  expect(texts(there?.transcript() ?? [])).toEqual(texts(room.transcript()));
  await expect(simulation.subjectsOf([{ run: "none" }])).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
});
