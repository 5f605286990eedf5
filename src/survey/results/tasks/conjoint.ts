import { isMeasured, sum } from "../../../statistics/measured.ts";
import { combinedTerms, conditionalLogit, type FeatureChoice } from "../../../statistics/models/conditional-logit.ts";
import type { Item } from "../../instrument/items.ts";
import { byPart, notMeasured, type OwnFigure, type TaskAnswers } from "./task-figure.ts";
import { effectsOf, partsOf, peopleIn, simulatedInterval } from "./utilities.ts";

type Conjoint = Extract<Item, { kind: "conjoint" }>;

/**
 * Part-worths of levels by the choices of a conjoint item (multinomial logit with effects coding and errors by person), and how
 * important each attribute is: the range of its part-worths as a share of all ranges, with intervals by draws of the estimates.
 * Offering none has a part-worth of its own.
 */
export async function partWorths(item: Conjoint, given: TaskAnswers): Promise<readonly OwnFigure[]> {
  const choices = choicesIn(item, given);
  const { attributes, none } = item;
  const terms = attributes.flatMap(({ id, levels }) => levels.slice(1).map((_, place) => `${id} ${place + 1}`));
  const all = terms.length + (none === undefined ? 0 : 1);
  const levels = partsByLevel(item, all);
  const names = levels.map(({ name }) => name);
  const ids = attributes.map(({ id }) => id);
  const model = await conditionalLogit(choices, none === undefined ? terms : [...terms, "none"]);
  const n = peopleIn(choices);
  if (!isMeasured(model)) {
    const why = { n, why: model.reason };
    return [...notMeasured("part-worth", names, why), ...notMeasured("importance", ids, why)];
  }
  const rows: OwnFigure[] = [];
  for (const { name, parts } of levels) {
    const { estimate: value, low, high } = await combinedTerms(model, parts, given.level);
    rows.push({ result: "part-worth", figure: name, n, value, low, high, why: null });
  }
  const importance = (estimates: readonly number[]): readonly number[] => {
    const ranges = ids.map((id) => {
      const own = levels
        .filter(({ attribute }) => attribute === id)
        .map(({ parts }) => sum(parts.map((part, term) => part * (estimates[term] as number))));
      return Math.max(...own) - Math.min(...own);
    });
    return ranges.map((range) => range / sum(ranges));
  };
  const intervals = await simulatedInterval(model, given, importance);
  const values = importance(model.estimates);
  const important = ids.map((figure, place): OwnFigure => {
    const interval = intervals[place] as { readonly low: number; readonly high: number };
    return { result: "importance", figure, n, value: values[place] as number, ...interval, why: null };
  });
  return [...rows, ...important];
}

interface LevelParts {
  readonly attribute: string;
  readonly name: string;
  readonly parts: readonly number[];
}

function partsByLevel({ attributes, none }: Conjoint, all: number): readonly LevelParts[] {
  let before = 0;
  const levels = attributes.flatMap(({ id, levels: known }) => {
    const from = before;
    before += known.length - 1;
    return known.map((level, place) => ({
      ...{ attribute: id, name: `${id}: ${level.id}` },
      parts: partsOf(effectsOf(place, known.length), { before: from, all }),
    }));
  });
  const own = { attribute: "none", name: "none", parts: partsOf([1], { before: all - 1, all }) };
  return none === undefined ? levels : [...levels, own];
}

function choicesIn({ id, attributes, none, tasks = [] }: Conjoint, given: TaskAnswers): readonly FeatureChoice[] {
  const answers = byPart(given);
  const features = (profile: Readonly<Record<string, string>>): readonly number[] => [
    ...attributes.flatMap(({ id: attribute, levels }) =>
      effectsOf(
        levels.findIndex((level) => level.id === profile[attribute]),
        levels.length,
      ),
    ),
    ...(none === undefined ? [] : [0]),
  ];
  return tasks.flatMap((task, place) => {
    const offers = task.map(features);
    const [first = []] = offers;
    const among = none === undefined ? offers : [...offers, first.map((_, term) => Number(term === first.length - 1))];
    return (answers.get(`${id}.${place + 1}`) ?? []).map(({ value, respondent }) => ({
      chosen: value === "none" ? task.length : Number(value) - 1,
      ...{ among, cluster: respondent, weight: given.sampleWeightOf(respondent) },
    }));
  });
}
