import { openSimulation, type TurnQuality } from "../src/index.ts";
import type { Model, ModelRequest } from "../src/models.ts";
import { createMemoryStore } from "../src/stores.ts";
import { scriptedModel } from "../src/testing/index.ts";
import type { Scenario } from "./harness/scenario.ts";
import { benchPersona, stimulus } from "./support/people.ts";

const turns = 60;
/** What `"strict"` settles. */
const attempts = 2;

const fieldsOf = ({ schema }: ModelRequest<unknown>): string[] =>
  Object.keys((schema as unknown as { readonly shape: object }).shape);

/** Says something else in each turn. */
function acting(request: ModelRequest<unknown>, call: number): unknown {
  if (!fieldsOf(request).includes("actions")) return { actions: [] };
  return { actions: [{ type: "TALK", content: stimulus(call) }, { type: "DONE" }] };
}

/** Gives every draft this score, with words that stand in it. */
function judging(score: number) {
  return (request: ModelRequest<unknown>): unknown => {
    const draft = request.messages.map(({ content }) => String(content)).join("\n");
    const [, entry, quote] = [...draft.matchAll(/^\[(\d+)\] [^:]*: (.{12})/gmu)].at(-1) ?? [];
    const verdict = { why: "So.", evidence: [{ entry: Number(entry), quote }], score };
    return Object.fromEntries(fieldsOf(request).map((field) => [field, verdict]));
  };
}

interface Looked {
  readonly outcome: TurnQuality["outcome"] | "unlooked";
  readonly calls: number;
}

/** The calls of each turn of a person who is looked after strictly by a judge of this mind. */
async function looked(score: number): Promise<readonly Looked[]> {
  const [actor, judge] = [scriptedModel(acting), scriptedModel(judging(score))];
  let calls = 0;
  const counted = (model: Model): Model => ({
    ...{ id: model.id, limits: model.limits },
    generate: (request) => {
      if (request.purpose !== "consolidate") calls += 1;
      return model.generate(request);
    },
  });
  const models = { model: counted(actor), judge: counted(judge) };
  await using simulation = await openSimulation({ name: "strict", seed: 1, ...models, store: createMemoryStore() });
  const person = await simulation.person(benchPersona(0), { quality: "strict", memory: false });
  const found: Looked[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const before = calls;
    const { quality } = await person.listenAndAct(`${stimulus(turn)} What do you say?`, "Ilse");
    found.push({ outcome: quality?.outcome ?? "unlooked", calls: calls - before });
  }
  return found;
}

const most = (all: readonly Looked[]): number => Math.max(...all.map(({ calls }) => calls));

export const scenario: Scenario = {
  measures: 'calls of a turn with quality: "strict", judging included',
  seconds: 3,
  run: async ({ row, progress }) => {
    progress("a judge who is content");
    const content = await looked(9);
    const accepted = content.filter(({ outcome }) => outcome === "passed");
    const scenario = `${turns} turns, looked after strictly`;
    const share = accepted.length / content.length;
    row({ scenario, metric: "accepted by a judge who is content", value: share, unit: "share", goal: { atLeast: 1 } });
    row({ scenario, metric: "accepted: calls, most", value: most(accepted), unit: "calls", goal: { atMost: 2 } });
    progress("a judge who never is");
    const never = await looked(1);
    const worst = { atMost: 2 * attempts + 1 };
    row({ scenario, metric: "never accepted: calls, most", value: most(never), unit: "calls", goal: worst });
    row({
      scenario,
      metric: "never accepted: calls, fewest",
      value: Math.min(...never.map(({ calls }) => calls)),
      unit: "calls",
    });
  },
};
