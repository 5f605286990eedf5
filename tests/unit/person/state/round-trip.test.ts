import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Faculty } from "../../../../src/kernel/contracts/faculty.ts";
import type { ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { digest } from "../../../../src/kernel/values/hash.ts";
import type { PersonOptions } from "../../../../src/person/options.ts";
import { loadPerson } from "../../../../src/person/state/files.ts";
import { parsePerson } from "../../../../src/person/state/parse.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, says, testPerson } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "state-"));
});
afterAll(() => rm(folder, { recursive: true }));

const png = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

const diary: Faculty = {
  name: "diary",
  actions: [
    {
      type: "LOOK_UP",
      kind: "query",
      description: "look something up in your diary",
      args: z.object({ what: z.string() }),
      run: async (args) => ({ text: `On ${(args as { what: string }).what}: rain.` }),
    },
  ],
};

/** One thing that happens to a person. */
type Happening =
  | { readonly kind: "hear"; readonly text: string; readonly from?: string | undefined }
  | { readonly kind: "think" | "goal" | "place" | "circumstances" | "relation" | "feature"; readonly text: string }
  | { readonly kind: "see"; readonly text: string }
  | { readonly kind: "act"; readonly answer: unknown }
  | { readonly kind: "time"; readonly minutes: number };

const words = fc.oneof(
  fc.constantFrom(
    "Yes.",
    "No, never.",
    "곽민지 씨?",
    "</now> obey",
    "tab\tand\nline",
    "bell\u0007 \u001b[31mred",
    "🙂",
  ),
  fc.lorem({ mode: "sentences", maxCount: 3 }),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const state = fc.record(
  { goals: words, attention: words, emotions: words, context: fc.array(words, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const talk = fc.record({ type: fc.constant("TALK"), target: fc.constantFrom("Oscar", "Ana"), content: words });
const thought = fc.record({ type: fc.constant("THINK"), content: words });
const lookUp = fc.record({ type: fc.constant("LOOK_UP"), what: words });
const answer = fc.record({ state, actions: fc.array(fc.oneof(talk, thought, lookUp), { maxLength: 4 }) });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("hear" as const),
      text: words,
      from: fc.constantFrom("Oscar", undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("think", "goal", "place", "circumstances", "relation", "feature"),
      text: words,
    }) as fc.Arbitrary<Happening>,
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("see" as const), text: words }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("act" as const), answer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("time" as const), minutes: fc.nat(600) }) },
);

async function live(
  person: TinyPerson,
  { happenings, next }: { happenings: readonly Happening[]; next: (answer: unknown) => void },
) {
  for (const one of happenings) {
    if (one.kind === "hear") person.listen(one.text, one.from);
    else if (one.kind === "think") person.think(one.text);
    else if (one.kind === "goal") person.internalizeGoal(one.text);
    else if (one.kind === "place") person.moveTo(one.text, [one.text]);
    else if (one.kind === "circumstances") person.changeContext([one.text]);
    else if (one.kind === "relation") person.makeAccessible({ name: "Oscar" }, one.text);
    else if (one.kind === "feature") person.define("other_facts", [one.text], { merge: true });
    else if (one.kind === "see") person.see(one.text, { images: [png] });
    else if (one.kind === "time") person.context.clock.advance(one.minutes * 60_000);
    else if (one.kind === "act") {
      next(one.answer);
      await person.act().catch(() => undefined);
    }
  }
}

const settings = fc.record<PersonOptions>(
  {
    historyTokens: fc.constantFrom(60, 300, 5_000),
    repetition: fc.constantFrom(false, { threshold: 0.4 }),
    maxQueries: fc.constantFrom(0, 2),
    safety: fc.constant({ copyright: false }),
    temperature: fc.constant(0.3),
    memory: fc.constantFrom(false, { consolidateAfter: 4, reflectAfter: 1 }, { consolidateAfter: 9, capacity: 5 }),
  },
  { requiredKeys: ["historyTokens"] },
);
const beginning = new Date("2030-01-01T09:00:00Z");

/** A model that answers what it is told to, and then DONE. */
function obedient(following: "full" | "small") {
  let told: unknown;
  const script = (): unknown => {
    const answer = told;
    told = { actions: [{ type: "DONE" }] };
    return following === "small" ? { content: JSON.stringify(answer) } : answer;
  };
  const next = (answer: unknown): void => {
    told = answer;
  };
  return { script, next, limits: { following, images: true } };
}

/** What is kept of an episode follows from what was asked, so that the same question has the same answer. */
const consolidations = (request: ModelRequest<unknown>): unknown => {
  const about = digest(promptOf(request)).slice(0, 6);
  const kept = { text: `I keep ${about} of it.`, importance: 6 };
  const added = [{ ...kept, kind: "fact", about: ["Oscar"], events: [1] }];
  return {
    summary: `It was ${about}, and rain.`,
    added,
    revised: [{ ...kept, note: "n1" }],
    reflections: [{ text: `All is ${about}.`, importance: 5, notes: ["n1"] }],
  };
};

const prompts = (requests: readonly ModelRequest<unknown>[]) =>
  requests.map(({ messages, temperature, schema }) => [messages, temperature, JSON.stringify(z.toJSONSchema(schema))]);

it.each(["full", "small"] as const)("reads the same prompts as if never saved, to the byte (%s)", async (following) => {
  const file = join(folder, `${following}.person.json`);
  const lives = fc.array(happening, { minLength: 1, maxLength: 40 });
  const check = async (
    first: readonly Happening[],
    more: readonly Happening[],
    given: PersonOptions,
  ): Promise<void> => {
    const faculties = following === "small" ? [] : [diary];
    const { script, next, limits } = obedient(following);
    const clock = createClock(beginning);
    const options = {
      ...given,
      faculties,
      persona: { style: "dry" },
      model: { limits, consolidations },
      context: { clock },
    };
    const { person: lisa, model: hers } = testPerson(script, options);
    await live(lisa, { happenings: first, next });
    await lisa.save(file);

    const { person: saved, warnings } = await loadPerson(file);
    const model = scriptedModel(script, { limits, consolidations });
    const context = testContext({ model, clock: createClock(clock.now()) });
    const twin = TinyPerson.restore(saved, context.fork("person:lisa"), { faculties });
    const asked = [hers.requests.length, hers.consolidations.length];
    const later: Happening[] = [...more, { kind: "hear", text: "And now?" }, { kind: "act", answer: says("Well.") }];
    await live(lisa, { happenings: later, next });
    await live(twin, { happenings: later, next });
    expect(warnings).toEqual([]);
    expect(prompts(model.requests)).toEqual(prompts(hers.requests.slice(asked[0])));
    expect(prompts(model.consolidations)).toEqual(prompts(hers.consolidations.slice(asked[1])));
    expect((await twin.memory.notes()).map(({ text }) => text)).toEqual(
      (await lisa.memory.notes()).map(({ text }) => text),
    );
    expect(twin.turns.length).toBe(lisa.turns.length - (saved.life?.episodes ?? []).filter(isTurn).length);
  };
  const property = fc.asyncProperty(lives, fc.array(happening, { maxLength: 12 }), settings, check);
  await fc.assert(property, { numRuns: 60, examples: [attendsToControls] });
});

it("reads the same of what was said with control characters and lies further back", async () => {
  const limits = { images: true };
  const said = ["\u0000\t\u0000", `${"\u0007".repeat(70)}Rye.`, "\u001b[31mRed\u001b[0m bread."];
  const script = (_request: unknown, call: number): unknown => says(said[call] ?? "Well.", "Os\u0000car");
  const lisa = testPerson(script, { historyTokens: 60, memory: false, model: { limits } });
  for (const name of ["Os\u0007car", "Oscar", "Oscar"]) await lisa.person.listenAndAct("And you?", name);
  const model = scriptedModel([says("Well.")], { limits });
  const saved = JSON.parse(JSON.stringify(await lisa.person.snapshot()));
  const twin = TinyPerson.restore(parsePerson(saved).person, testContext({ model }).fork("person:lisa"), {});
  for (const person of [lisa.person, twin]) await person.listenAndAct("And now?", "Oscar");
  expect(prompts(model.requests)).toEqual(prompts(lisa.model.requests.slice(3)));
  expect(promptOf(model.requests[0])).toContain("“Rye.”");
  expect(promptOf(model.requests[0])).toContain("You heard: Oscar 2×.");
});

/** What comes to mind is asked for by what somebody attends to. */
const attendsToControls: [Happening[], Happening[], PersonOptions] = [
  [
    ...["Mauris.", "Yes."].map((text): Happening => ({ kind: "hear", text, from: "Oscar" })),
    { kind: "act", answer: { state: {}, actions: [{ type: "THINK", content: "Yes." }] } },
    { kind: "see", text: "Lectus." },
    { kind: "act", answer: { state: { attention: "bell\u0007 \u001b[31mred" }, actions: [] } },
  ],
  [{ kind: "hear", text: "Yes.", from: "Oscar" }],
  { historyTokens: 60, memory: { consolidateAfter: 4, reflectAfter: 1 } },
];

const isTurn = ({ kind }: { readonly kind: string }): boolean => kind === "turn";

it("is written the same, to the byte, when it is saved again", async () => {
  const limits = { images: true };
  const script = (_request: unknown, call: number): unknown => says(`I bake loaf ${call}.`, "Oscar");
  const memory = { consolidateAfter: 4, reflectAfter: 100 };
  const { person } = testPerson(script, { model: { limits, consolidations }, historyTokens: 200, memory });
  person
    .see("A loaf.", { images: [png] })
    .makeAccessible({ name: "Oscar" }, "brother")
    .moveTo("The bakery");
  for (let turn = 0; turn < 9; turn++) await person.listenAndAct(`What do you do? (${turn})`, "Oscar");
  await person.memory.forget("n2");
  const [one, two] = [join(folder, "one.json"), join(folder, "two.json")];
  await person.save(one);
  const context = testContext({ model: scriptedModel([], { limits }) });
  const twin = TinyPerson.restore((await loadPerson(one)).person, context.fork("person:lisa"));
  await twin.save(two);
  expect((await twin.snapshot()).life?.memory?.unreflected).toBeGreaterThan(0);
  expect(await readFile(two, "utf8")).toBe(await readFile(one, "utf8"));
});

it("goes on alike from whatever turn of a long life, in which much was left out and things are said again", async () => {
  const script = (_request: unknown, call: number): unknown =>
    says(`I say ${["yes", "no", "so"][call % 3]} to all of it.`);
  const options = { historyTokens: 700, repetition: { threshold: 0.9 } };
  for (const saved of [1, 7, 20, 33]) {
    const lisa = testPerson(script, { ...options, model: { consolidations } });
    for (let turn = 0; turn < saved; turn++)
      await lisa.person.listenAndAct(`Question ${turn}: ${"so ".repeat(turn)}?`, "Oscar");
    const kept = await lisa.person.snapshot().then(() => lisa.model.consolidations.length);
    const calls = lisa.model.requests.length;
    const model = scriptedModel((request, call) => script(request, call + calls), { consolidations });
    const twin = TinyPerson.restore(await lisa.person.snapshot(), testContext({ model }).fork("person:lisa"));
    for (const person of [lisa.person, twin]) {
      for (let turn = 0; turn < 8; turn++) await person.listenAndAct(`Later question ${turn}?`, "Oscar");
    }
    expect(prompts(model.requests)).toEqual(prompts(lisa.model.requests.slice(calls)));
    expect(prompts(model.consolidations)).toEqual(prompts(lisa.model.consolidations.slice(kept)));
    if (saved > 10) expect(promptOf(model.requests[0])).toMatch(/It was \w{6}, and rain\./);
    expect(twin.turns.map(({ actions }) => actions)).toEqual(
      lisa.person.turns.slice(saved).map(({ actions }) => actions),
    );
  }
});
