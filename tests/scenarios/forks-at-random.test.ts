import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import {
  type Difference,
  defineStudy,
  fork,
  type JournalEvent,
  noConfiguration,
  type PlayOptions,
  playStudy,
  type Simulation,
  twins,
} from "../../src/index.ts";
import { createMemoryStore, readStory, type Store } from "../../src/stores.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider, FakeRequest } from "../support/fake-provider/server.ts";
import { type AnySchedule, everySchedule, scheduleKeys } from "../support/schedules.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const names = ["Ada", "Ben", "Cleo", "Dan"] as const;

interface Shape {
  readonly people: number;
  readonly steps: number;
  readonly seed: number;
  readonly order: AnySchedule;
  /** Only neighbours in the list hear each other; else everybody. */
  readonly chain: boolean;
  /** Before the second step everybody is told something by an intervention. */
  readonly steered?: boolean;
}

const studyOf = ({ people, steps, seed, order, chain, steered = false }: Shape) =>
  defineStudy({
    name: "kettles",
    seed,
    run: async (simulation) => {
      const cast = [];
      for (const name of names.slice(0, people)) cast.push(await simulation.person({ name }, { stances: true }));
      const room = simulation.world("Room", cast, { schedule: everySchedule[order]() });
      if (!chain) room.makeEveryoneAccessible();
      else for (const [place, one] of cast.slice(1).entries()) room.makeAccessible(cast[place] ?? one, one);
      if (steered) {
        const when = ({ step }: { readonly step: number }): boolean => step === 2;
        room.intervene({ name: "fair", when, once: true, do: ({ world }) => world.broadcast("There is a fair.") });
      }
      room.broadcast("What is a good kettle worth?");
      await room.run(steps, { stopWhenQuiet: false });
      return room.transcript().length;
    },
  });

let server: FakeProvider;
beforeAll(async () => {
  server = await castServer();
});
beforeEach(() => server.direct(holding));
afterAll(() => server[Symbol.asyncDispose]());

const topic = "A kettle is worth 60 euros";

/** Who is told a price holds something of it; all others think and talk, each in their own words, and bid as it comes. */
function holding(request: FakeRequest) {
  const price = wordsOf(request).match(/The shop asks (\d+) euros/)?.[1];
  const afterMs = Number.parseInt(markOf(request).slice(0, 2), 16) / 64;
  if (!isTurn(request)) return { afterMs, text: JSON.stringify({ urgency: afterMs > 0.5 ? 5 : 0, reason: "" }) };
  if (price === undefined) return { afterMs };
  const stance = Number(price) > 60 ? "against" : "for";
  const held = { type: "HOLD", topic, stance, firmness: 0.7, because: `The shop asks ${price}.` };
  const said = {
    type: "TALK",
    target: null,
    content: `Mark ${markOf(request)} ${markOf(request).match(/../g)?.join(" ")}.`,
  };
  const state = { goals: null, context: null, attention: null, emotions: null };
  return { afterMs, text: JSON.stringify({ state, actions: [held, said, { type: "DONE" }] }) };
}

const optionsFor = (store: Store, concurrency: number): PlayOptions => ({
  ...{ model: chatModel, store, configuration: noConfiguration, concurrency, embedder: "lexical" },
  environment: { folder: "/", home: "/", platform: "linux", variables: openaiAt(server.url) },
});

const isTurn = ({ schema }: FakeRequest): boolean => JSON.stringify(schema).includes("actions");

/**
 * What was asked since then, each question by its mark, and who was asked for a turn. Whoever heard nothing since their last
 * bid is asked for the next in the same words: of bids marks come twice.
 */
function askedSince(from: number) {
  const requests = server.requests.slice(from);
  const turns = requests.filter(isTurn);
  const whom = turns.map((request) => /You are (\w+)\./.exec(wordsOf(request))?.[1] ?? "nobody");
  return { whom, turns: turns.map(markOf), marks: requests.map(markOf) };
}

const shapes = fc.record<Shape>({
  people: fc.integer({ min: 2, max: 4 }),
  steps: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 1, max: 1000 }),
  order: fc.constantFrom(...scheduleKeys),
  chain: fc.boolean(),
});
const concurrency = fc.constantFrom(1, 64);
const storyOf = (store: Store, run: string) => Array.fromAsync(readStory(store, run));

it("a fork at any step of any run that changes nothing asks nobody, and is equal event by event", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.nat(), concurrency, async (shape, dice, atOnce) => {
      const options = optionsFor(createMemoryStore(), atOnce);
      const store = options.store as Store;
      const study = studyOf(shape);
      const whole = await playStudy(study, options);
      const before = server.requests.length;
      const same = await fork(study, { ...options, name: "same", at: `room/${(dice % shape.steps) + 1}` });
      expect(askedSince(before).marks).toEqual([]);
      expect(same.result).toBe(whole.result);
      expect(await storyOf(store, same.run)).toEqual(await storyOf(store, whole.run));
    }),
    { numRuns: 24 },
  );
}, 120_000);

/** A run and a fork of it, which asks nothing that was asked before, and those alone whom its difference reached. */
async function parted(
  shape: Shape,
  atOnce: number,
  differing: (before: readonly JournalEvent[]) => Difference & { readonly anew?: readonly string[] },
) {
  const options = optionsFor(createMemoryStore(), atOnce);
  const store = options.store as Store;
  const study = studyOf(shape);
  const from = server.requests.length;
  const whole = await playStudy(study, options);
  const wholly = askedSince(from);
  const before = await storyOf(store, whole.run);
  const { anew, ...difference } = differing(before);
  const forking = server.requests.length;
  const changed = await fork(study, { ...options, name: "other", ...difference });
  const asked = askedSince(forking);
  expect(asked.turns.filter((mark) => wholly.turns.includes(mark))).toEqual([]);
  expect(new Set(asked.turns).size).toBe(asked.turns.length);
  const after = await storyOf(store, changed.run);
  expect(asked.whom.toSorted()).toEqual(dependent(before, after, anew));
  const again = server.requests.length;
  await fork(study, { ...options, name: "other", ...difference });
  expect(askedSince(again).marks).toEqual([]);
  return { before, after, asked };
}

it("one that changes something asks those whom it reaches, what they were not asked before, and is equal up to there", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.nat(), fc.nat(), concurrency, async (shape, dice, who, atOnce) => {
      const step = (dice % shape.steps) + 1;
      const told = who % shape.people;
      const change = ({ people }: Simulation) => people[told]?.listen("The shop asks 200 euros.", "A clerk");
      const { before, after } = await parted(shape, atOnce, () => ({ at: `room/${step}`, change }));
      const shared = after.findIndex((event, place) => JSON.stringify(event) !== JSON.stringify(before[place]));
      expect(after[shared]).toMatchObject({ type: "stimulus", person: names[told]?.toLowerCase() });
      expect(before.slice(0, shared).filter(({ type }) => type === "step-started")).toHaveLength(step - 1);
    }),
    { numRuns: 40 },
  );
}, 120_000);

type Turn = Extract<JournalEvent, { readonly type: "turn" }>;
/** By turn, all that somebody says. */
const sayings = (story: readonly JournalEvent[], by: string) =>
  story
    .filter((event): event is Turn => event.type === "turn" && event.name === by)
    .map(({ actions }) => actions.flatMap(({ type, content }) => (type === "TALK" ? [content] : [])));

it("one in which somebody said something else asks those who heard it, and whoever said it, from there on", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.nat(), concurrency, async (shape, dice, atOnce) => {
      const words = "A kettle is worth 7 euros.";
      let [by, nth] = ["", 0];
      const { before, after } = await parted(shape, atOnce, (story) => {
        const spoken = story.flatMap((event, place) =>
          event.type === "turn" && event.actions.some(({ type }) => type === "TALK")
            ? [[event.name, place] as const]
            : [],
        );
        fc.pre(spoken.length > 0);
        const [name, place] = spoken[dice % spoken.length] as readonly [string, number];
        const earlier = story.slice(0, place);
        [by, nth] = [name, earlier.filter((event) => event.type === "turn" && event.name === name).length];
        const at = `room/${earlier.filter(({ type }) => type === "step-started").length}`;
        return { edit: { said: [{ by, at, words }] } };
      });
      // Who answers first within a step is first on record: turns are compared person by person.
      expect(sayings(after, by).slice(0, nth)).toEqual(sayings(before, by).slice(0, nth));
      expect(sayings(after, by)[nth]).toEqual([words]);
    }),
    { numRuns: 24 },
  );
}, 120_000);

it("one in which somebody's rules are others asks them all anew, and of others what their words reach", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.nat(), concurrency, async (shape, who, atOnce) => {
      const reader = names[who % shape.people] as string;
      const prompt = (rules: string, name: string) => (name === reader ? `${rules}\nIn one word.` : rules);
      const { before, asked } = await parted(shape, atOnce, () => ({ edit: { prompt }, anew: [reader] }));
      const first = before.find((event) => event.type === "turn" && event.name === reader);
      if (first !== undefined) expect(asked.whom).toContain(reader);
    }),
    { numRuns: 24 },
  );
}, 120_000);

it("one in which an intervention is left out, or comes later, asks those who heard of it", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.boolean(), concurrency, async (given, later, atOnce) => {
      const shape = { ...given, steered: true };
      const told = (story: readonly JournalEvent[]) => story.filter(({ type }) => type === "intervention-fired").length;
      const fair = later ? { when: ({ step }: { readonly step: number }) => step === 3 } : false;
      const { before, after } = await parted(shape, atOnce, () => ({ edit: { interventions: { fair } } }));
      expect(told(before)).toBeLessThanOrEqual(Number(shape.steps >= 2));
      expect(told(after)).toBeLessThanOrEqual(Number(later && shape.steps >= 3));
    }),
    { numRuns: 24 },
  );
}, 120_000);

/**
 * Who was asked in a fork what they were not asked before, by what had reached them and what they had done until then; some
 * read something else in whatever they are asked.
 */
function dependent(
  before: readonly JournalEvent[],
  after: readonly JournalEvent[],
  anew: readonly string[] = [],
): readonly string[] {
  const known = questionsIn(before);
  return questionsIn(after)
    .filter(({ name, life }) => anew.includes(name) || known.every((one) => one.life !== life))
    .map(({ name }) => name)
    .sort();
}

function questionsIn(events: readonly JournalEvent[]) {
  const lives = new Map(names.map((name) => [name.toLowerCase(), [name as string]]));
  const said = new Map<string, string>();
  const questions: { readonly name: string; readonly life: string }[] = [];
  for (const event of events) {
    if (event.type === "turn") {
      const own = lives.get(event.person);
      questions.push({ name: event.name, life: JSON.stringify(own) });
      own?.push(JSON.stringify(event.actions));
      for (const [place, { content = "" }] of event.actions.entries()) said.set(`${event.id}.${place}`, content);
    } else if (event.type === "stimulus") lives.get(event.person)?.push(event.stimulus.content);
    else if (event.type === "broadcast" || event.type === "delivered") {
      const words = event.type === "broadcast" ? event.stimulus.content : (said.get(event.action) ?? "");
      for (const [person, life] of lives) if (event.to === "everyone" || event.to.includes(person)) life.push(words);
    }
  }
  return questions;
}

const told =
  (words: string) =>
  ({ people: [ada] }: Simulation): unknown =>
    ada?.listen(words, "A clerk");

it("twins in three arms and two seeds pair what people said and held, and ask for what an arm touches alone", async () => {
  for (const atOnce of [1, 64]) {
    const options = optionsFor(createMemoryStore(), atOnce);
    const study = studyOf({ people: 3, steps: 3, seed: 1, order: "simultaneous", chain: true });
    const arms = {
      control: {},
      dear: { at: "room/2", change: told("The shop asks 200 euros.") },
      cheap: { at: "room/2", change: told("The shop asks 20 euros.") },
    };
    const from = server.requests.length;
    const { runs, rows } = await twins(study, { ...options, arms, seeds: [7, 8] });
    // Of each seed: nine turns of the control; in each other arm two of Ada and one of Ben.
    expect(server.requests.length - from).toBe(2 * (9 + 3 + 3));
    expect(runs.map(({ ledger }) => ledger.paid.calls)).toEqual([9, 3, 3, 9, 3, 3]);
    expect(rows).toHaveLength(2 * 2 * 9);
    for (const row of rows) {
      const touched =
        (row.person === "Ada" && row.step !== "room/1") || (row.person === "Ben" && row.step === "room/3");
      expect([row.step, row.person, row.same, row.reused]).toEqual([row.step, row.person, !touched, !touched]);
      expect(row.said === row.baseSaid).toBe(!touched);
      const holds = row.person === "Ada" && row.step === "room/2";
      const stance = row.arm === "dear" ? "against" : "for";
      expect(row.stances).toEqual(holds ? expect.stringContaining(`${topic}: ${stance} (0.7`) : expect.any(String));
      if (!touched || holds) expect(row.baseStances).toBe("");
    }
    const again = server.requests.length;
    expect((await twins(study, { ...options, arms, seeds: [7, 8] })).rows).toEqual(rows);
    expect(server.requests.length).toBe(again);
  }
}, 120_000);
