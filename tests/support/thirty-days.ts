// A program that may be killed: four people live thirty days in the store argv[2] on the model argv[3], and are then
// asked about the first week. It says each day as it begins, and in the end what came of it, as one line of JSON.
import {
  noConfiguration,
  openSimulation,
  PlanningFaculty,
  readEnvironment,
  SocialFaculty,
  type Turn,
} from "../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../src/models.ts";
import { estimateTokens } from "../../src/person/memory/token-estimate.ts";
import { openSqliteStore } from "../../src/stores.ts";

/** What a take of the month ends with. */
export interface Month {
  /** How often a model was really asked in this take. */
  readonly asked: number;
  /** Estimated tokens of each prompt of a turn that was really asked for, by the day it was asked on, 0 to 30. */
  readonly prompts: readonly { readonly day: number; readonly tokens: number }[];
  /** The last message of each of the last prompts: what comes to mind when they are asked. */
  readonly present: readonly string[];
  readonly people: readonly { readonly answer: unknown; readonly plans: unknown; readonly others: unknown }[];
}

/** What is told on the third day, and asked for on the last. */
const fact = "I suggest that we keep the key to the seed library in box 7, under the blue pot.";
const days = 30;
const topics = [
  "Should the garden sell its apples on the market?",
  "The neighbours complain about the compost; what shall we answer them?",
  "Would you pay for a second water tank, and how much?",
  "Who should get the free plot at the gate?",
  "A school wants to visit us once a week. Is that a good idea?",
  "The shed leaks. Do we repair it or build another one?",
  "Should members who never come lose their plot?",
];

const textOf = ({ content }: ModelRequest<unknown>["messages"][number]): string =>
  typeof content === "string" ? content : JSON.stringify(content);

/** The model, and what it is really asked: what was answered in an earlier take never comes here. */
function watched(model: Model, day: () => number) {
  const seen = { asked: 0, prompts: [] as { day: number; tokens: number }[], present: [] as string[] };
  const generate: Model["generate"] = (request) => {
    seen.asked += 1;
    if (request.purpose === "act") {
      const texts = request.messages.map(textOf);
      seen.prompts.push({ day: day(), tokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0) });
      seen.present = [...seen.present, texts.at(-1) ?? ""].slice(-4);
    }
    return model.generate(request);
  };
  return { model: { id: model.id, limits: model.limits, generate }, seen };
}

const [path = "", name = "builtin"] = process.argv.slice(2);
const environment = readEnvironment();
let day = 0;
const answering = await openModel(name, { environment: environment.variables });
const { model, seen } = watched(answering, () => day);
const store = await openSqliteStore(path);
const simulation = await openSimulation({
  ...{ name: "thirty days", seed: 11, model, store, embedder: "lexical", startAt: "2030-04-01T08:00:00Z" },
  ...{ environment, configuration: noConfiguration },
});
const [social, planning] = [new SocialFaculty(), new PlanningFaculty()];
const people = await simulation.loadPeople(["lisa", "oscar", "marcos", "doreen"], { faculties: [social, planning] });
const garden = simulation.world("Garden", people).makeEveryoneAccessible();
for (; day < days; day++) {
  process.stdout.write(`day ${day}\n`);
  if (day === 1) garden.broadcastInternalGoal("I want to start a seed library for the garden.");
  if (day === 3) garden.broadcast(fact, { from: "Ilse" });
  garden.broadcast(topics[day % topics.length] as string);
  await garden.run(2, { every: { hours: 12 } });
}
const answers: Turn[] = [];
for (const person of people) {
  answers.push(await person.listenAndAct("Where is the key to the seed library kept?", "Ilse"));
}
const ends = people.map(async (person, index) => ({
  ...{ answer: answers[index]?.actions, plans: planning.plans(person), others: await social.others(person) },
}));
const month: Month = { ...seen, people: await Promise.all(ends) };
await simulation.close();
await store.close();
await answering.close?.();
process.stdout.write(`${JSON.stringify(month)}\n`);
