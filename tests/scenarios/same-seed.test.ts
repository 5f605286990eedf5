import { afterAll, beforeAll, expect, it } from "vitest";
import { defineStudy, extract, extractEach, renderTranscript, z } from "../../src/index.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { type Project, tempProject } from "../support/project.ts";
import { type AnySchedule, everySchedule } from "../support/schedules.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let server: FakeProvider;
/** Which kinds of events there were in all plays: faults go by the words of questions, whatever these are. */
const happened = new Set<string>();
beforeAll(async () => {
  server = await castServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Two worlds at once, people who are made up and asked meanwhile, and all of them read at once. */
const festival = (seed: number, orders: readonly [AnySchedule, AnySchedule]) =>
  defineStudy({
    name: "festival",
    seed,
    startAt: "2030-06-01T10:00",
    run: async (simulation) => {
      const [north, south] = [
        await simulation.loadPeople("lisa", "oscar", "marcos", "minji"),
        await simulation.loadPeople("doreen", "raghav", "rasha"),
      ];
      const stage = simulation.world("Stage", north, { schedule: everySchedule[orders[0]]() }).makeEveryoneAccessible();
      const camp = simulation.world("Camp", south, { schedule: everySchedule[orders[1]]() });
      camp.makeAccessible("Doreen", "Raghav");
      stage.broadcast("The band is an hour late.");
      camp.broadcast("It begins to rain.");
      const strangers = ["A bus driver", "A nurse"].map((about) => simulation.generatePerson(about));
      const met = async () => {
        const people = await Promise.all(strangers);
        await Promise.allSettled(people.map((person) => person.listenAndAct("What brings you here?")));
        return people;
      };
      const [guests] = await Promise.all([met(), stage.run(2), camp.run(2)]);
      const everybody = [...north, ...south, ...guests];
      stage.add(...guests).broadcast("The last song.");
      await stage.runHours(1);
      for (const question of ["Will you stay?", "Until when?"]) {
        await Promise.allSettled(everybody.map((person) => person.listenAndAct(question)));
      }
      const way = { objective: "How each came", schema: z.object({ way: z.string() }) };
      const [each, told] = await Promise.all([
        extractEach(everybody, { ...way, concurrency: 5 }),
        Promise.all([extract(stage, way), extract(camp, way), extract(stage, { ...way, objective: "The mood" })]),
      ]);
      const transcripts = [stage, camp, ...everybody].map((subject) => renderTranscript(subject.transcript()));
      return { each, told, transcripts };
    },
  });

/** Faults that depend on the question alone, and latencies that depend on the round too: another order each time. */
function weather(round: number): Director {
  const asked = new Map<string, number>();
  return (request) => {
    const mark = markOf(request);
    const dice = Number.parseInt(mark.slice(0, 2), 16);
    const attempt = asked.get(mark) ?? 0;
    asked.set(mark, attempt + 1);
    const afterMs = Number.parseInt(mark.slice(2 + 2 * round, 4 + 2 * round), 16) / 16;
    const isTurn = JSON.stringify(request.schema).includes("actions");
    if (dice < 20 && attempt === 0) return { afterMs, status: 429, headers: { "retry-after-ms": "1" } };
    if (dice < 30 && attempt === 0) return { afterMs, status: 500 };
    if (JSON.stringify(request.schema).includes("urgency"))
      return { afterMs, text: JSON.stringify({ urgency: dice % 10, reason: mark }) };
    // What is refused or malformed is one turn's failure: people go on. A person or an answer would be missing.
    if (!isTurn || dice < 30) return { afterMs };
    if (dice < 60) return { afterMs, text: "I would rather not.", finish: "refusal" };
    if (dice < 80) return { afterMs, text: '{"state": {' };
    if (dice < 170) return { afterMs, text: toSomebody(mark) };
    return { afterMs };
  };
}

/** A turn that seeks somebody out, who may be here or not, may hear it or not. */
function toSomebody(mark: string): string {
  const target = ["Lisa", "Oscar Ramsaran", "raghav", "Rasha", "Nobody"][Number.parseInt(mark.slice(10), 16) % 5];
  const state = { goals: null, context: null, attention: `${target} ${mark}`, emotions: null };
  const said = { type: "TALK", target, content: `Have you heard of ${mark.match(/../g)?.join(" ")}?` };
  return JSON.stringify({ state, actions: [{ type: "REACH_OUT", target, content: null }, said, { type: "DONE" }] });
}

async function played(project: Project, options: { study: ReturnType<typeof festival>; round: number }) {
  const concurrency = [1, 3, 64, 64][options.round] ?? 1;
  const before = server.requests.length;
  server.direct(weather(options.round));
  const streamed = options.round === 3 && { stream: true };
  const { error, result, shown } = await project.play(options.study, {
    ...{ model: chatModel, variables: openaiAt(server.url), concurrency },
    ...streamed,
  });
  const finished = shown.flatMap((event) => (event.type === "call-finished" ? [event.scope] : []));
  const arrived = server.requests.slice(before).map(markOf);
  return { error, result, finished, arrived, shown };
}

it.each([
  [1, "simultaneous", "auctionByModel"],
  [2, "shuffled", "eventDriven"],
  [3, "sequential", "roundRobin"],
  [4, "auction", "eventDrivenInTurn"],
] as const)(
  "with seed %i, %s and %s: the same rows, whoever is faster and however many are asked at once",
  async (...is) => {
    const [seed, ...orders] = is;
    const study = festival(seed, orders);
    await using first = await tempProject();
    const one = await played(first, { study, round: 0 });
    expect(one.error).toBeUndefined();
    for (const round of [1, 2, 3]) {
      await using project = await tempProject();
      const other = await played(project, { study, round });
      expect(other.error).toBeUndefined();
      expect(other.finished).not.toEqual(one.finished);
      expect(other.arrived.toSorted()).toEqual(one.arrived.toSorted());
      expect(other.result).toEqual(one.result);
      sameStory(project.store, first.store);
    }
    for (const { type } of one.shown) happened.add(type);
  },
  60_000,
);

it("what was compared had happened", () => {
  const kinds = ["call-waiting", "failed", "turn-failed", "undelivered", "delivered", "bid", "woken"];
  expect([...happened]).toEqual(expect.arrayContaining(kinds));
});

it("a rehearsal is the same, too", async () => {
  const study = festival(5, ["auction", "simultaneous"]);
  await using first = await tempProject();
  await using second = await tempProject();
  const [one, other] = [
    await first.play(study, { model: "builtin", concurrency: 1 }),
    await second.play(study, { model: "builtin", concurrency: 64, stream: true }),
  ];
  expect(one.error).toBeUndefined();
  expect(other.result).toEqual(one.result);
  sameStory(second.store, first.store);
});
