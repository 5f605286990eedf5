import { createRandom, type Random } from "../../../kernel/values/random.ts";
import type { SurveyAnswer } from "../../administer/collected.ts";
import { type Instrument, itemsOf } from "../../instrument/document.ts";
import { type Item, partsOf } from "../../instrument/items.ts";
import { groupsOf, type SummaryOptions } from "../segments.ts";
import { partWorths } from "./conjoint.ts";
import { netPromoterFigures } from "./net-promoter.ts";
import { bestWorstFigures, pairFigures, rankFigures } from "./preferences.ts";
import { priceFigures } from "./price-points.ts";
import type { OwnFigure, TaskAnswers, TaskFigure } from "./task-figure.ts";

/** How tasks are summed up; draws for intervals follow from the dice. */
export interface TaskOptions extends SummaryOptions {
  readonly random?: Random;
}

/**
 * What the tasks of a survey come to, with intervals by person: part-worths and importances of conjoint items, scores and
 * utilities of best–worst items, pairs and rankings, the four price points, net promoter scores; of everybody and of each
 * segment, by weights where there are some. Of variants, what is as written.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "nps", kind: "net-promoter", text: "Would you recommend tea?" }] });
 * const { answers, respondents } = await administer(simulation.context, { instrument: tea, people: [lisa, oscar] });
 * (await summariseTasks(tea, answers, { respondents }))[0].result; // => "net promoter"
 */
export async function summariseTasks(
  instrument: Instrument,
  answers: readonly SurveyAnswer[],
  options: TaskOptions = {},
): Promise<readonly TaskFigure[]> {
  const { level = 0.95, weights, random = createRandom("tasks") } = options;
  const rows: TaskFigure[] = [];
  for (const [segment, group] of groupsOf(answers, options)) {
    const samples = new Map(
      [...Map.groupBy(group, ({ respondent }) => respondent)].map(([person, own]) => [
        person,
        new Set(own.map(({ sample }) => sample)).size,
      ]),
    );
    const weightOf = (person: string): number => (weights === undefined ? 1 : (weights.get(person) ?? 0));
    const sampleWeightOf = (person: string): number => weightOf(person) / (samples.get(person) ?? 1);
    for (const item of itemsOf(instrument)) {
      const ids = new Set(partsOf(item).map(({ id }) => id));
      const own = group.filter((answer) => ids.has(answer.item));
      const dice = random.fork(segment).fork(item.id);
      const found = await figuresOf(item, { answers: own, level, weightOf, sampleWeightOf, random: dice });
      rows.push(...found.map((figure) => ({ segment, item: item.id, ...figure })));
    }
  }
  return rows;
}

function figuresOf(item: Item, given: TaskAnswers): Promise<readonly OwnFigure[]> | readonly OwnFigure[] {
  switch (item.kind) {
    case "conjoint":
      return partWorths(item, given);
    case "best-worst":
      return bestWorstFigures(item, given);
    case "pairwise":
      return pairFigures(item, given);
    case "rank":
    case "top":
      return rankFigures(item, given);
    case "van-westendorp":
      return priceFigures(item.id, given);
    case "net-promoter":
      return netPromoterFigures(given);
    default:
      return [];
  }
}
