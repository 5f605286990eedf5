import { stat } from "node:fs/promises";
import { administer, ksSimilarity, parseInstrument, type Simulation, surveyCost } from "../src/index.ts";
import { createRandom } from "../src/kernel/values/random.ts";
import { openEmbedder } from "../src/model/open.ts";
import { type AnchorFamily, anchorFamilies, pointsOfSeven } from "../src/survey/elicitation/anchors/families.ts";
import { atTemperature, averaged, cosine, ratedBy } from "../src/survey/elicitation/anchors/similarity.ts";
import { drawn } from "../src/survey/elicitation/distribution.ts";
import { fakeProcess } from "../tests/support/fake-provider/process.ts";
import type { Scenario } from "./harness/scenario.ts";
import { type Metered, startMeter } from "./support/meter.ts";
import { benchPersona } from "./support/people.ts";
import { withRun } from "./support/played.ts";
import { memoryUsed, withRehearsal } from "./support/rehearsed.ts";
import { normals } from "./support/statistics/chance.ts";
import { onUnseenItems } from "./support/survey/learned-temperature.ts";

const items = 20;
const rehearsed = 1_000;
const [asked, concurrency, latencyMs] = [100, 50, 500];

const instrument = parseInstrument({
  ...{ survey: 1, name: "twenty" },
  items: Array.from({ length: items }, (_, place) =>
    place % 2 === 0
      ? { id: `rate${place}`, kind: "likert", text: `Is ${place} true of you?`, labels: ["no", "partly", "yes"] }
      : { id: `pick${place}`, kind: "choice", text: `Which, ${place}?`, options: ["red", "green", "blue", "none"] },
  ),
});

interface Taken extends Metered {
  /** Tokens of those who came after the pilot, over what the pilot foretold for them. */
  readonly input: number;
  readonly output: number;
  /** Bytes of the heap at the end, over those before, for each answer. */
  readonly heap: number;
}

interface Taking {
  readonly people: number;
  readonly atOnce: number;
  /** So many are asked first, and the rest is priced by them. */
  readonly pilot: number;
}

/** Everybody answers all items, each in one call on a fork of its own. */
async function taken(simulation: Simulation, { people, atOnce, pilot: first }: Taking): Promise<Taken> {
  const personas = Array.from({ length: people }, (_, index) => benchPersona(index));
  const cast = await Promise.all(personas.map((persona) => simulation.person(persona)));
  const asking = { instrument, method: "direct", concurrency: atOnce };
  const before = await memoryUsed();
  const meter = startMeter();
  const pilot = await administer(simulation.context, { ...asking, people: cast.slice(0, first) });
  const foretold = surveyCost(pilot, people);
  const run = await administer(simulation.context, { ...asking, people: cast, pilot });
  const metered = meter.stop();
  const found = run.answers.filter(({ value }) => value !== null).length;
  if (found !== people * items) throw new Error(`${found} of ${people * items} items have an answer.`);
  const used = (of: "input" | "output"): number => run.calls.reduce((all, { usage }) => all + usage[of], 0);
  return {
    ...metered,
    ...{ input: used("input") / foretold.input, output: used("output") / foretold.output },
    heap: ((await memoryUsed()) - before) / found,
  };
}

const points = pointsOfSeven[5] as readonly number[];
const truth = { "0": 0.05, "1": 0.1, "2": 0.2, "3": 0.35, "4": 0.3 };

interface Recovered {
  /** Of the mean distribution to the one that answers were drawn from, drawn together as usual and more. */
  readonly likeness: number;
  readonly sharper: number;
  /** How often the likeliest point is the one that was said. */
  readonly hits: number;
}

type Saying = (family: AnchorFamily) => readonly string[];

/** The sentences that answers are held against, as somebody says them; or others that mean the same points. */
const ways: Readonly<Record<string, Saying>> = {
  "near the anchors": ({ sets }) =>
    ofFive(sets[0]).map((text) => `Well, if you ask me: ${text.replace(/\.$/, "")}, and that is that.`),
  "in other sentences": ({ sets }) => ofFive(sets[1]),
};

const ofFive = (set: AnchorFamily["sets"][number] = []): string[] => points.map((place) => set[place] as string);

/** Answers are drawn from a known distribution and said in words, which are rated by the offline encoder. */
async function recovered(family: AnchorFamily, saying: Saying): Promise<Recovered> {
  const embedder = await openEmbedder("sentence", { environment: {} });
  const vectors = await embedder.embed([...ofFive(family.sets[0]), ...saying(family)]);
  await embedder.close?.();
  const random = createRandom(7).fork(family.name);
  const answers = Array.from({ length: 500 }, () => Number(drawn(truth, random)));
  const rated = answers.map((point) => {
    const own = vectors[points.length + point] as Float32Array;
    return ratedBy(vectors.slice(0, points.length).map((anchor) => cosine(own, anchor)));
  });
  const like = (temperature: number): number => {
    const found = ksSimilarity(averaged(rated.map((one) => atTemperature(one, temperature))), Object.values(truth));
    return "similarity" in found ? found.similarity : Number.NaN;
  };
  const hits = rated.filter((one, place) => one.indexOf(Math.max(...one)) === answers[place]).length / answers.length;
  return { likeness: like(1), sharper: like(0.25), hits };
}

/** Shares of five points, one heap and two camps. */
const mixtures: Readonly<Record<string, readonly number[]>> = {
  "one heap": Object.values(truth),
  "two camps": [0.4, 0.1, 0.05, 0.1, 0.35],
};

/**
 * What the method alone makes of a known mixture: answers lie near the points' own places, on an arc of directions that are
 * 30° apart, so that the likeliest point is nearly always the one that was meant. No encoder tells points better apart.
 */
function atTheirPlaces(name: string, shares: readonly number[]): (temperature: number) => number {
  const random = createRandom(name);
  const strays = normals(random.fork("strays"), 4_000, { sd: 0.15 });
  const meant = strays.map((stray) => Number(drawn(Object.fromEntries(shares.entries()), random)) + stray);
  const rated = meant.map((place) => ratedBy(shares.map((_, at) => Math.cos(((place - at) * Math.PI) / 6))));
  return (temperature) => {
    const found = ksSimilarity(averaged(rated.map((one) => atTemperature(one, temperature))), shares);
    return "similarity" in found ? found.similarity : Number.NaN;
  };
}

export const scenario: Scenario = {
  measures:
    "a questionnaire of twenty items: a thousand people on builtin; a hundred against a provider, ideal is the rounds of calls that may be out at once; and what ratings by similarity make of a known distribution",
  seconds: 120,
  run: async ({ row, progress }) => {
    progress(`${rehearsed} people on builtin`);
    const scenario = `survey, ${items} items`;
    const of = `${rehearsed} people on builtin`;
    let bytes = 0;
    const own = await withRehearsal({}, async (simulation) => {
      const came = await taken(simulation, { people: rehearsed, atOnce: 16, pilot: 50 });
      await simulation.context.journal.settle();
      const sizes = ["", "-wal"].map((end) => stat(`${simulation.storeLocation}${end}`).catch(() => ({ size: 0 })));
      bytes = (await Promise.all(sizes)).reduce((all, { size }) => all + size, 0);
      return came;
    });
    const answers = rehearsed * items;
    row({ scenario, metric: `wall, ${of}`, value: own.wallMs / 1000, unit: "s" });
    row({ scenario, metric: `CPU an item, ${of}`, value: own.cpuMs / answers, unit: "ms" });
    row({ scenario, metric: `heap an answer, ${of}`, value: own.heap, unit: "B" });
    row({ scenario, metric: `journal an answer, ${of}`, value: bytes / answers, unit: "B" });
    for (const kind of ["input", "output"] as const) {
      const metric = `${kind} tokens of the rest over what a pilot of 50 foretold`;
      row({ scenario, metric, value: own[kind], unit: "×", goal: { atMost: 1 } });
    }
    await using server = await fakeProcess();
    await server.set({ latency: { ms: latencyMs } });
    progress(`${asked} people, ${concurrency} at once`);
    const { wallMs } = await withRun(server.url, { concurrency }, (simulation) =>
      taken(simulation, { people: asked, atOnce: concurrency, pilot: concurrency }),
    );
    const ideal = Math.ceil(asked / concurrency) * items * latencyMs;
    const metric = `wall over ideal at ${concurrency} at once, ${latencyMs} ms`;
    row({ scenario, metric, value: wallMs / ideal, unit: "×", goal: { atMost: 1.2 } });
    for (const [name, shares] of Object.entries(mixtures)) {
      const likeness = atTheirPlaces(name, shares);
      const about = `similarity rating, an encoder that tells all points apart, ${name}`;
      row({ scenario: about, metric: "KS similarity to what was drawn", value: likeness(1), unit: "" });
      // What is likest is seldom all that is like: the rest flattens the whole, and only at 0 is nothing left of it.
      row({
        scenario: about,
        metric: "the same at temperature 0.25",
        value: likeness(0.25),
        unit: "",
        goal: { atLeast: 0.8 },
      });
      row({
        scenario: about,
        metric: "the same at temperature 0",
        value: likeness(0),
        unit: "",
        goal: { atLeast: 0.97 },
      });
    }
    for (const { about, usual, learned, stray } of onUnseenItems()) {
      row({ scenario: about, metric: "KS similarity at temperature 1", value: usual, unit: "" });
      const metric = "at the temperature learned from 50 people on other items";
      // Where every third answer is taken for a neighbour's, the mixture itself is blurred.
      row({ scenario: about, metric, value: learned, unit: "", goal: { atLeast: stray < 0.3 ? 0.9 : 0.85 } });
    }
    for (const family of anchorFamilies.filter(({ sets }) => sets.length > 1)) {
      for (const [way, saying] of Object.entries(ways)) {
        const { likeness, sharper, hits } = await recovered(family, saying);
        const about = `similarity rating, ${family.name}, ${way}`;
        // What the offline encoder makes of other sentences is why it is not the usual way with it.
        const goal = way === "near the anchors" ? { goal: { atLeast: 0.8 } } : {};
        row({ scenario: about, metric: "KS similarity to what was drawn", value: likeness, unit: "" });
        row({ scenario: about, metric: "the same at temperature 0.25", value: sharper, unit: "", ...goal });
        row({ scenario: about, metric: "likeliest point is the one said", value: hits, unit: "" });
      }
    }
  },
};
