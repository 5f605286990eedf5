import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import type { JournalEvent } from "../../../../src/kernel/contracts/events.ts";
import type { Journal } from "../../../../src/kernel/contracts/journal.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { defineAction } from "../../../../src/person/actions/define-action.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../../src/persona/schema.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf } from "../../../support/person.ts";
import { type AnySchedule, everySchedule, scheduleKeys } from "../../../support/schedules.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const names = ["Ann", "Bob", "Cleo", "Dora", "Eve"];

interface Weather {
  readonly seed: number;
  readonly schedule: AnySchedule;
  /** Whose model fails. */
  readonly dumb: readonly string[];
  /** Whose tool throws. */
  readonly clumsy: readonly string[];
  /** With which event of the run the store is full; undefined for one with room. */
  readonly full?: number;
}

/** A step of people who speak and use a tool, each after a while of their own. */
async function played({ seed, schedule, dumb, clumsy, full }: Weather) {
  const dice = createRandom(seed);
  const model = scriptedModel(async (request) => {
    if (request.purpose === "bid") return { urgency: 3, reason: "" };
    const name = /You are (\w+)\./.exec(promptOf(request))?.[1] ?? "";
    for (let wait = dice.integer(6); wait > 0; wait--) await new Promise((next) => setImmediate(next));
    if (dumb.includes(name)) {
      throw new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask otherwise." });
    }
    return { actions: [{ type: "TALK", content: `${name} speaks.` }, { type: "LIFT" }, { type: "DONE" }] };
  });
  const context = withStore(testContext({ model, seed, embedder: createLexicalEmbedder() }), full);
  const lift = defineAction({
    ...{ type: "LIFT", description: "Lift it.", kind: "effect", args: z.object({}) },
    run: async (_args, who) => {
      for (let wait = dice.integer(4); wait > 0; wait--) await new Promise((next) => setImmediate(next));
      if (clumsy.includes(who.name)) throw new Error("It fell.");
      return { text: "lifted" };
    },
  });
  const people = names.map((name) => {
    const faculties = [{ name: "hands", actions: [lift] }];
    return new TinyPerson(parsePersona({ name }), context.fork(`person:${name.toLowerCase()}`), { faculties });
  });
  const room = new TinyWorld("Room", people, {
    schedule: everySchedule[schedule](),
    context: context.fork("world:room"),
  });
  room.makeEveryoneAccessible().broadcast("Lift it.");
  const thrown = await room.run(1).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { people, events: context.events, thrown };
}

/** The same context with a store that takes so many events of all scopes together. */
function withStore(context: ReturnType<typeof testContext>, full: number | undefined): ReturnType<typeof testContext> {
  let left = full ?? Number.POSITIVE_INFINITY;
  const journalOf = (journal: Journal): Journal => ({
    ...journal,
    record: (body) => {
      if (left-- <= 0)
        throw new TinyTroupeError("STORE_FAILED", "Full.", {
          data: { location: "x", reason: "full" },
          hint: "Make room.",
        } as never);
      return journal.record(body);
    },
    fork: (name) => journalOf(journal.fork(name)),
  });
  const of = (one: typeof context): typeof context => ({
    ...one,
    journal: journalOf(one.journal),
    fork: (name) => of(one.fork(name)),
    forkNext: (kind) => of(one.forkNext(kind)),
  });
  return of(context);
}

const scopeOf = (event: JournalEvent): string => event.id.slice(0, event.id.indexOf("#"));
const some = fc.subarray(names);
const schedule = fc.constantFrom(...scheduleKeys);
/** Those by which all act in the first step. */
const ofAll = fc.constantFrom(...scheduleKeys.filter((key) => !/^(auction|round)/.test(key)));
const seed = fc.nat({ max: 1_000_000 });

it("a model that fails and a tool that throws cost nobody else's turn, words or hearing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ seed, schedule: ofAll, dumb: some, clumsy: some }), async (weather) => {
      fc.pre(weather.dumb.length < names.length);
      const { people, events, thrown } = await played(weather);
      expect(thrown).toBeUndefined();
      const able = names.filter((name) => !weather.dumb.includes(name));
      const [failed, acted] = (["failed", "acted"] as const).map((type) =>
        events.flatMap((event) => (event.type === type ? [event.person] : [])).sort(),
      );
      expect(failed).toEqual(weather.dumb.map((name) => name.toLowerCase()).sort());
      expect(acted).toEqual(able.map((name) => name.toLowerCase()));
      for (const person of people) {
        const heard = person
          .transcript()
          .flatMap((entry) => (entry.from !== undefined && entry.from !== person.name ? [entry.text] : []));
        expect(heard.sort()).toEqual(able.filter((name) => name !== person.name).map((name) => `${name} speaks.`));
        const [turn] = person.turns;
        expect(person.turns.length).toBe(able.includes(person.name) ? 1 : 0);
        if (turn === undefined) expect(person.pending[0]?.content).toBe("Lift it.");
        else
          expect(person.pending.some((one) => one.content.includes("It fell."))).toBe(
            weather.clumsy.includes(person.name),
          );
      }
    }),
    { numRuns: 60 },
  );
});

it("a store that is full ends the run with that; what was told before is as it is without it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ seed, schedule, dumb: some, clumsy: some, full: fc.nat({ max: 60 }) }),
      async (weather) => {
        fc.pre(weather.dumb.length < names.length);
        const { full, ...rest } = weather;
        const whole = await played(rest);
        fc.pre(full > names.length + 3 && full < whole.events.length);
        const cut = await played(weather);
        expect(cut.thrown).toMatchObject({ code: "STORE_FAILED" });
        for (const scope of new Set(cut.events.map(scopeOf))) {
          const told = cut.events.filter((event) => scopeOf(event) === scope);
          expect(whole.events.filter((event) => scopeOf(event) === scope).slice(0, told.length)).toEqual(told);
        }
      },
    ),
    { numRuns: 60 },
  );
});
