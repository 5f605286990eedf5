import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Rehearsal } from "../../../../src/kernel/contracts/model.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { lisa, marcos, oscar, turnSchema } from "./people.ts";

const model = createBuiltin();
type Weights = Readonly<Record<string, number>>;

function distance(counts: ReadonlyMap<string, number>, weights: Weights): number {
  const draws = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const options = new Set([...counts.keys(), ...Object.keys(weights)]);
  return (
    [...options].reduce(
      (sum, option) => sum + Math.abs((counts.get(option) ?? 0) / draws - (weights[option] ?? 0) / total),
      0,
    ) / 2
  );
}

interface Drawing {
  readonly schema: z.ZodType;
  readonly weights: Weights;
  readonly path?: string;
  readonly over: "seed" | "sample";
  readonly read?: (value: unknown) => unknown;
}

async function drawn({ schema, weights, path = "", over, read = (value) => value }: Drawing): Promise<number> {
  const counts = new Map<string, number>();
  for (let index = 0; index < 1_000; index++) {
    const { value } = await model.generate({
      messages: [{ role: "user", content: "Which one?" }],
      schema,
      purpose: "elicit",
      scope: "t",
      [over]: index,
      rehearsal: { persona: lisa, distribution: { [path]: weights } },
    });
    const option = String(read(value));
    counts.set(option, (counts.get(option) ?? 0) + 1);
  }
  return distance(counts, weights);
}

const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [String(index + 1), 1]));

describe("a declared distribution comes back within 0.05 at 1,000 draws", () => {
  it.each(["seed", "sample"] as const)("over each %s", async (over) => {
    const schema = z.enum(["car", "bus", "bike", "walk"]);
    expect(await drawn({ schema, weights: { car: 0.5, bus: 0.3, bike: 0.15, walk: 0.05 }, over })).toBeLessThan(0.02);
  });
  it("with ten options", async () => {
    expect(await drawn({ schema: z.int().min(1).max(10), weights: ten, over: "sample" })).toBeLessThan(0.05);
    expect(await drawn({ schema: z.int().min(1).max(10), weights: ten, over: "seed" })).toBeLessThan(0.05);
  });
  it("deep in an answer, as a boolean, a text, and null", async () => {
    const deep = z.object({ actions: z.array(z.object({ choice: z.enum(["a", "b"]) })) });
    const first = (value: unknown): unknown => (value as z.infer<typeof deep>).actions[0]?.choice;
    expect(
      await drawn({ schema: deep, weights: { a: 1, b: 3 }, path: "actions.0.choice", over: "sample", read: first }),
    ).toBeLessThan(0.05);
    expect(await drawn({ schema: z.boolean(), weights: { true: 0.9, false: 0.1 }, over: "sample" })).toBeLessThan(0.05);
    expect(await drawn({ schema: z.string(), weights: { "well, yes": 2, no: 1 }, over: "seed" })).toBeLessThan(0.05);
    const maybe = z.object({ pick: z.enum(["x"]).nullable() });
    const pick = (value: unknown): unknown => (value as z.infer<typeof maybe>).pick;
    expect(
      await drawn({ schema: maybe, weights: { x: 1, null: 1 }, path: "pick", over: "sample", read: pick }),
    ).toBeLessThan(0.05);
  });
  it("on the kind of an action, and on an argument that only one kind has", async () => {
    const kinds = z.object({
      actions: z.array(
        z.discriminatedUnion("type", [
          z.object({ type: z.literal("TALK"), content: z.string() }),
          z.object({ type: z.literal("VOTE"), choice: z.enum(["a", "b"]) }),
        ]),
      ),
    });
    const type = (value: unknown): unknown => (value as z.infer<typeof kinds>).actions[0]?.type;
    expect(
      await drawn({ schema: kinds, weights: { TALK: 1, VOTE: 4 }, path: "actions.0", over: "sample", read: type }),
    ).toBeLessThan(0.05);
    const choice = (value: unknown): unknown => (value as { actions: { choice?: string }[] }).actions[0]?.choice;
    expect(
      await drawn({ schema: kinds, weights: { a: 3, b: 1 }, path: "actions.0.choice", over: "sample", read: choice }),
    ).toBeLessThan(0.05);
  });
  it("in a turn, at the place it was declared for", async () => {
    const voting = z.object({
      actions: z.array(
        z.discriminatedUnion("type", [
          ...turnSchema.shape.actions.element.options,
          z.object({ type: z.literal("VOTE"), choice: z.enum(["a", "b"]) }),
        ]),
      ),
    });
    for (let seed = 0; seed < 20; seed++) {
      const { value } = await model.generate({
        messages: [],
        schema: voting,
        purpose: "act",
        scope: "t",
        seed,
        rehearsal: { persona: lisa, distribution: { "actions.0.choice": { a: 1 } } },
      });
      expect(value.actions[0]).toEqual({ type: "VOTE", choice: "a" });
    }
  });
  it("with draws of different places independent of each other", async () => {
    const schema = z.object({ one: z.enum(["a", "b"]), two: z.enum(["a", "b"]) });
    const even = { a: 1, b: 1 };
    let same = 0;
    for (let sample = 0; sample < 1_000; sample++) {
      const { value } = await model.generate({
        messages: [],
        schema,
        purpose: "elicit",
        scope: "t",
        sample,
        rehearsal: { distribution: { one: even, two: even } },
      });
      if (value.one === value.two) same += 1;
    }
    expect(Math.abs(same - 500)).toBeLessThan(60);
  });
  it("or says what is wrong with it", async () => {
    const ask = (distribution: Rehearsal["distribution"] & object) =>
      model.generate({
        messages: [],
        schema: z.enum(["a", "b"]),
        purpose: "elicit",
        scope: "t",
        rehearsal: { distribution },
      });
    await expect(ask({ "": { c: 1 } })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(ask({ "": { a: -1, b: 2 } })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(ask({ "": {} })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("probabilities of options", () => {
  const options = ["a week of camping by the sea", "an artificial intelligence course", "a jazz record"];
  const choose = async (rehearsal: Rehearsal) =>
    (
      await model.choose?.({
        messages: [{ role: "user", content: "Which gift do you want?" }],
        options,
        scope: "t",
        rehearsal,
      })
    )?.probabilities ?? [];
  it("are the declared weights when there are some", async () => {
    expect(await choose({ distribution: { "": { [options[0] as string]: 3, [options[2] as string]: 1 } } })).toEqual([
      0.75, 0, 0.25,
    ]);
  });
  it("otherwise depend on who is asked, and add up to 1", async () => {
    const [one, two, three] = [
      await choose({ persona: lisa }),
      await choose({ persona: oscar }),
      await choose({ persona: marcos }),
    ];
    for (const probabilities of [one, two, three])
      expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
    expect(new Set([one, two, three].map((probabilities) => JSON.stringify(probabilities))).size).toBe(3);
    expect(one[1]).toBeGreaterThan(two[1] as number); // Lisa loves it, Oscar dislikes the hype
    expect(three[0]).toBeGreaterThan(one[0] as number); // Marcos camps
  });
});
