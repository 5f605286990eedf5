import { describe, expect, it } from "vitest";
import type { JournalEvent, SimulationEvent } from "../../../src/kernel/contracts/events.ts";
import type { Model } from "../../../src/kernel/contracts/model.ts";
import { createClock } from "../../../src/kernel/values/clock.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { digest } from "../../../src/kernel/values/hash.ts";
import { createRandom } from "../../../src/kernel/values/random.ts";
import { transcriptOf } from "../../../src/kernel/values/transcript.ts";
import { createLexicalEmbedder } from "../../../src/model/embed/lexical.ts";
import { withReplay } from "../../../src/model/replay/replay.ts";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { createContext } from "../../../src/simulation/run/context.ts";
import { createRevisions } from "../../../src/simulation/run/edits/revisions.ts";
import { openJournal } from "../../../src/store/journal.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { readStory } from "../../../src/store/story.ts";
import { type RunResult, TinyWorld } from "../../../src/world/tiny-world.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const names = ["Ann Lee", "Bob Stone", "Cleo Park"];

/** Answers from what is asked alone, after a while that differs; refuses from the given call on. */
function talker(refuseFrom: number) {
  let allowed = refuseFrom;
  const made: string[] = [];
  const model = scriptedModel(async ({ scope, messages }) => {
    if (allowed-- <= 0)
      throw new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", {
        data: { limit: {}, spent: {}, wanted: {} },
        hint: "Raise it.",
      });
    made.push(scope);
    const mark = digest(JSON.stringify(messages)).slice(0, 4);
    for (let turn = Number.parseInt(mark, 16) % 5; turn > 0; turn--) await new Promise((next) => setImmediate(next));
    const target = ["", "Ann", "Bob", "nobody known"][Number.parseInt(mark[0] as string, 16) % 4];
    return { state: {}, actions: [{ type: "TALK", content: `I say ${mark}.`, target }, { type: "DONE" }] };
  });
  return { model, made };
}

async function play(store: ReturnType<typeof createMemoryStore>, model: Model) {
  const shown: SimulationEvent[] = [];
  const watch = (event: SimulationEvent): void => void shown.push(event);
  const clock = createClock(new Date("2030-01-01T09:00:00Z"));
  const run = { id: "study", name: "Study", seed: "7", model: model.id };
  const { journal, finish } = await openJournal(store, { run, clock, watch });
  const replayed = withReplay(journal.calls, { seed: "7", watch })(model);
  const models = { actor: replayed, judge: replayed, embedder: createLexicalEmbedder(), named: () => replayed };
  const signal = new AbortController().signal;
  const random = createRandom(7);
  const given = {
    run: journal.run,
    journal,
    random,
    clock,
    models,
    signal,
    cutOff: signal,
    watch,
    streaming: false,
    approve: async () => true,
    simulating: false,
    arriveAt: async () => undefined,
    revisions: createRevisions(),
    outside: { variable: () => undefined, fetch: globalThis.fetch },
  };
  const context = createContext(given, { store });
  const people = names.map((name) => new TinyPerson(parsePersona({ name }), context.fork(`person:${name}`)));
  const room = new TinyWorld("Room", people, { context: context.fork("world:room") }).makeEveryoneAccessible();
  room.broadcast("Speak.");
  const result: RunResult = await room.run(4, { every: { hours: 1 } });
  await finish(result.stopped === "budget" ? "stopped" : "finished");
  const story: JournalEvent[] = [];
  for await (const event of readStory(store, "study")) story.push(event);
  const sorted = story.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return { result, sorted, told: room.transcript(), stored: transcriptOf(story), shown };
}

describe("a world that was stopped by the budget and is played again", () => {
  it("goes on where it was: no call twice, no other story, the same transcript", async () => {
    const whole = talker(Number.POSITIVE_INFINITY);
    const unbroken = await play(createMemoryStore(), whole.model);
    expect(unbroken.result).toMatchObject({ stopped: "steps", steps: [{}, {}, {}, {}] });
    expect(unbroken.stored).toEqual(unbroken.told);
    expect(unbroken.told.length).toBeGreaterThan(12);
    for (let refuseFrom = 0; refuseFrom < whole.made.length; refuseFrom += 2) {
      const store = createMemoryStore();
      const first = talker(refuseFrom);
      const broken = await play(store, first.model);
      expect(broken.result.stopped).toBe("budget");
      const second = talker(Number.POSITIVE_INFINITY);
      const again = await play(store, second.model);
      expect(again.shown.filter((event) => event.type === "diverged")).toEqual([]);
      expect(first.made.length + second.made.length).toBe(whole.made.length);
      expect(again.told).toEqual(unbroken.told);
      expect(again.stored).toEqual(unbroken.told);
      expect(again.sorted).toEqual(unbroken.sorted);
    }
  });
});
