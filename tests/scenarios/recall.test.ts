import { expect, it } from "vitest";
import { noConfiguration, openSimulation, readEnvironment } from "../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../src/models.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { fakeProcess } from "../support/fake-provider/process.ts";
import { promptOf, textOf } from "../support/person.ts";

const turns = 800;

/** A model that shows what it is asked. */
function shown(model: Model): { model: Model; asked: ModelRequest<unknown>[] } {
  const asked: ModelRequest<unknown>[] = [];
  const generate: Model["generate"] = (request) => {
    if (request.purpose === "act") asked.push(request as ModelRequest<unknown>);
    return model.generate(request);
  };
  return { model: { id: model.id, limits: model.limits, generate }, asked };
}

/** A life of two thousand events; among the first, something is told that is asked for at its end. */
async function live(answering: Model): Promise<{ asked: readonly ModelRequest<unknown>[]; events: number }> {
  const { model, asked } = shown(answering);
  const environment = { ...readEnvironment(), variables: {} };
  const settled = { environment, configuration: noConfiguration, store: createMemoryStore(), embedder: "lexical" };
  await using simulation = await openSimulation({ name: "long life", seed: 3, model, ...settled });
  const ann = await simulation.person({ name: "Ann Okafor", occupation: "baker" });
  await ann.listenAndAct("Good morning.", "Ilse");
  await ann.listenAndAct("Oscar is allergic to hazelnuts.", "Ilse");
  const told = ann.memory.episodes().entries.find(({ text }) => text.includes("hazelnuts"))?.id ?? "";
  await ann.memory.remember("Ilse told me that Oscar is allergic to hazelnuts.", { sources: [told] });
  const wares = ["kettles", "ladders", "trams", "saddles", "lamps"];
  for (let turn = 0; turn < turns; turn++) {
    ann.listen(`On day ${turn} the ${wares[turn % 5]} on the market cost ${turn % 17} coins.`, "Marcos");
    await ann.listenAndAct(`And the ${wares[(turn + 2) % 5]} were ${turn % 2 === 0 ? "cheap" : "dear"}.`, "Marcos");
  }
  await ann.listenAndAct("Who was it that is allergic to hazelnuts?", "Ilse");
  return { asked, events: ann.memory.episodes().total };
}

/** The question is answered from a note in the prompt, which is no longer than early in the life. */
function remembers({ asked, events }: Awaited<ReturnType<typeof live>>): void {
  expect(events).toBeGreaterThan(2_000);
  const last = asked.at(-1);
  expect(last?.messages.slice(0, -2).map(textOf).join("\n")).not.toContain('Ilse">Oscar is allergic');
  expect(textOf(last?.messages.at(-1))).toMatch(/What you remember:\n(?:- .*\n)*- .*Oscar is allergic to hazelnuts\./u);
  const lengths = asked.map((request) => promptOf(request).length);
  expect(Math.max(...lengths.slice(-200))).toBeLessThan(1.2 * Math.max(...lengths.slice(50, 250)));
}

it("a person on the stand-in still knows what was event 3 of two thousand", { timeout: 240_000 }, async () => {
  remembers(await live(await openModel("builtin", { environment: {} })));
});

it("so does one on a provider", { timeout: 240_000 }, async () => {
  await using server = await fakeProcess({ cast: { play: "ring" } });
  const environment = { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: "test" };
  const model = await openModel("openai/gpt-4.1-mini", { environment });
  remembers(await live(model));
  await model.close?.();
});
