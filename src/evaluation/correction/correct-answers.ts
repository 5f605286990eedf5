import type { Unmeasured } from "../../statistics/measured.ts";
import { profileOf, unitsOf } from "../comparison/sampling/units.ts";
import { ordinalSpace, positionsOf } from "../comparison/spaces/single.ts";
import { type AnswerSet, type AnswersSource, answersSource, type RespondentAnswers } from "../people/answers.ts";
import type { ItemDescription } from "../people/description/document.ts";
import { correctShares } from "./correction.ts";
import { type LearnedCorrection, learnCorrections } from "./learn.ts";
import { type PeopleNeeded, peopleNeeded } from "./people-needed.ts";
import { type FewAndMany, type PredictionPowered, predictionPowered } from "./prediction-powered.ts";

/** A step of a scale, by the shares of those who give it. */
export interface CorrectedStep {
  readonly item: string;
  readonly option: string;
  /** Of the few people; absent where none was asked. */
  readonly human?: number;
  readonly simulated: number;
  readonly corrected: number;
}

/** A mean or a share of all people, by a few of them and many who were simulated. */
export interface PoweredEstimate {
  readonly item: string;
  /** `mean`, or `share:B`. */
  readonly of: string;
  /** People who were asked and have a twin, and simulated people who are nobody's twin. */
  readonly asked: number;
  readonly others: number;
  readonly found: PredictionPowered | Unmeasured;
  /** For an interval of the width that is wanted. */
  readonly needed?: PeopleNeeded | Unmeasured;
}

/** What a few people's answers make of many simulated ones. */
export interface CorrectedAnswers {
  readonly human: AnswersSource;
  readonly simulated: AnswersSource;
  readonly learned: readonly (LearnedCorrection | ({ readonly family: string } & Unmeasured))[];
  readonly steps: readonly CorrectedStep[];
  readonly estimates: readonly PoweredEstimate[];
}

/** How answers are corrected. */
export interface CorrectAnswersOptions {
  /** Of the intervals that are wanted, from end to end, in points of the scale or as a share. */
  readonly width?: number;
  readonly level?: number;
  readonly seed?: number | string;
}

/**
 * Learns from a few people how simulated answers are to be corrected, family by family, and applies it to all items of the
 * family, those too that no person was asked; and estimates means of steps and numbers and shares of options by both, where
 * those who were asked have a twin of the same id and others are simulated who have none. Throws OPTION_INVALID.
 */
export async function correctAnswers(
  human: AnswerSet,
  simulated: AnswerSet,
  { width, level = 0.95, seed = 1 }: CorrectAnswersOptions = {},
): Promise<CorrectedAnswers> {
  const learned = learnCorrections(human, simulated, { seed });
  const steps = learned.flatMap((one) =>
    "kind" in one ? one.items.flatMap((item) => stepsOf(item, one, { human, simulated })) : [],
  );
  const estimates: PoweredEstimate[] = [];
  for (const [item, description] of Object.entries(human.items))
    for (const { of, value } of wantedOf(item, description)) {
      const asked = fewAndMany(human.people, simulated.people, value);
      const found = await predictionPowered(asked, level);
      const needed = width === undefined ? undefined : await peopleNeeded(asked, width, level);
      const counts = { asked: asked.answers.length, others: asked.others.length };
      estimates.push({ item, of, ...counts, found, ...(needed !== undefined && { needed }) });
    }
  return { human: answersSource(human), simulated: answersSource(simulated), learned, steps, estimates };
}

function stepsOf(
  item: string,
  { correction }: LearnedCorrection,
  sets: { readonly human: AnswerSet; readonly simulated: AnswerSet },
): readonly CorrectedStep[] {
  const scale = sets.human.items[item]?.scale;
  if (scale?.kind !== "ordinal") return [];
  const space = ordinalSpace(scale.options);
  const [human, simulated] = [sets.human, sets.simulated].map(({ people }) =>
    profileOf(unitsOf(item, space, people), space.cells),
  );
  if (human === undefined || simulated === undefined || simulated.people === 0) return [];
  const corrected = correctShares([...simulated.shares], positionsOf(scale.options), correction);
  return scale.options.map((option, step) => ({
    ...{ item, option },
    ...(human.people > 0 && { human: human.shares[step] as number }),
    ...{ simulated: simulated.shares[step] as number, corrected: corrected[step] as number },
  }));
}

/** What of somebody's answer is estimated; undefined where they gave none. */
interface Wanted {
  readonly of: string;
  readonly value: (person: RespondentAnswers) => number | undefined;
}

function wantedOf(item: string, { scale }: ItemDescription): readonly Wanted[] {
  const sharesOf = (person: RespondentAnswers): Readonly<Record<string, number>> | undefined => {
    const answer = person.answers[item];
    if (answer === undefined || answer.value === null) return undefined;
    return ("distribution" in answer ? answer.distribution : undefined) ?? { [String(answer.value)]: 1 };
  };
  switch (scale.kind) {
    case "number":
      return [{ of: "mean", value: ({ answers }) => (answers[item]?.value ?? undefined) as number | undefined }];
    case "ordinal": {
      const positions = positionsOf(scale.options);
      const mean = (shares: Readonly<Record<string, number>>): number =>
        scale.options.reduce((sum, option, step) => sum + (shares[option] ?? 0) * (positions[step] as number), 0);
      const value = (person: RespondentAnswers): number | undefined => {
        const shares = sharesOf(person);
        return shares && mean(shares);
      };
      return [{ of: "mean", value }];
    }
    case "nominal":
      return scale.options.map((option) => ({
        of: `share:${option}`,
        value: (person) => {
          const shares = sharesOf(person);
          return shares && (shares[option] ?? 0);
        },
      }));
    default:
      return [];
  }
}

function fewAndMany(
  people: readonly RespondentAnswers[],
  simulated: readonly RespondentAnswers[],
  value: Wanted["value"],
): FewAndMany {
  const own = new Map(people.map((person) => [person.id, value(person)]));
  const byId = new Map(simulated.map((twin) => [twin.id, value(twin)]));
  const pairs = [...own].flatMap(([id, answer]) => {
    const prediction = byId.get(id);
    return answer === undefined || prediction === undefined ? [] : [[answer, prediction] as const];
  });
  return {
    answers: pairs.map(([answer]) => answer),
    predictions: pairs.map(([, prediction]) => prediction),
    others: [...byId].flatMap(([id, prediction]) => (own.has(id) || prediction === undefined ? [] : [prediction])),
  };
}
