import { fileURLToPath } from "node:url";
import {
  administer,
  answersFrom,
  cliffsDelta,
  compareAnswers,
  defineStudy,
  loadAnswers,
  loadAnswersDescription,
  loadClaims,
  loadInstrument,
  loadSpecification,
  mannWhitney,
  respondentRows,
  type Simulation,
  samplePopulation,
  summariseSurvey,
  TinyPersonFactory,
  variantEffects,
} from "tinytroupe";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const panelSize = 30;

export default defineStudy({
  name: "market-research",
  about:
    "A bottled gazpacho in two countries: the same questions, and how near the answers come to a file of people's.",
  seed: 18,
  run: async (simulation) => {
    const usa = await panel(simulation, "usa", "en");
    const spain = await panel(simulation, "spain", "es");
    const answers = [...usa.answers, ...spain.answers];
    const [american, spanish] = [votes(usa.answers), votes(spain.answers)];
    return {
      figures: [...usa.figures, ...spain.figures],
      apart: [{ test: await mannWhitney(spanish, american), effect: await cliffsDelta(spanish, american) }],
      wording: [...usa.wording, ...spain.wording],
      ...(await besidePeople(simulation, usa.answers)),
      answers,
    };
  },
});

/** People of a country who answer in its language, once with the options in each direction. */
async function panel(simulation: Simulation, country: string, language: string) {
  const specification = await loadSpecification(country);
  const { people: draws } = await samplePopulation(specification, { size: panelSize, seed: simulation.seed });
  const made = await new TinyPersonFactory(simulation.context.fork(country)).generatePeople(draws, { specification });
  const members = made.filter((one) => "persona" in one);
  const people = await Promise.all(members.map(({ persona }) => simulation.person(persona)));
  const drawn = new Map(people.map(({ id }, at) => [id, members[at]?.draw.values]));

  const instrument = await loadInstrument(here("gazpacho.yaml"), { language });
  const run = await administer(simulation.context, {
    ...{ instrument, people, memory: "block" },
    variants: [{ name: "the other way round", options: "reversed" }],
  });
  const figures = await summariseSurvey(instrument, run.answers, run);
  const wording = await variantEffects(instrument, run.answers);
  return {
    figures: figures.map((row) => ({ country, ...row })),
    wording: wording.filter(({ found }) => found).map((row) => ({ country, ...row })),
    answers: respondentRows(run)
      .filter(({ variant }) => variant === "as-written")
      .map((row) => ({
        country,
        ...row,
        age: band(drawn.get(row.respondent)?.["age"]),
        gender: drawn.get(row.respondent)?.["sex"],
      })),
  };
}

/** The ages of the people's file. */
function band(age: unknown): string {
  const lows = [18, 25, 35, 45, 55];
  const low = lows.findLast((one) => Number(age) >= one) ?? 18;
  return Number(age) >= 65 ? "65+" : `${low}-${low === 18 ? 24 : low + 9}`;
}

const votes = (rows: readonly Readonly<Record<string, unknown>>[]): readonly number[] =>
  rows.flatMap(({ propensity }) => (propensity === null ? [] : [Number(propensity)]));

const headlines = ["score", "mean", "dispersion-ratio", "earth-movers"];

/** The Americans beside the file, by what was claimed beforehand. */
async function besidePeople(simulation: Simulation, answers: readonly object[]) {
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
