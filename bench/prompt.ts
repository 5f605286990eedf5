// Shapes as the original was measured with: a persona of some 1,120 tokens, 60 and 20 words said in turn, some 70 words
// of cognitive state.
import { createRandom, listPackagedPersonas, openSimulation, packagedPersona, type TinyPerson } from "../src/index.ts";
import type { ModelRequest } from "../src/models.ts";
import { createMemoryStore } from "../src/stores.ts";
import { scriptedModel } from "../src/testing/index.ts";
import type { Row } from "./harness/row.ts";
import type { Scenario } from "./harness/scenario.ts";
import { type Sent, Wire } from "./support/wire.ts";

const turns = 300;
/** Counted from this turn on: before it a history is still filling up. */
const settled = 50;

const heard = [
  "We are thinking of opening a repair café at the corner of your street; what would make you come in on a weekday?",
  "Some people near the school say that there would be too many bicycles on the pavement, so how would you arrange it?",
  "We could charge six for an hour at the bench with help, or nothing at all and live from donations; which is fairer?",
  "The landlord offers us the cellar for half the rent, but there is no daylight down there: would that put you off?",
  "Which single thing at home has been broken for the longest time, and why has nobody mended it yet?",
  "A chain of shops will take broken kettles back for a voucher from spring on; does that change your mind about us?",
  "Our volunteers want to close at five and you may work longer than that, so what should the opening hours be?",
  "Imagine that your bag tears on a wet Saturday: tell us step by step what you would really do about it.",
  "We have enough for a sewing machine or for a better coffee machine this year, and not for both; which one is it?",
  "If all of it were yours to decide, what would you change in this plan before the first evening?",
] as const;

const stock =
  "about above across after again almost always another answer apple autumn basket because before behind better between bicycle bottle bread bridge bright broken brother bucket butter button candle careful carpet chair cheap cheese choose church circle clean clever clock cloud coffee colour corner cotton country cousin cover crowd curtain daughter dinner doctor double drawer early earn eight empty engine enough evening every expect family farmer fence finger finish floor flour follow forget forward friend garden gather gentle glass grain grass ground half hammer handle happen harbour harvest heavy hollow honest hour hungry iron jacket journey kettle kitchen ladder lamp later laugh leather lemon letter little lucky market matter meadow middle minute mirror money morning mother mountain narrow needle neighbour never night noise nothing notice ocean offer often onion orange other oven paper parcel patient pencil pepper picture pillow plain planet plate pocket polite poor potato pretty promise proud quarter quiet rabbit rather ready reason remember repair return river rough sailor salt season second secret seldom seven shadow sharp shelf shoulder silent silver simple sister slow small smooth soap soldier spoon spring square stable station steady stone storm straight strange street sudden sugar summer supper table tailor teacher thick thread ticket timber tired together tomorrow tower trade travel trouble twelve under useful valley velvet village visit voice wagon walnut water weather wheel whisper window winter wooden worry yellow".split(
    " ",
  );

/** So many words as one sentence; the same place gets the same words, every other place others. */
function words(place: string, count: number): string {
  const random = createRandom(place);
  return `${Array.from({ length: count }, () => random.pick(stock)).join(" ")}.`;
}

/** A model that answers as measured, to the next in a ring of people where there is one. */
function answering(wire: Wire, people: number) {
  const asked = new Map<string, number>();
  const placeOf = (request: ModelRequest<unknown>): { readonly at: string; readonly turn: number } => {
    wire.take(request);
    const turn = asked.get(request.scope) ?? 0;
    asked.set(request.scope, turn + 1);
    return { at: `${request.scope} ${turn}`, turn };
  };
  const acting = (request: ModelRequest<unknown>): unknown => {
    const { at, turn } = placeOf(request);
    const { scope } = request;
    const index = Number(/person-(\d+)/.exec(scope)?.[1] ?? 0);
    const target = people > 1 ? { target: `Person ${(index + 1) % people}` } : {};
    return {
      state: {
        goals: words(`${at} goals`, 20),
        context: [words(`${at} here`, 12), words(`${at} there`, 12)],
        attention: words(`${at} attention`, 15),
        emotions: words(`${at} emotions`, 12),
      },
      actions: [{ type: "TALK", ...target, content: words(at, turn % 2 === 0 ? 60 : 20) }, { type: "DONE" }],
    };
  };
  return scriptedModel(acting, { consolidations: (request) => keeping(placeOf(request).at) });
}

/** What a model keeps of an episode: fifty words in all, and four notes of some fifteen. */
function keeping(at: string): unknown {
  const note = { kind: "fact", importance: 5, about: ["Ilse"], events: [1] };
  const added = [0, 1, 2, 3].map((part) => ({ ...note, text: words(`${at} note ${part}`, 15) }));
  return { summary: words(`${at} summary`, 50), added, revised: [], reflections: [] };
}

async function open(people: number) {
  const wire = new Wire();
  const model = answering(wire, people);
  const simulation = await openSimulation({ name: "prompt", seed: 1, model, store: createMemoryStore() });
  return { wire, simulation, [Symbol.asyncDispose]: () => simulation.close() };
}

/** One of ours without her habits and stories, under a name that can be counted: 1,120 tokens. */
async function usual(index: number): Promise<object> {
  const { behaviors: _, other_facts: __, ...persona } = await packagedPersona("thandeka");
  return { ...persona, name: `Person ${index}` };
}

async function live(person: TinyPerson, length = turns): Promise<void> {
  for (let turn = 0; turn < length; turn++) await person.listenAndAct(heard[turn % heard.length] as string, "Ilse");
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function rowsOf(scenario: string, sent: readonly Sent[], goals: boolean): readonly Row[] {
  const tokens = sent.map((call) => call.tokens);
  const atMost = (most: number) => (goals ? { goal: { atMost: most } } : {});
  return [
    {
      scenario,
      metric: `prompt, mean over turns ${settled} to ${turns}`,
      value: mean(tokens),
      unit: "tokens",
      ...atMost(3_600),
    },
    { scenario, metric: "prompt, largest", value: Math.max(...tokens), unit: "tokens", ...atMost(4_300) },
    {
      scenario,
      metric: "new a turn, mean",
      value: mean(sent.map((call) => call.fresh)),
      unit: "tokens",
      ...atMost(500),
    },
    {
      scenario,
      metric: "same bytes as the beginning of the call before",
      value: mean(sent.map((call) => call.sameAsBefore)),
      unit: "share",
    },
  ];
}

async function life(): Promise<readonly Row[]> {
  await using run = await open(1);
  await live(await run.simulation.person(await usual(0)));
  const { acting, consolidating } = settledCalls(run.wire, 1);
  const scenario = "prompt, one life";
  return [
    ...rowsOf(scenario, acting, true),
    ...partsOf(scenario, acting),
    ...consolidationOf(scenario, consolidating, turns),
  ];
}

/** A turn with 50 events behind it, and one with 2,000: each turn of this life has two. */
async function longLife(): Promise<readonly Row[]> {
  await using run = await open(1);
  await live(await run.simulation.person(await usual(0)), 1_000);
  const acting = run.wire.calls.filter(({ purpose }) => purpose === "act").map((call) => call.sent.tokens);
  const [early, late] = [mean(acting.slice(15, 35)), mean(acting.slice(980))];
  const scenario = "prompt, a long life";
  return [
    { scenario, metric: "prompt around 50 events", value: early, unit: "tokens" },
    { scenario, metric: "prompt around 2,000 events", value: late, unit: "tokens" },
    { scenario, metric: "prompt: 2,000 events over 50", value: late / early, unit: "×", goal: { atMost: 1.2 } },
  ];
}

/** The calls after those in which a history of each of so many people still filled up. */
function settledCalls({ calls }: Wire, people: number) {
  const sent = (consolidates: boolean) =>
    calls.filter(({ purpose }) => (purpose === "consolidate") === consolidates).map((call) => call.sent);
  return { acting: sent(false).slice(people * settled), consolidating: sent(true) };
}

/** What it costs to ask what people keep, over all of their turns; in each, one thing is heard and one is said. */
function consolidationOf(scenario: string, consolidating: readonly Sent[], lived: number): readonly Row[] {
  const aTurn = (field: "tokens" | "fresh"): number =>
    consolidating.reduce((total, call) => total + call[field], 0) / lived;
  const calls = (consolidating.length / lived / 2) * 100;
  return [
    { scenario, metric: "new a turn in consolidations", value: aTurn("fresh"), unit: "tokens", goal: { atMost: 300 } },
    { scenario, metric: "all a turn in consolidations", value: aTurn("tokens"), unit: "tokens" },
    { scenario, metric: "consolidations for 100 events", value: calls, unit: "calls", goal: { atMost: 4 } },
  ];
}

/** Where the tokens of a prompt are, on the mean. */
function partsOf(scenario: string, sent: readonly Sent[]): readonly Row[] {
  const of = (part: (parts: readonly number[]) => number | undefined): number =>
    mean(sent.map(({ parts }) => part(parts) ?? 0));
  const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
  const found = {
    schema: of((parts) => parts[0]),
    rules: of((parts) => parts[1]),
    persona: of((parts) => parts[2]),
    history: of((parts) => sum(parts.slice(3, -2))),
    "what is new": of((parts) => parts.at(-2)),
    "the present": of((parts) => parts.at(-1)),
  };
  return Object.entries(found).map(([part, value]) => ({
    scenario,
    metric: `of the prompt: ${part}`,
    value,
    unit: "tokens",
  }));
}

async function ring(people: number, steps: number) {
  await using run = await open(people);
  const personas = await Promise.all(Array.from({ length: people }, (_, index) => usual(index)));
  const cast = await Promise.all(personas.map((persona) => run.simulation.person(persona)));
  const world = run.simulation.world("Ring", cast).makeEveryoneAccessible();
  world.broadcast(heard[0], { from: "Ilse" });
  await world.run(steps);
  return run.wire;
}

async function wideRing(): Promise<readonly Row[]> {
  const scenario = "prompt, ring of 200";
  const { calls } = await ring(200, 5);
  const sum = (sent: readonly Sent[], field: "tokens" | "fresh"): number =>
    sent.reduce((total, call) => total + call[field], 0);
  const all = calls.map((call) => call.sent);
  // The cast is asked in order, and once each in the first step.
  const firsts = all.slice(1, 200);
  return [
    { scenario, metric: "all prompts of 5 steps", value: sum(all, "tokens"), unit: "tokens", goal: { atMost: 4e6 } },
    { scenario, metric: "new in all of them", value: sum(all, "fresh"), unit: "tokens", goal: { atMost: 1.3e6 } },
    {
      scenario,
      metric: "shared with others in a person's first call",
      value: mean(firsts.map((call) => 1 - call.fresh / call.tokens)),
      unit: "share",
    },
  ];
}

async function longRing(): Promise<readonly Row[]> {
  const { acting, consolidating } = settledCalls(await ring(5, turns), 5);
  const scenario = "prompt, ring of 5";
  return [...rowsOf(scenario, acting, true), ...consolidationOf(scenario, consolidating, 5 * turns)];
}

/** The personas that come along are longer than the one of the goals. */
async function ours(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const name of await listPackagedPersonas()) {
    await using run = await open(1);
    await live(await run.simulation.person(name));
    const { acting } = settledCalls(run.wire, 1);
    const sent = acting.map((call) => call.tokens);
    rows.push({
      scenario: `prompt, ${name}`,
      metric: `prompt, mean over turns ${settled} to ${turns}`,
      value: mean(sent),
      unit: "tokens",
    });
  }
  return rows;
}

export const scenario: Scenario = {
  measures: "what people's models have to read, and how much of it is new: o200k tokens on the wire, schema included",
  seconds: 10,
  run: async ({ row, progress }) => {
    for (const [name, part] of Object.entries({
      "one life": life,
      "a long life": longLife,
      "a ring of 5": longRing,
      "a ring of 200": wideRing,
      ours,
    })) {
      progress(name);
      for (const found of await part()) row(found);
    }
  },
};
