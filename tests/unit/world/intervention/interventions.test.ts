import { describe, expect, it } from "vitest";
import type { Intervention, TinyPerson, WorldOptions } from "../../../../src/index.ts";
import type { ModelRequest } from "../../../../src/models.ts";
import { says, testSimulation } from "../../../../src/testing/index.ts";

type Answer = { holds: boolean | null } | { score: number | null } | Error;

/** People who talk, and a judge who answers as it is told, each with a quote of the first thing that is there. */
async function room(
  judge: (request: ModelRequest<unknown>, call: number) => Answer,
  { said = says("We could sell apples."), ...options }: WorldOptions & { readonly said?: unknown } = {},
) {
  const judged: ModelRequest<unknown>[] = [];
  const run = await testSimulation(
    (request) => {
      if (request.purpose !== "intervene") return said;
      const answer = judge(request, judged.push(request) - 1);
      if (answer instanceof Error) return answer;
      const text = JSON.stringify(request.messages);
      const quote = text.includes("apples") ? "sell apples" : "What now?";
      const entry = [1, 2, 3].map((number) => ({ entry: number, quote }));
      return { claim: { why: "So it is.", evidence: entry, ...answer } };
    },
    { startAt: "2030-01-01" },
  );
  const { simulation } = run;
  const people = await simulation.loadPeople(["lisa", "oscar"], { repetition: false });
  const world = simulation.world("Room", people, options).makeEveryoneAccessible();
  world.broadcast("What now?");
  const story = async () => await Array.fromAsync(simulation.story());
  const fired = async () => (await story()).filter((event) => event.type === "intervention-fired");
  return { ...run, simulation, world, people, judged, story, fired, [Symbol.asyncDispose]: () => simulation.close() };
}

const noted = (more: Partial<Intervention<TinyPerson>> = {}) => {
  const steps: number[] = [];
  const intervention: Intervention<TinyPerson> = { name: "note", do: ({ step }) => steps.push(step), ...more };
  return { steps, intervention };
};
const never = (): Answer => new Error("The judge was asked.");

describe("an intervention", () => {
  it("is looked at once a step, before anybody acts, and is on record with why it happened", async () => {
    await using here = await room(never);
    const seen: number[] = [];
    here.world.intervene({
      name: "rain",
      when: ({ step, transcript }) =>
        seen.push(step) === transcript().length + 99 || (step === 2 && "it is the second"),
      do: ({ world }) => world.broadcast("It begins to rain."),
    });
    await here.world.run(3);
    expect(seen).toEqual([1, 2, 3]);
    const story = await here.story();
    const told = story.filter(({ id }) => id.startsWith("world:")).map(({ type }) => type);
    const at = told.indexOf("intervention-fired");
    expect(told.slice(at - 1, at + 3)).toEqual(["step-started", "intervention-fired", "broadcast", "acted"]);
    expect(story[story.findIndex(({ type }) => type === "intervention-fired")]).toMatchObject({
      ...{ world: "room", step: 2, intervention: "rain", firing: 1, reason: "it is the second" },
    });
    here.world.broadcast("It is over.");
    const causes = new Map(here.world.transcript().map(({ text, intervention }) => [text, intervention]));
    expect([causes.get("What now?"), causes.get("It begins to rain."), causes.get("It is over.")]).toEqual([
      ...[undefined, "rain", undefined],
    ]);
  });

  it("asks the judge only where its own condition holds, and counts it as its own", async () => {
    await using here = await room(() => ({ holds: true }));
    const { steps, intervention } = noted({ when: ({ step }) => step === 3, claim: "They talk of apples." });
    here.world.intervene(intervention);
    await here.world.run(4);
    expect([steps, here.judged.length]).toEqual([[3], 1]);
    expect(here.judged[0]).toMatchObject({
      purpose: "intervene",
      step: "room/3",
      scope: expect.stringMatching(/^world:room\/judge:\w{12}$/),
    });
    const rows = here.simulation.ledger.by("purpose");
    expect(rows.find(({ purpose }) => purpose === "intervene")).toMatchObject({ calls: 1 });
    expect(await here.fired()).toMatchObject([{ evidence: { kind: "truth", holds: true, why: "So it is." } }]);
  });

  it.each<[string, Intervention["claim"], Answer, boolean]>([
    ["a claim that is true", "x is so", { holds: true }, true],
    ["a claim that is false", "x is so", { holds: false }, false],
    ["a claim that has to be false and is", { claim: "x is so", holds: false }, { holds: false }, true],
    ["a claim that has to be false and is not", { claim: "x is so", holds: false }, { holds: true }, false],
    ["a claim of which nobody knows", { claim: "x is so", holds: false }, { holds: null }, false],
    ["a score at its least", { claim: "x is so", atLeast: 6 }, { score: 6 }, true],
    ["a score below it", { claim: "x is so", atLeast: 6 }, { score: 5 }, false],
    ["a score at its highest", { claim: "x is so", atMost: 3 }, { score: 3 }, true],
    ["a score above it", { claim: "x is so", atMost: 3 }, { score: 4 }, false],
    ["a score between", { claim: "x is so", atLeast: 3, atMost: 5 }, { score: 4 }, true],
    ["a score of which nobody knows", { claim: "x is so", atMost: 9 }, { score: null }, false],
  ])("happens or not: %s", async (_what, claim, answer, happens) => {
    await using here = await room(() => answer);
    const { steps, intervention } = noted({ claim: claim as string });
    here.world.intervene(intervention);
    await here.world.run(1);
    expect(steps).toEqual(happens ? [1] : []);
  });

  it("does not ask again whether a claim is met by a record that says nothing more", async () => {
    const judge = (): Answer => ({ holds: false, evidence: [{ entry: 1, quote: "What now?" }] }) as Answer;
    await using here = await room(judge, { said: { actions: [{ type: "DONE" }] } });
    here.world.intervene(noted({ claim: "They talk of apples." }).intervention);
    await here.world.run(3, { stopWhenQuiet: false });
    expect(here.judged.map(({ step }) => step)).toEqual(["room/1"]);
    here.world.broadcast("And apples?");
    await here.world.run(2, { stopWhenQuiet: false });
    expect(here.judged.map(({ step }) => step)).toEqual(["room/1", "room/4"]);
  });

  it("tells when nobody could judge, and takes it neither for true nor for false", async () => {
    await using here = await room((_request, call) =>
      call === 0 ? ({ holds: true, evidence: [] } as never) : { holds: true },
    );
    const { steps, intervention } = noted({ claim: "They talk of apples.", once: true });
    const warnings: string[] = [];
    here.simulation.onEvent((event) => event.type === "warning" && warnings.push(event.message));
    here.world.intervene(intervention);
    await here.world.run(2);
    const failed = (await here.story()).filter(({ type }) => type === "intervention-failed");
    expect(failed).toMatchObject([{ step: 1, intervention: "note", error: { code: "MODEL_INVALID" } }]);
    expect(warnings).toEqual([expect.stringContaining("'note' is due in step 1")]);
    expect(steps).toEqual([2]);
  });

  it("is about each of some people alone, with limits of their own, judged by what they lived through", async () => {
    await using here = await room((request) => ({
      holds: !request.scope.includes("oscar"),
    }));
    const { people, world } = here;
    const told: string[] = [];
    world.intervene({
      ...{ name: "nudge", of: "each", claim: "x is so", maxFirings: 2 },
      do: ({ people: [person], firings }) => told.push(`${person?.name} ${firings}`) && person?.think("Something new!"),
    });
    world.intervene({
      name: "last",
      of: ["Oscar Ramsaran", "Nobody"],
      when: ({ step }) => step === 3,
      do: ({ people: [one] }) => world.remove(one!),
    });
    await world.run(4);
    expect(told).toEqual(["Lisa Brannigan 0", "Lisa Brannigan 1"]);
    const [first = ""] = here.judged.map(({ scope }) => scope.split("/").at(-1));
    expect(here.judged.map(({ scope }) => scope)).toEqual([
      ...[`person:lisa-brannigan/${first}`, `person:oscar-ramsaran/${first}`],
      ...[`person:lisa-brannigan/${first}:2`, `person:oscar-ramsaran/${first}:2`],
      `person:oscar-ramsaran/${first}:3`,
    ]);
    expect(world.people).toEqual([people[0]]);
    expect((await here.fired()).map(({ about }) => about)).toEqual([
      "lisa-brannigan",
      "lisa-brannigan",
      "oscar-ramsaran",
    ]);
  });

  it("rests for steps and for simulated time", async () => {
    await using here = await room(never);
    const [steps, days] = [noted({ cooldown: 2 }), noted({ name: "by time", cooldown: { days: 3 } })];
    here.world.intervene(steps.intervention, days.intervention);
    await here.world.runDays(7);
    expect([steps.steps, days.steps]).toEqual([
      [1, 3, 5, 7],
      [1, 4, 7],
    ]);
  });

  it.each<[string, Partial<Intervention>, string]>([
    ["a score that none can meet", { claim: { claim: "x", atLeast: 7, atMost: 3 } }, "OPTION_INVALID"],
    ["a score of ten", { claim: { claim: "x", atLeast: 10 } }, "OPTION_INVALID"],
    ["a truth with bounds", { claim: { claim: "x", holds: true, atMost: 3 } }, "OPTION_INVALID"],
    ["half a firing", { maxFirings: 0.5 }, "OPTION_INVALID"],
    ["a rest backward", { cooldown: -1 }, "OPTION_INVALID"],
    ["the name of another", { name: "first" }, "NAME_TAKEN"],
  ])("is refused: %s", async (_what, more, code) => {
    await using here = await room(never);
    here.world.intervene({ name: "first", do: () => undefined });
    const wrong = () =>
      here.world.intervene({ name: "wrong", do: () => undefined, ...more } as Intervention<TinyPerson>);
    expect(wrong).toThrow(expect.objectContaining({ code }));
  });

  it("throws what its own doing throws, and does not begin it again when the step is gone on with", async () => {
    await using here = await room(never);
    const { steps, intervention } = noted({ name: "before" });
    here.world.intervene(intervention, {
      name: "breaks",
      once: true,
      do: () => {
        throw new RangeError("broken");
      },
    });
    await expect(here.world.run(1)).rejects.toThrow("broken");
    await here.world.run(2);
    expect(steps).toEqual([1, 2]);
    expect((await here.fired()).map(({ intervention: name }) => name)).toEqual(["before", "breaks", "before"]);
  });
});
