import { expect, it } from "vitest";
import type { Context } from "../../src/kernel/contracts/context.ts";
import { TinyTroupeError } from "../../src/kernel/values/errors.ts";
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

const drawn = ["0001", "0002", "0003"].map((id) => ({ id, values: { sex: "female" }, weight: 1 }));
const written = {
  ...(sketch("") as object),
  occupation: { title: "baker", organization: "Sol", description: "Bread." },
};
const person = {
  ...{ ...written, education: "School.", personality: { traits: ["a", "b", "c"] }, other_facts: ["m", "n", "o"] },
  preferences: { likes: ["d", "e", "f"], dislikes: ["g", "h", "i"] },
};
const refused = new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "no" }, hint: "Ask another." });

it("A24: a person who could not be made is a result that says why, and can be made the next time", async () => {
  const store = createMemoryStore();
  const make = async (script: Script) => {
    await using run = await small(script, store);
    const results = await new TinyPersonFactory(run.simulation.context).generatePeople(drawn, { about: "A bakery" });
    return results.map((result) => ("error" in result ? result.error.code : result.persona.name === result.name));
  };
  expect(await make([person, refused, person])).toEqual([true, "MODEL_REFUSED", true]);
  expect(await make([person])).toEqual([true, true, true]);
});

it("A25: whoever makes several people keeps the setting, time and again, and gives each time as many as were asked for", async () => {
  await using run = await small(() => person);
  const factory = new TinyPersonFactory(run.simulation.context);
  for (let time = 1; time <= 2; time++) {
    expect(await factory.generatePeople(drawn, { about: "A bakery in Puno" })).toHaveLength(3);
  }
  expect(run.model.requests).toHaveLength(6);
  for (const request of run.model.requests) expect(promptOf(request)).toContain("A bakery in Puno");
  expect(new Set(factory.taken).size).toBe(6);
});

it("A26: the failure of one is no failure of those after, in the order of the draws, and a success is none at all", async () => {
  await using run = await small([refused, person, person]);
  const told: string[] = [];
  const results = await new TinyPersonFactory(run.simulation.context).generatePeople(drawn, {
    onPerson: (result) => void told.push("error" in result ? result.error.code : result.draw.id),
  });
  expect(results.map((result) => "error" in result)).toEqual([true, false, false]);
  expect(told.toSorted()).toEqual(["0002", "0003", "MODEL_REFUSED"]);
});
