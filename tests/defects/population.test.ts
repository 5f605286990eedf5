import { expect, it } from "vitest";
import type { Context } from "../../src/kernel/contracts/context.ts";
import { strictSchema } from "../../src/model/structured/strict-schema.ts";
import { TinyPersonFactory } from "../../src/population/factory.ts";
import { proposalSchema } from "../../src/population/proposal/proposal-schema.ts";
import { proposeSpecification } from "../../src/population/proposal/propose.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { type Script, testSimulation } from "../../src/testing/index.ts";
import { promptOf } from "../support/person.ts";
import { scriptedModel } from "../support/scripted-model.ts";

const sketch = (name: string): unknown => ({
  ...{ name, age: 30, gender: "female", nationality: "Peruvian", residence: "Puno, Peru", languages: ["Spanish"] },
  ...{ job: "baker", style: "Loud.", traits: ["a", "b", "c"], likes: ["d", "e", "f"], dislikes: ["g", "h", "i"] },
  ...{ beliefs: ["j", "k", "l"], facts: ["m", "n", "o"] },
});

/** A run with a small model, which is asked for least. */
const small = (script: Script, store = createMemoryStore()) =>
  testSimulation(scriptedModel(script, { limits: { following: "small" } }), { store });

const inOrder = (...names: readonly string[]): Script => names.map(sketch);

it("A17: whoever is asked again because a name was taken is asked anew, and not served the same", async () => {
  const store = createMemoryStore();
  const make = async (script: Script) => {
    await using run = await small(script, store);
    const factory = new TinyPersonFactory(run.simulation.context, { taken: ["Ana Luz"] });
    const { name } = await factory.generatePerson("A bakery in Puno");
    return { name, calls: run.model.requests.length };
  };
  expect(await make(inOrder("Ana Luz", "Rita Quispe"))).toEqual({ name: "Rita Quispe", calls: 2 });
  expect(await make([])).toEqual({ name: "Rita Quispe", calls: 0 });
});

it("A20: two factories in one run do not get in each other's way, even under one name", async () => {
  const store = createMemoryStore();
  const make = async (script: Script) => {
    await using run = await small(script, store);
    const factories = [1, 2].map(() => new TinyPersonFactory(run.simulation.context as Context));
    const made: string[] = [];
    for (const factory of factories) made.push((await factory.generatePerson("A bakery in Puno")).name);
    return { made, calls: run.model.requests.length };
  };
  expect(await make(inOrder("Ana Luz", "Rita Quispe"))).toEqual({ made: ["Ana Luz", "Rita Quispe"], calls: 2 });
  expect(await make([])).toEqual({ made: ["Ana Luz", "Rita Quispe"], calls: 0 });
});

it("A21: the description and what is special both reach the model, each in its place, as they are", async () => {
  await using run = await small(inOrder("Ana Luz"));
  await run.simulation.generatePerson('A bakery "Sol & Luna" in Puno', "She can't bake & knows it.");
  const prompt = promptOf(run.model.requests[0]);
  expect(prompt).toContain('<setting>\nA bakery "Sol & Luna" in Puno\n</setting>');
  expect(prompt).toContain("<particularities>\nShe can't bake & knows it.\n</particularities>");
});

const proposed = {
  ...{
    title: "Bakers",
    description: "",
    language: "",
    locale: "",
    tables: [],
    dependencies: [],
    rules: [],
    remarks: [],
  },
  dimensions: [
    {
      ...{ id: "oven", title: "Oven", kind: "categorical", describe: "", sensitive: false, basis: "estimate" },
      values: ["wood", "gas"].map((value) => ({ value, from: null, to: null, share: 50 })),
    },
  ],
};

it("A22: of several populations that are proposed, each is proposed from its own source and for its own purpose", async () => {
  await using run = await testSimulation([proposed, proposed]);
  const { context } = run.simulation;
  await proposeSpecification(context, "Bakers in Puno", { about: "A price test" });
  await proposeSpecification(context, "Bakers in Cusco");
  const [puno, cusco] = run.model.requests.map(promptOf);
  expect(puno).toMatch(/<source-[0-9a-f]+>\nBakers in Puno\n[\s\S]*<wishes-[0-9a-f]+>\nA price test\n/);
  expect(cusco).toMatch(/<source-[0-9a-f]+>\nBakers in Cusco\n/);
  expect(cusco).not.toMatch(/Puno|A price test|<wishes/);
});

it("A23: what limits a population reaches the model, and what the model would have to count is counted by code", async () => {
  await using run = await testSimulation([proposed]);
  const options = { size: 40, dimensions: ["oven", "age"] };
  const { specification } = await proposeSpecification(run.simulation.context, "Bakers in Puno", options);
  const prompt = promptOf(run.model.requests[0]);
  expect(prompt).toContain("About 40 people will be drawn");
  expect(prompt).toContain("These dimensions are wanted, at least: oven, age.");
  expect(specification.size).toBe(40);
  // Nobody is asked how many there are of each: a model does not add up.
  const asked = JSON.stringify(strictSchema(proposalSchema).json).match(/"[a-z]+":\{/g) ?? [];
  expect(asked.filter((key) => /quantity|count|size|plan/.test(key))).toEqual([]);
});
