import { expect, it } from "vitest";
import { z } from "zod";
import { defineStudy, estimate, noConfiguration, openSimulation, readEnvironment } from "../../../src/index.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { scriptedModel } from "../../../src/testing/index.ts";

const request = { messages: [{ role: "user", content: "Yes or no?" }], purpose: "other", scope: "asked" } as const;
const schema = z.object({ yes: z.boolean() });
const environment = { ...readEnvironment(), variables: {} };
const opening = () => ({ name: "named", environment, configuration: noConfiguration, store: createMemoryStore() });

/** A scripted model of another name. */
function called(id: string) {
  const model = scriptedModel(() => ({ yes: id === "acme/cheap" }));
  return Object.assign(Object.create(model) as typeof model, { id });
}

it("asks models by name, in one journal, ledger, budget and price list with the others", async () => {
  const [model, cheap] = [called("acme/large"), called("acme/cheap")];
  const prices = Object.fromEntries([model, cheap].map(({ id }) => [id, { input: 1, output: 1 }]));
  const given = { ...opening(), model, models: { cheap }, prices, budget: { calls: 1, usd: 1 } };
  const ask = async () => {
    await using simulation = await openSimulation(given);
    const { models } = simulation.context;
    expect([models.named("actor"), models.named("judge")]).toEqual([models.actor, models.judge]);
    const reply = await models.named("cheap").generate({ ...request, schema });
    const over = models.judge.generate({ ...request, scope: "more", schema });
    await expect(over).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    return { reply, rows: simulation.ledger.by("model", "outcome") };
  };
  const first = await ask();
  expect([first.reply.value, first.reply.origin]).toEqual([{ yes: true }, "model"]);
  expect(first.rows).toMatchObject([{ model: "acme/cheap", outcome: "answered", calls: 1, unpriced: 0 }]);
  const again = await ask();
  expect([again.reply.value, again.reply.origin]).toEqual([{ yes: true }, "journal"]);
  expect([cheap.requests.length, model.requests.length]).toEqual([1, 0]);
});

it("refuses a budget in dollars where the price of one of them is not known", async () => {
  const given = { ...opening(), model: "builtin", models: { odd: called("acme/odd") }, budget: { usd: 1 } };
  await expect(openSimulation(given)).rejects.toMatchObject({ code: "PRICE_UNKNOWN", data: { model: "acme/odd" } });
});

it("says which there are where one is not known, and takes no name that is taken", async () => {
  await using simulation = await openSimulation({
    ...opening(),
    model: "builtin",
    models: { cheap: "openai/gpt-5-nano" },
  });
  expect(() => simulation.context.models.named("cheep")).toThrow(
    expect.objectContaining({
      code: "MODEL_UNKNOWN",
      data: { spec: "cheep" },
      hint: expect.stringMatching(/Did you mean 'cheap'\?.*There are: cheap, actor, judge\.$/),
    }),
  );
  for (const name of ["actor", "judge"]) {
    const twice = openSimulation({ ...opening(), model: "builtin", models: { [name]: "builtin" } });
    await expect(twice).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "models", value: name } });
  }
});

it("needs no key before one is asked, and none where people are played by rules", async () => {
  const models = { cheap: "openai/gpt-5-nano" };
  await using real = await openSimulation({ ...opening(), model: called("acme/large"), models });
  expect(real.context.models.named("cheap").id).toBe("openai/gpt-5-nano");
  const asked = real.context.models.named("cheap").generate({ ...request, schema });
  await expect(asked).rejects.toMatchObject({ code: "KEY_MISSING" });
  const none = openSimulation({ ...opening(), model: called("acme/large"), models: { cheap: "opnai/gpt-5-nano" } });
  await expect(none).rejects.toMatchObject({ code: "MODEL_UNKNOWN" });
  await using played = await openSimulation({ ...opening(), model: "builtin", models });
  expect((await played.context.models.named("cheap").generate({ ...request, schema })).heuristic).toBe(true);
});

it("counts them in a dry run by their own names and prices", async () => {
  const study = defineStudy({
    name: "named",
    models: { cheap: "openai/gpt-5-nano" },
    run: ({ context }) => context.models.named("cheap").generate({ ...request, schema }),
  });
  const { configuration: _none, ...machine } = opening();
  const { low, prices } = await estimate(study, { ...machine, model: "openai/gpt-5-mini" });
  expect(low.by("model")).toMatchObject([{ model: "openai/gpt-5-nano", calls: 1, unpriced: 0 }]);
  expect([...prices.keys()]).toEqual(["openai/gpt-5-mini", "openai/gpt-5-nano"]);
});
