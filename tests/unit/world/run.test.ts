import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Stimulus } from "../../../src/kernel/contracts/person.ts";
import { createClock } from "../../../src/kernel/values/clock.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { createRandom } from "../../../src/kernel/values/random.ts";
import { transcriptOf } from "../../../src/kernel/values/transcript.ts";
import { type RunOptions, TinyWorld, type WorldOptions } from "../../../src/world/tiny-world.ts";
import { type TestContext, testContext } from "../../support/context.ts";
import { always, done, once, type PlayerOptions, player, reachOut, type Script, talk } from "./cast.ts";

const names = ["Ann", "Bob", "Cleo", "Dan"] as const;

function worldOf(
  context: TestContext,
  scripts: Readonly<Record<string, Script>>,
  options: { world?: WorldOptions; player?: Omit<PlayerOptions, "script"> } = {},
) {
  const people = Object.entries(scripts).map(([name, script]) => player(name, context, { ...options.player, script }));
  return new TinyWorld("Room", people, {
    context: context.fork("world:room"),
    ...options.world,
  }).makeEveryoneAccessible();
}

const refused = (name: string) =>
  new TinyTroupeError("MODEL_REFUSED", `${name} refused.`, { data: { model: "m", text: "" }, hint: "Ask again." });
const noKey = () =>
  new TinyTroupeError("KEY_MISSING", "No key.", { data: { provider: "p", variable: "P_KEY" }, hint: "Set P_KEY." });
const spent = () =>
  new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", { data: { limit: {}, spent: {}, wanted: {} }, hint: "Raise it." });
const aborted = () => new TinyTroupeError("ABORTED", "Stopped.", { data: {}, hint: "Start again." });

/** Repeats what was heard, to somebody or all: what is said depends on all that was heard before. */
const gossip =
  (name: string): Script =>
  (news, _options, turn) => {
    const said = `${name}${turn}<${news.map((one: Stimulus) => one.content.slice(0, 12)).join("|")}>`;
    if (turn > 3) return [done];
    if (turn === 1) return [reachOut("Dan"), talk(said, names[(name.length + turn) % names.length])];
    return [talk(said, turn % 2 === 0 ? "" : "nobody known")];
  };

it("takes no option of a broadcast that there is not: nobody would be named as the speaker", () => {
  const room = worldOf(testContext(), { Ann: always(done) });
  const misspelt = { form: "Management" } as object;
  expect(() => room.broadcast("Hello?", misspelt)).toThrow(expect.objectContaining({ data: { option: "form" } }));
});

describe("the order of acting", () => {
  it("simultaneous gives the same run whatever the order of completion", async () => {
    const play = async (seed: number) => {
      const context = testContext();
      const dice = createRandom(seed);
      const scripts = Object.fromEntries(names.map((name) => [name, gossip(name)]));
      const room = worldOf(context, scripts, { player: { delay: () => (seed === 0 ? 0 : dice.integer(5)) } });
      room.broadcast("Hello?");
      const result = await room.run(8);
      const byScope = context.events.toSorted((one, other) => (one.id < other.id ? -1 : 1));
      return { result, byScope, told: room.transcript(), retold: transcriptOf(context.events) };
    };
    const first = await play(0);
    expect(first.told.length).toBeGreaterThan(20);
    expect(first.retold).toEqual(first.told);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1 }), async (seed) => {
        expect(await play(seed)).toEqual(first);
      }),
      { numRuns: 25 },
    );
  });
  it("simultaneous: nobody hears in a step what is said in it", async () => {
    const room = worldOf(testContext(), { Ann: always(talk("A")), Bob: always(talk("B")) });
    room.broadcast("Go.");
    await room.run(1);
    expect(room.people.map((person) => person.heard.map((one) => one.content))).toEqual([
      ["Go.", "B"],
      ["Go.", "A"],
    ]);
  });
  it("sequential: each hears what came before", async () => {
    const echo: Script = (news) => [talk(`heard ${news.map((one) => one.content).join("+")}`)];
    const room = worldOf(testContext(), { Ann: echo, Bob: echo, Cleo: echo }, { world: { schedule: "sequential" } });
    room.broadcast("Go");
    await room.run(1);
    expect(room.transcript().map((entry) => entry.text)).toEqual([
      "Go",
      "heard Go",
      "heard Go+heard Go",
      "heard Go+heard Go+heard Go+heard Go",
    ]);
  });
  it("shuffled: an order anew for each step, the same for the same seed", async () => {
    const orders = async (seed: number, elsewhere = false) => {
      const scripts = Object.fromEntries(names.map((name) => [name, always(talk("Hm."))]));
      const room = worldOf(testContext({ seed }), scripts);
      room.broadcast("Go.");
      const until = () => {
        if (elsewhere) room.context.random.next();
        return false;
      };
      const { steps } = await room.run(6, { schedule: "shuffled", until });
      return steps.map((step) => step.outcomes.map((outcome) => outcome.name).join(""));
    };
    const first = await orders(1);
    expect(await orders(1)).toEqual(first);
    expect(await orders(1, true)).toEqual(first);
    expect(await orders(2)).not.toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(2);
    for (const order of first) expect([...order].sort().join("")).toBe([...names.join("")].sort().join(""));
  });
});

describe("a failure", () => {
  it("of one person is an outcome; the others are heard and the person goes on in the next step", async () => {
    const context = testContext();
    const room = worldOf(context, {
      Ann: once([talk("A")]),
      Bob: (_news, { maxActions }) => (maxActions === 1 ? refused("Bob") : [talk("Late, but here.")]),
      Cleo: once([talk("C")]),
    });
    room.broadcast("Go.");
    const { steps } = await room.run(1, { maxActions: 1 });
    expect(steps[0]).toMatchObject({
      step: 1,
      quiet: false,
      outcomes: [{ name: "Ann" }, { person: "bob", name: "Bob", error: { code: "MODEL_REFUSED" } }, { name: "Cleo" }],
    });
    expect(context.events.filter((event) => event.type === "failed")).toMatchObject([
      { step: 1, person: "bob", error: { code: "MODEL_REFUSED", hint: "Ask again." } },
    ]);
    expect(room.person("Bob").heard.map((one) => one.content)).toEqual(["Go.", "A", "C"]);
    await room.run(1);
    expect(room.person("Ann").heard.at(-1)?.content).toBe("Late, but here.");
  });
  it("that is nobody's own and meets all is thrown, and the step stays open", async () => {
    for (const order of ["simultaneous", "sequential"] as const) {
      const context = testContext();
      let keyed = false;
      const script: Script = () => (keyed ? [talk("Now."), done] : noKey());
      const room = worldOf(context, { Ann: script, Bob: script }, { world: { schedule: order } });
      room.broadcast("Go.");
      await expect(room.run(5)).rejects.toMatchObject({ code: "KEY_MISSING" });
      expect(context.events.filter((event) => event.type === "failed")).toEqual([]);
      keyed = true;
      const { steps } = await room.run(1);
      expect(steps).toMatchObject([{ step: 1, outcomes: [{ name: "Ann" }, { name: "Bob" }] }]);
      expect(context.events.filter((event) => event.type === "step-started").length).toBe(1);
    }
  });
  it("that is nobody's own but spares somebody is an outcome", async () => {
    for (const order of ["simultaneous", "sequential"] as const) {
      const context = testContext();
      const room = worldOf(context, { Ann: () => noKey(), Bob: always(talk("B")) }, { world: { schedule: order } });
      room.broadcast("Go.");
      const { steps } = await room.run(1);
      expect(steps[0]?.outcomes).toMatchObject([{ error: { code: "KEY_MISSING" } }, { turn: { stop: "done" } }]);
      expect(context.events.filter((event) => event.type === "failed" || event.type === "acted")).toMatchObject([
        { type: "failed", person: "ann" },
        { type: "acted", person: "bob" },
      ]);
    }
  });
  it("while words are delivered is thrown, and nobody hears anything twice afterwards", async () => {
    const context = testContext();
    const bob = player("Bob", context, { script: once([talk("B")]) });
    const deaf = {
      ...bob,
      observe: (...heard: readonly Stimulus[]) => {
        if (heard[0]?.content === "C") throw new Error("A broken ear.");
        bob.observe(...heard);
      },
    };
    const people = [player("Ann", context, { script: once([talk("A")]) }), deaf];
    const cleo = player("Cleo", context, { script: once([talk("C", "Bob")]) });
    const room = new TinyWorld("Room", [...people, cleo], {
      context: context.fork("world:room"),
    }).makeEveryoneAccessible();
    room.broadcast("Go.");
    await expect(room.run(1)).rejects.toThrow("A broken ear.");
    expect((await room.run(1)).steps).toMatchObject([{ step: 1, outcomes: [{}, {}, {}] }]);
    expect(cleo.heard.map((one) => one.content)).toEqual(["Go.", "A", "B"]);
  });
  it.each(["simultaneous", "sequential"] as const)(
    "that leaves nobody with an answer is thrown, says so, and the step stays open: %s",
    async (order) => {
      const context = testContext();
      let able = false;
      const script =
        (name: string): Script =>
        () =>
          able ? [talk("Now."), done] : refused(name);
      const room = worldOf(context, { Ann: script("Ann"), Bob: script("Bob") }, { world: { schedule: order } });
      room.broadcast("Go.");
      await expect(room.run(2)).rejects.toMatchObject({
        code: "MODEL_REFUSED",
        message: "None of the 2 who were asked has a usable answer. The first: Ann refused.",
        hint: "Ask again.",
      });
      expect(context.events.filter(({ type }) => type === "failed" || type === "step-finished")).toEqual([]);
      able = true;
      expect((await room.run(1)).steps).toMatchObject([{ step: 1, outcomes: [{ turn: {} }, { turn: {} }] }]);
    },
  );
  it("of the only one who tries is an outcome once, after answers; a second one is thrown", async () => {
    for (const order of ["simultaneous", "sequential"] as const) {
      let [answers, asked] = [1, 0];
      const alone: Script = () => (asked++ < answers ? [talk("Here.")] : refused("Ann"));
      const room = worldOf(testContext(), { Ann: alone }, { world: { schedule: order }, player: { restless: true } });
      await expect(room.run(9)).rejects.toMatchObject({ code: "MODEL_REFUSED", message: "Ann refused." });
      // One answer; one turn lost, since the model has shown what it can; and then no more.
      expect(asked).toBe(3);
      [answers, asked] = [0, 0];
      const dumb = worldOf(testContext(), { Ann: alone }, { world: { schedule: order }, player: { restless: true } });
      await expect(dumb.run(9)).rejects.toMatchObject({ code: "MODEL_REFUSED" });
      expect(asked).toBe(1);
    }
  });
  it("of the only one who tries ends nothing where the model was of use to others", async () => {
    const room = worldOf(testContext(), { Ann: always(talk("Here.", "Bob")), Bob: () => refused("Bob") });
    room.broadcast("Go.");
    const { steps } = await room.run(4);
    expect(steps.map(({ outcomes }) => outcomes.map((one) => ("error" in one ? "error" : one.turn.stop)))).toEqual([
      ["done", "error"],
      ["idle", "error"],
      ["idle", "error"],
      ["idle", "error"],
    ]);
  });
  it("of the only one who tries, now and then, ends nothing", async () => {
    let asked = 0;
    const everySecond: Script = () => (asked++ % 2 === 0 ? [talk("Here.")] : refused("Ann"));
    const room = worldOf(testContext(), { Ann: everySecond }, { player: { restless: true } });
    const { steps } = await room.run(6);
    expect(steps.map(({ outcomes }) => outcomes.map((one) => "error" in one))).toEqual(
      [false, true, false, true, false, true].map((lost) => [lost]),
    );
  });
});

describe("the end of a run", () => {
  it("comes when all are quiet, unless told otherwise", async () => {
    const context = testContext();
    const quiet = (of = testContext()) => worldOf(of, { Ann: once([done]), Bob: once([talk("B"), done]) });
    const room = quiet(context);
    room.broadcast("Go.");
    expect(await room.run(9)).toMatchObject({ stopped: "quiet", steps: [{ quiet: false }, { quiet: true }] });
    await room.run(1);
    // Where all that was asked for was played, there is nothing to say.
    expect(context.shown.filter(({ type }) => type === "warning")).toEqual([
      { type: "warning", message: expect.stringMatching(/the run ended after 2 steps, as nobody had anything to do/) },
    ]);
    const on = await quiet().run(3, { stopWhenQuiet: false });
    expect([on.stopped, on.steps.map((step) => step.quiet)]).toEqual(["steps", [true, true, true]]);
    expect(await quiet().run(0)).toEqual({ steps: [], stopped: "steps" });
    await expect(quiet().run(1.5)).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(quiet().run(-1)).rejects.toMatchObject({ code: "OPTION_INVALID" });
    const beside = [{ until: () => true }, { maxActions: 1 }] as unknown as [number];
    await expect(quiet().run(...beside)).rejects.toMatchObject({ data: { option: "maxActions" } });
  });
  it("comes when until says so, at once or later", async () => {
    const room = worldOf(testContext(), { Ann: always(talk("A")), Bob: always(talk("B")) });
    room.broadcast("Go.");
    const until: RunOptions["until"] = async ({ step }) => step === 3;
    expect(await room.run(Number.POSITIVE_INFINITY, { until })).toMatchObject({
      stopped: "until",
      steps: [{}, {}, {}],
    });
    expect((await room.run(2)).steps.map((step) => step.step)).toEqual([4, 5]);
  });
  it.each([
    ["budget", spent, "simultaneous"],
    ["budget", spent, "sequential"],
    ["signal", aborted, "simultaneous"],
    ["signal", aborted, "sequential"],
  ] as const)(
    "by $0 is clean, and the run that goes on is as one that was never stopped ($2)",
    async (stopped, error, order) => {
      const play = async (stopAt: readonly string[]) => {
        const context = testContext();
        const waiting = new Set(stopAt);
        const stopping =
          (name: string): Script =>
          (news, options, turn) =>
            turn === 1 && waiting.delete(name) ? error() : gossip(name)(news, options, turn);
        const room = worldOf(context, Object.fromEntries(names.map((name) => [name, stopping(name)])), {
          world: { schedule: order },
        });
        room.broadcast("Go.");
        const first = await room.run(6);
        const told = room.transcript();
        const rest = first.stopped === stopped ? await room.run(6) : undefined;
        return { context, room, first, told, rest };
      };
      const unbroken = await play([]);
      const broken = await play(["Bob"]);
      expect(broken.first.stopped).toBe(stopped);
      const last = broken.first.steps.at(-1);
      expect(last).toMatchObject({ step: 2, open: true });
      expect(last?.outcomes[1]).toMatchObject({ name: "Bob", error: {} });
      expect(broken.told.filter((entry) => entry.text.startsWith("Ann1")).length).toBe(1);
      expect(broken.rest?.steps[0]).toMatchObject({ step: 2, outcomes: [{}, {}, {}, {}] });
      expect(broken.room.transcript()).toEqual(unbroken.room.transcript());
      const scoped = (context: TestContext) => context.events.toSorted((one, other) => (one.id < other.id ? -1 : 1));
      expect(scoped(broken.context)).toEqual(scoped(unbroken.context));
    },
  );
  it("comes in steps in which nobody is asked anything, too", async () => {
    const whole = new AbortController();
    const context = testContext({ signal: whole.signal });
    const room = worldOf(context, { Ann: () => [done] });
    // As a signal of the process: between two turns of the event loop.
    setImmediate(() => setImmediate(() => whole.abort()));
    await expect(room.run(2_000, { stopWhenQuiet: false })).rejects.toMatchObject({ code: "ABORTED" });
    expect(context.events.filter(({ type }) => type === "step-started").length).toBeLessThan(10);
  });

  it("comes before the next step when the signal is given, and people get the run's signal", async () => {
    const controller = new AbortController();
    const room = worldOf(testContext(), { Ann: always(talk("A")), Bob: always(talk("B")) });
    room.broadcast("Go.");
    const until: RunOptions["until"] = ({ step }) => {
      if (step === 2) controller.abort();
      return false;
    };
    const result = await room.run(9, { until, signal: controller.signal });
    expect([result.stopped, result.steps.length]).toEqual(["signal", 2]);
    expect(room.person("Ann").asked[0]?.signal).toBe(controller.signal);
    const whole = new AbortController();
    const stoppedRun = worldOf(testContext({ signal: whole.signal }), { Ann: always(talk("A")) });
    whole.abort();
    await expect(stoppedRun.run(2)).rejects.toMatchObject({ code: "ABORTED" });
  });
});

describe("time", () => {
  const start = () => createClock(new Date("2027-12-31T09:00:00Z"));
  it("passes before each step of a timed run, by the calendar, and quiet days are played", async () => {
    const context = testContext({ clock: start() });
    const room = worldOf(context, { Ann: once([talk("A")]), Bob: once([done]) });
    room.broadcast("Go.");
    const result = await room.runMonths(3);
    expect(result.steps.map((step) => step.time)).toEqual([
      "2028-01-31T09:00:00.000Z",
      "2028-02-29T09:00:00.000Z",
      "2028-03-31T09:00:00.000Z",
    ]);
    expect(result.stopped).toBe("steps");
    expect(room.transcript()[1]).toMatchObject({ text: "A", step: 1, time: "2028-01-31T09:00:00.000Z" });
    await room.runHours(2);
    room.skipYears(1);
    room.skipMinutes(30);
    expect(context.clock.now()?.toISOString()).toBe("2029-03-31T11:30:00.000Z");
    expect(await room.runDays(5, { stopWhenQuiet: true })).toMatchObject({
      stopped: "quiet",
      steps: [{ quiet: true }],
    });
  });
  it("is moved by one world at a time, since who is faster must not tell the time of what happens", async () => {
    const context = testContext({ clock: start() });
    const [one, other] = [worldOf(context, { Ann: once([done]) }), worldOf(context, { Bob: once([done]) })];
    const running = one.runDays(2);
    await expect(other.runDays(1)).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "every" } });
    expect(() => other.skipDays(1)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    await running;
    await other.runDays(1);
    expect(context.clock.now()?.toISOString()).toBe("2028-01-03T09:00:00.000Z");
    const skips = (): boolean => {
      one.skipDays(1);
      expect(() => other.skipDays(1), "the time is still held").toThrow();
      return false;
    };
    await one.runDays(2, { until: skips });
    expect(context.clock.now()?.toISOString()).toBe("2028-01-07T09:00:00.000Z");
  });
  it("says by its name how much passes before each step, and is told no other", async () => {
    const room = worldOf(testContext({ clock: start() }), { Ann: once([done]) });
    const timed: object = { every: { hours: 6 } };
    await expect(room.runDays(2, timed)).rejects.toThrow("There is no 'every' in the options of a run in days.");
    const hasty: object = { wake: {}, days: 9 };
    await expect(room.runWeeks(1, hasty)).rejects.toThrow("There is no 'days' in the options of a run in weeks.");
  });
  it("needs a calendar", async () => {
    const room = worldOf(testContext(), { Ann: once([done]) });
    expect(() => room.skipDays(1)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    await expect(room.runDays(1)).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(room.run(1)).resolves.toMatchObject({ stopped: "quiet" });
  });
});
