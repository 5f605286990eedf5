import { fileURLToPath } from "node:url";
import {
  administer,
  answersFrom,
  borda,
  compareAnswers,
  defineStudy,
  firstChoices,
  kendallW,
  loadAnswers,
  loadAnswersDescription,
  loadClaims,
  loadInstrument,
  loadSpecification,
  type Order,
  plackettLuce,
  respondentRows,
  type Simulation,
  samplePopulation,
  TinyPersonFactory,
} from "tinytroupe";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const ideas = ["A", "B", "C", "D", "E"];

export default defineStudy({
  name: "ranking-study",
  about:
    "Five ideas for a bicycle light in order: what the panel agrees on, and how near that comes to people's orders.",
  seed: 19,
  run: async (simulation) => {
    const answers = await asked(simulation);
    const orders = answers.flatMap(({ order }) => (order === null ? [] : [order]));
    return {
      ideas: await figures(orders),
      agreement: [await kendallW(orders.map((order) => ideas.map((idea) => order.indexOf(idea) + 1)))],
      ...(await besidePeople(simulation, answers)),
      answers: answers.map(({ order, ...row }) => ({ ...row, order: order?.join("-") ?? null })),
    };
  },
});

/** A panel, and the order that each of its people gives; who sees which idea first is balanced. */
async function asked(simulation: Simulation) {
  const specification = await loadSpecification("norway");
  const { people: draws } = await samplePopulation(specification, { size: 40, seed: simulation.seed });
  const made = await new TinyPersonFactory(simulation.context).generatePeople(draws, { specification });
  const members = made.filter((one) => "persona" in one);
  const people = await Promise.all(members.map(({ persona }) => simulation.person(persona)));
  const ages = new Map(people.map(({ id }, at) => [id, members[at]?.draw.values["age"]]));

  const instrument = await loadInstrument(here("lights.yaml"));
  const run = await administer(simulation.context, { instrument, people, memory: "all" });
  return respondentRows(run).map((row) => ({
    respondent: row.respondent,
    age: band(Number(ages.get(row.respondent))),
    order: row["order"] as Order<string> | null,
    why: row["why"] as string | null,
  }));
}

const band = (age: number): string => (age < 35 ? "18-34" : age < 55 ? "35-54" : "55+");

/** Each idea by three measures: points of Borda, shares of first places, strength by Plackett and Luce. */
async function figures(orders: readonly Order<string>[]) {
  const points = borda(orders, ideas);
  const firsts = await firstChoices(orders, ideas);
  const strengths = await plackettLuce(orders, ideas);
  if ("reason" in points || "reason" in firsts) return [];
  return points.map(({ option, points: borda }) => {
    const first = firsts.find((row) => row.option === option);
    const strength = "rows" in strengths ? strengths.rows.find((row) => row.option === option) : undefined;
    return {
      idea: option,
      borda,
      first: first?.share,
      low: first?.low,
      high: first?.high,
      strength: strength?.strength,
    };
  });
}

const headlines = ["score", "energy-distance", "order", "first-choice:A"];

/** The panel beside the file, by what was claimed beforehand. */
async function besidePeople(simulation: Simulation, answers: Awaited<ReturnType<typeof asked>>) {
  const description = await loadAnswersDescription(here("answers.yaml"));
  const claims = await loadClaims(here("claims.yaml"));
  const human = await loadAnswers(here("people.csv"), description);
  const simulated = answersFrom(answers, description);
  const comparison = await compareAnswers(human, simulated, { claims, seed: simulation.seed });
  return {
    beside: comparison.figures
      .filter(({ measure, group }) => headlines.includes(measure) && group === undefined)
      .map(({ id, human, simulated, value, low, high }) => ({ id, human, simulated, value, low, high })),
    claims: comparison.claims?.rows ?? [],
    warnings: comparison.warnings,
  };
}
