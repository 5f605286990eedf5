import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../../../../src/kernel/contracts/events.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { createRandom, type Random } from "../../../../src/kernel/values/random.ts";
import { delayed } from "../../../../src/world/delivery/policies/delayed.ts";
import { immediate, nextStep } from "../../../../src/world/delivery/policies/immediate.ts";
import { lossy } from "../../../../src/world/delivery/policies/lossy.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { eavesdropping } from "../../../../src/world/visibility/eavesdropping.ts";
import { hops, neighbours } from "../../../../src/world/visibility/hops.ts";
import { addressedOnly, aloud, inReach } from "../../../../src/world/visibility/in-reach.ts";
import { samePlace } from "../../../../src/world/visibility/same-place.ts";
import { testContext } from "../../../support/context.ts";
import { type AnySchedule, everySchedule, scheduleKeys } from "../../../support/schedules.ts";
import { type Player, player, talk } from "../cast.ts";

const all = ["Ann", "Bob", "Cleo", "Dora", "Eve", "Finn"];
const places = ["kitchen", "garden", undefined];
const idOf = (name: string): string => name.toLowerCase();

/** What stands still in one play. */
interface Ground {
  readonly names: readonly string[];
  readonly access: ReadonlySet<string>;
  readonly graph: ReadonlySet<string>;
  readonly place: ReadonlyMap<string, string | undefined>;
}

const pair = (one: string, other: string): string => [one, other].sort().join("+");
const near = (edges: ReadonlySet<string>, names: readonly string[], who: string): string[] =>
  names.filter((name) => name !== who && edges.has(pair(who, name)));

/** Each visibility, and in the plainest words whom somebody's words can reach in it. */
const visibilities = {
  inReach: { made: () => inReach(), reaches: (g: Ground, who: string) => near(g.access, g.names, who) },
  aloud: { made: () => aloud(), reaches: (g: Ground, who: string) => near(g.access, g.names, who) },
  addressedOnly: { made: () => addressedOnly(), reaches: (g: Ground, who: string) => near(g.access, g.names, who) },
  neighbours: {
    made: (g: Ground) => neighbours((who) => near(g.graph, g.names.map(idOf), who)),
    reaches: (g: Ground, who: string) => near(g.graph, g.names.map(idOf), idOf(who)).map(nameOf),
  },
  hops: {
    made: (g: Ground) => hops(2, (who) => near(g.graph, g.names.map(idOf), who)),
    reaches: (g: Ground, who: string) => {
      const ids = g.names.map(idOf);
      const one = near(g.graph, ids, idOf(who));
      const two = one.flatMap((id) => near(g.graph, ids, id));
      return ids.filter((id) => id !== idOf(who) && (one.includes(id) || two.includes(id))).map(nameOf);
    },
  },
  samePlace: {
    made: () => samePlace(),
    reaches: (g: Ground, who: string) =>
      near(g.access, g.names, who).filter((name) => g.place.get(name) === g.place.get(who)),
  },
  eavesdropping: {
    made: () => eavesdropping(0.5),
    reaches: (g: Ground, who: string) => near(g.access, g.names, who),
  },
};
const policies = {
  immediate: { made: () => immediate(), steps: 0 },
  nextStep: { made: () => nextStep(), steps: 1 },
  delayed: { made: () => delayed({ steps: 2 }), steps: 2 },
  lossy: { made: () => lossy(0.4), steps: 0 },
  lossyAndLate: { made: () => lossy(0.4, { otherwise: delayed({ steps: 3 }), told: true }), steps: 3 },
};
const nameOf = (id: string): string => all.find((name) => idOf(name) === id) as string;

const keysOf = <T extends object>(parts: T): (keyof T)[] => Object.keys(parts) as (keyof T)[];

type Combination = {
  readonly seed: number;
  readonly schedule: AnySchedule;
  readonly visibility: keyof typeof visibilities;
  readonly policy: keyof typeof policies;
};

function groundOf(dice: Random): Ground {
  const names = all.slice(0, 2 + dice.integer(5));
  const edges = (share: number) =>
    new Set(
      names.flatMap((one) => names.flatMap((other) => (one < other && dice.next() < share ? [pair(one, other)] : []))),
    );
  const access = edges(0.7);
  const byName = edges(0.4);
  const graph = new Set([...byName].map((edge) => edge.toLowerCase()));
  return { names, access, graph, place: new Map(names.map((name) => [name, dice.pick(places)])) };
}

/** People who talk at random, fail, run out of money, leave in the middle, and are stopped and gone on with. */
async function played({ seed, schedule, visibility, policy }: Combination) {
  const dice = createRandom(seed).fork("test");
  const ground = groundOf(dice.fork("ground"));
  const context = testContext({ seed });
  const leaving = dice.next() < 0.5 ? dice.pick(ground.names) : undefined;
  const people = ground.names.map((name): Player => {
    const own = dice.fork(name);
    return player(name, context, {
      restless: true,
      ...(ground.place.get(name) !== undefined && { location: ground.place.get(name) as string }),
      delay: () => own.integer(4),
      script: (_news, _options, turn) => {
        const what = own.next();
        if (what < 0.1) return failure("MODEL_INVALID");
        if (what < 0.17) return failure("BUDGET_EXCEEDED");
        if (name === leaving && turn === 2) room.remove(name);
        const targets = [undefined, "everyone", ...ground.names];
        return Array.from({ length: own.integer(3) }, (_, index) =>
          talk(`${name} ${turn}.${index}`, own.pick(targets)),
        );
      },
    });
  });
  const room: TinyWorld<Player> = new TinyWorld("Room", people, {
    ...{ schedule: everySchedule[schedule](), delivery: policies[policy].made(), context: context.fork("world:room") },
    visibility: visibilities[visibility].made(ground),
  });
  for (const one of ground.names) {
    for (const other of ground.names)
      if (one < other && ground.access.has(pair(one, other))) room.makeAccessible(one, other);
  }
  room.broadcast("Speak.");
  for (let run = 0; run < 14; run++) await goOn(room, dice);
  return { ground, people, events: context.events };
}

/** A run that ends by itself, that its reader leaves early, or that finds nobody who can act. */
async function goOn(room: TinyWorld<Player>, dice: Random): Promise<void> {
  try {
    let patience = dice.integer(12);
    for await (const _event of room.play(2, { stopWhenQuiet: false })) if (patience-- === 0) break;
  } catch (error) {
    if (!(error instanceof TinyTroupeError && error.code === "MODEL_INVALID")) throw error;
  }
}

function failure(code: "MODEL_INVALID" | "BUDGET_EXCEEDED"): Error {
  if (code === "MODEL_INVALID") {
    return new TinyTroupeError(code, "No.", { data: { model: "m", text: "", issues: [] }, hint: "Ask again." });
  }
  return new TinyTroupeError(code, "Spent.", { data: { limit: {}, spent: {}, wanted: {} }, hint: "Raise it." });
}

interface Expected {
  readonly step: number;
  readonly to: ReadonlySet<string>;
}

/** Whom each word that was said is for, read from the turns that were taken up, who was here, and the ground alone. */
function expectedOf(events: readonly JournalEvent[], ground: Ground, { visibility }: Combination) {
  const here = new Set(ground.names);
  const said = new Map<string, Expected>();
  for (const event of events) {
    if (event.type === "person-left") here.delete(nameOf(event.person));
    if (event.type !== "acted") continue;
    const turn = events.find((other) => other.id === event.turn);
    if (turn?.type !== "turn") throw new Error("There is no such turn.");
    for (const action of turn.actions) {
      const reached = visibilities[visibility].reaches(ground, turn.name).filter((name) => here.has(name));
      const isForAll = action.target === undefined || action.target === "everyone";
      const meant = reached.filter((one) => one === action.target);
      const heardBy = visibility === "aloud" && meant.length > 0 ? reached : meant;
      const to = isForAll ? (visibility === "addressedOnly" ? [] : reached) : heardBy;
      said.set(action.content ?? "", { step: event.step, to: new Set(to) });
    }
  }
  return said;
}

/** The step in which each event of the world stands. */
function stepsOf(events: readonly JournalEvent[]): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  let step = 0;
  for (const event of events) {
    if (event.type === "step-started") step = event.step;
    steps.set(event.id, step);
  }
  return steps;
}

function wordsOf(events: readonly JournalEvent[], action: string): string {
  const [turn = "", index = ""] = [action.slice(0, action.lastIndexOf(".")), action.slice(action.lastIndexOf(".") + 1)];
  const found = events.find((event) => event.id === turn);
  return found?.type === "turn" ? (found.actions[Number(index)]?.content ?? "") : "";
}

const seen = { heard: 0, lost: 0, left: 0, late: 0, overheard: 0, cut: 0 };
const pairs = keysOf(visibilities).flatMap((visibility) => keysOf(policies).map((policy) => ({ visibility, policy })));

describe("nobody hears what is not for them, nothing is lost and nothing arrives twice", () => {
  it.each(pairs)("$visibility, $policy, in every schedule", async ({ visibility, policy }) => {
    for (const schedule of scheduleKeys) {
      const seeds = fc.record({ seed: fc.nat({ max: 1_000_000 }) });
      await fc.assert(
        fc.asyncProperty(seeds, ({ seed }) => expectDelivered({ seed, schedule, visibility, policy })),
        { numRuns: 3 },
      );
    }
  });

  it("in plays in which much happened", () => {
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5);
  });
});

/** Each word is heard as often, when, and by whom it should be. */
async function expectDelivered(made: Combination): Promise<void> {
  const { ground, people, events } = await played(made);
  const expected = expectedOf(events, ground, made);
  const steps = stepsOf(events);
  const last = Math.max(...steps.values());
  const { steps: delay } = policies[made.policy];
  const lost = (words: string, name: string) =>
    events.filter((e) => e.type === "lost" && e.to.includes(idOf(name)) && wordsOf(events, e.action) === words).length;
  const gone = (words: string, name: string) =>
    events.filter(
      (e) =>
        e.type === "undelivered" && e.reason === "left" && e.target === name && wordsOf(events, e.action) === words,
    ).length;
  for (const person of people) {
    const heard = person.heard.filter((one) => one.type === "CONVERSATION" && one.source !== undefined);
    for (const { content, via } of heard) {
      const words = expected.get(content);
      expect(words?.to.has(person.name), `${person.name} heard ${content}`).toBe(true);
      expect(steps.get(via as string)).toBe((words?.step ?? 0) + delay);
    }
    for (const [content, words] of expected) {
      const times = heard.filter((one) => one.content === content).length;
      const [wasLost, wasGone] = [lost(content, person.name), gone(content, person.name)];
      const isLate = delay > 0 && words.step + delay > last ? 1 : 0;
      const wanted = words.to.has(person.name) ? 1 : 0;
      seen.heard += times;
      seen.lost += wasLost;
      seen.left += wasGone;
      if (wanted === 1 && isLate === 1 && wasLost === 0) seen.late += 1;
      const found = times + wasLost + wasGone + (wanted === 1 && wasLost === 0 ? isLate : 0);
      expect(found, `${person.name}: ${content}`).toBe(wanted);
    }
    seen.overheard += overheardBy(person, expected, ground);
  }
  const { waiting, twice } = turnsOf(events);
  expect([waiting.length > 0 && !isOpen(events), twice]).toEqual([false, []]);
  seen.cut += events.filter((event) => event.type === "step-started").length;
}

/** Turns that were taken and not taken up, and those that were taken up twice. */
function turnsOf(events: readonly JournalEvent[]) {
  const taken = events.flatMap((event) => (event.type === "acted" ? [event.turn] : []));
  const turns = events.flatMap((event) => (event.type === "turn" ? [event.id] : []));
  return {
    waiting: turns.filter((id) => !taken.includes(id)),
    twice: taken.filter((id, at) => taken.indexOf(id) !== at),
  };
}

/** The last step is still to be gone on with. */
const isOpen = (events: readonly JournalEvent[]): boolean =>
  events.findLastIndex((event) => event.type === "step-started") >
  events.findLastIndex((event) => event.type === "step-finished");

/** Whoever overhears was in the speaker's circle, and the words were for somebody else. */
function overheardBy(person: Player, expected: ReadonlyMap<string, Expected>, ground: Ground): number {
  const overheard = person.heard.filter((one) => one.type === "SOCIAL");
  for (const { content, source } of overheard) {
    const words = [...expected.keys()].find((text) => content.endsWith(JSON.stringify(text))) ?? "";
    expect(content).toContain("it is not meant for you");
    expect(expected.get(words)?.to.has(person.name)).toBe(false);
    expect(near(ground.access, ground.names, source as string)).toContain(person.name);
  }
  return overheard.length;
}
