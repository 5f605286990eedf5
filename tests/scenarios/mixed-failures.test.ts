import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  defineAction,
  defineStudy,
  type JournalEvent,
  noConfiguration,
  playStudy,
  TinyTroupeError,
  z,
} from "../../src/index.ts";
import { createMemoryStore, readStory, type Store } from "../../src/stores.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider, FakeRequest } from "../support/fake-provider/server.ts";
import { type AnySchedule, everySchedule, scheduleKeys } from "../support/schedules.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const names = ["Ann", "Bob", "Cleo", "Dora", "Eve"];

interface Weather {
  readonly seed: number;
  readonly schedule: AnySchedule;
  /** Whose model refuses, and whose tool throws. */
  readonly dumb: readonly string[];
  readonly clumsy: readonly string[];
  /** The part of what is written for which the store has room, before it is full. */
  readonly room: number;
  readonly concurrency: 1 | 64;
}

let server: FakeProvider;
beforeAll(async () => {
  server = await castServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Where not all act in a step, it takes some until most had their turn. */
const stepsOf = (schedule: AnySchedule): number => (/^(auction|round)/.test(schedule) ? 6 : 2);

/** People who speak and lift things for some steps. */
const studyOf = ({ seed, schedule, clumsy }: Weather) =>
  defineStudy({
    name: "lifting",
    seed,
    run: async (simulation) => {
      const lift = defineAction({
        ...{
          type: "LIFT",
          description: "lift it",
          kind: "effect",
          args: z.object({}),
          effect: { repeat: "if-unsure" },
        },
        run: async (_args, who) => {
          if (clumsy.includes(who.name)) throw new Error("It fell.");
          return { text: "lifted" };
        },
      });
      const people = [];
      for (const name of names)
        people.push(await simulation.person({ name }, { faculties: [{ name: "hands", actions: [lift] }] }));
      const room = simulation.world("Room", people, { schedule: everySchedule[schedule]() }).makeEveryoneAccessible();
      room.broadcast("Lift it.");
      await room.run(stepsOf(schedule));
    },
  });

function inWeather({ dumb }: Weather) {
  return (request: FakeRequest) => {
    const mark = markOf(request);
    const name = /You are (\w+)\./.exec(wordsOf(request))?.[1] ?? "";
    const afterMs = Number.parseInt(mark.slice(0, 2), 16) / 32;
    if (JSON.stringify(request.schema).includes("urgency"))
      return {
        afterMs,
        text: JSON.stringify({ urgency: dumb.includes(name) ? 1 : 2 + Math.floor(afterMs), reason: mark }),
      };
    if (dumb.includes(name)) return { afterMs, text: "I would rather not.", finish: "refusal" as const };
    const said = { type: "TALK", target: null, content: `Mark ${mark} ${mark.match(/../g)?.join(" ")}.` };
    const state = { goals: null, context: null, attention: null, emotions: null };
    return { afterMs, text: JSON.stringify({ state, actions: [said, { type: "LIFT" }, { type: "DONE" }] }) };
  };
}

/** A store that writes so many times. */
function withRoom(store: Store, room: number) {
  const seen = { writes: 0 };
  const writing = /^(?:put|append|commit|write|batch)/;
  const limited = new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      if (!writing.test(String(key))) return value.bind(target);
      return async (...args: unknown[]) => {
        if (++seen.writes <= room) return value.apply(target, args);
        const data = { location: "memory" };
        throw new TinyTroupeError("STORE_FAILED", "The store is full.", { data, hint: "Make room." });
      };
    },
  });
  return { limited, seen };
}

async function play(weather: Weather, store: Store) {
  server.direct(inWeather(weather));
  const from = server.requests.length;
  const settings = { model: chatModel, store, configuration: noConfiguration, concurrency: weather.concurrency };
  const environment = { folder: "/", home: "/", platform: "linux" as const, variables: openaiAt(server.url) };
  const error = await playStudy(studyOf(weather), { ...settings, environment, embedder: "lexical" }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, asked: server.requests.slice(from).map(markOf) };
}

/** Scope by scope: what several do at once may be written down in any order. */
async function storyOf(store: Store): Promise<Readonly<Record<string, readonly JournalEvent[] | undefined>>> {
  const [run] = await store.listRuns();
  const events = run === undefined ? [] : await Array.fromAsync(readStory(store, run.id));
  return Object.groupBy(events, ({ id }) => id.slice(0, id.lastIndexOf("#")));
}

// Two at least can answer each other: when nobody has an answer in a step, that is an error of its own.
const some = fc.subarray(names, { maxLength: names.length - 2 });
const weathers = fc.record<Weather>({
  ...{ seed: fc.nat({ max: 1000 }), schedule: fc.constantFrom(...scheduleKeys) },
  ...{ dumb: some, clumsy: some, room: fc.double({ min: 0.1, max: 0.95, noNaN: true }) },
  concurrency: fc.constantFrom(1, 64),
});

it("a model that fails, a tool that throws and a store that is full at once harm nobody else's turns, and all goes on when there is room", async () => {
  const seen = { failed: 0, fell: 0, full: 0, kept: 0 };
  await fc.assert(
    fc.asyncProperty(weathers, async (weather) => {
      const whole = createMemoryStore();
      const counting = withRoom(whole, Number.POSITIVE_INFINITY);
      const unbroken = await play(weather, counting.limited);
      expect(unbroken.error).toBeUndefined();
      const story = await storyOf(whole);
      expectEachTheirOwn(weather, story);

      const store = createMemoryStore();
      const { limited } = withRoom(store, Math.floor(weather.room * counting.seen.writes));
      const cut = await play(weather, limited);
      expect(cut.error).toMatchObject({ code: "STORE_FAILED" });
      for (const [scope, told = []] of Object.entries(await storyOf(store))) {
        expect(story[scope]?.slice(0, told.length)).toEqual(told);
      }
      const [run] = await store.listRuns();
      const kept = JSON.stringify(await Array.fromAsync(store.listCalls(run?.id ?? "")));
      const again = await play(weather, store);
      expect(again.error).toBeUndefined();
      expect(await storyOf(store)).toEqual(story);
      expect(again.asked.filter((mark) => kept.includes(`Mark ${mark}`))).toEqual([]);

      const events = Object.values(story).flatMap((some = []) => some);
      seen.failed += events.filter(({ type }) => type === "failed").length;
      seen.fell += events.filter((event) => event.type === "effect-done" && event.outcome.failed).length;
      seen.full += 1;
      seen.kept += kept.includes("Mark ") ? 1 : 0;
    }),
    { numRuns: 25 },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(4);
}, 120_000);

/** Whose model refuses fails; everybody else acts when it is their turn, and lifts as well as they can. */
function expectEachTheirOwn(
  { schedule, dumb, clumsy }: Weather,
  story: Readonly<Record<string, readonly JournalEvent[] | undefined>>,
) {
  const failed = (story["world:room"] ?? []).flatMap((event) => (event.type === "failed" ? [event.person] : []));
  for (const name of names) {
    const own = story[`person:${name.toLowerCase()}`] ?? [];
    const turns = own.filter(({ type }) => type === "turn").length;
    const failures = failed.filter((person) => person === name.toLowerCase()).length;
    expect([name, dumb.includes(name) ? turns : failures]).toEqual([name, 0]);
    if (stepsOf(schedule) === 2) expect(turns + failures, name).toBeGreaterThan(0);
    const lifts = own.flatMap((event) => (event.type === "effect-done" ? [event.outcome.failed === undefined] : []));
    expect(lifts).toEqual(Array.from({ length: turns }, () => !clumsy.includes(name)));
  }
}
