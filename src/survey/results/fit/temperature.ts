import type { Answer, GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import type { Scale } from "../../../kernel/contracts/answers/scale.ts";
import { earthMovers } from "../../../statistics/distances/ordinal.ts";
import { isMeasured, sum } from "../../../statistics/measured.ts";
import { atTemperature, averaged } from "../../elicitation/anchors/similarity.ts";
import { distributionOf } from "../../elicitation/distribution.ts";
import { withValue } from "../figures.ts";
import { sharesIn } from "./shares.ts";

/** A rated part: what the simulated came to at temperature 1, and what people answered. */
export interface RatedPart {
  readonly item: string;
  readonly scale: Extract<Scale, { readonly kind: "ordinal" }>;
  readonly simulated: readonly GivenAnswer[];
  /** An answer a person, in the same order for all parts: who answered nothing keeps their place. */
  readonly human: readonly Answer[];
}

/** The temperature at which ratings on one scale come nearest to people. */
export interface FittedTemperature {
  /** The items whose parts have this scale. */
  readonly items: readonly string[];
  /** What is to be taken: 1, the usual one, where no other came nearer to answers that it had not seen. */
  readonly temperature: number;
  /**
   * Earth mover's distance, as a share of the scale, to a fifth of the people at a time, by the temperature that came nearest to
   * the other four; and by the usual one to the same.
   */
  readonly heldOut: number;
  readonly usual: number;
}

/** 0 is the likeliest point alone. */
const tried = [0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75, 1, 1.5, 2];
const usual = tried.indexOf(1);
const folds = 5;
/** Of fewer a fifth tells nothing. */
const fewest = 20;

/**
 * The temperature of ratings by similarity, learned for each scale from what people answered to parts that have it: no model
 * is asked, as an answer's distribution at 1 tells that at any other. Scales to whose parts fewer than 20 people answered are
 * left out.
 */
export function fitTemperatures(parts: readonly RatedPart[]): readonly FittedTemperature[] {
  const known = parts.filter(
    ({ human, simulated }) => withValue(human).length >= fewest && simulated.some(({ distribution }) => distribution),
  );
  return [...Map.groupBy(known, ({ scale: { options } }) => JSON.stringify(options)).values()].map(fitted);
}

type Choose = (person: number) => boolean;

/** The temperature of one scale. */
function fitted(own: readonly RatedPart[]): FittedTemperature {
  // By part, then by temperature.
  const likely = own.map(({ simulated, scale: { options } }) => tried.map((one) => meanAt(simulated, options, one)));
  const apart = (place: number, isChosen: Choose): number => {
    const gaps = own.flatMap(({ human, scale }, at) => {
      const answers = withValue(human.filter((_answer, person) => isChosen(person)));
      return answers.length === 0 ? [] : [distance(likely[at]?.[place] as number[], sharesIn(answers, scale))];
    });
    return gaps.length === 0 ? 0 : sum(gaps) / gaps.length;
  };
  const gaps = Array.from({ length: folds }, (_, fold) => {
    const isSeen: Choose = (person) => person % folds === fold;
    const learned = nearest((place) => apart(place, (person) => !isSeen(person)));
    return { heldOut: apart(learned, isSeen), usual: apart(usual, isSeen) };
  });
  const [heldOut, asUsual] = [sum(gaps.map((one) => one.heldOut)) / folds, sum(gaps.map((one) => one.usual)) / folds];
  const all = nearest((place) => apart(place, () => true));
  const temperature = heldOut < asUsual ? (tried[all] as number) : 1;
  return { items: [...new Set(own.map(({ item }) => item))], temperature, heldOut, usual: asUsual };
}

/** An answer as it would have been likely at another temperature than 1. */
export function heated<One extends Answer>(answer: One, temperature: number): One {
  if (answer.value === null || answer.distribution === undefined) return answer;
  const options = Object.keys(answer.distribution);
  const shares = atTemperature(Object.values(answer.distribution), temperature);
  return { ...answer, distribution: distributionOf(options, shares) };
}

function meanAt(simulated: readonly GivenAnswer[], options: readonly string[], temperature: number): number[] {
  const shares = simulated.flatMap(({ distribution }) =>
    distribution === undefined ? [] : [options.map((option) => distribution[option] ?? 0)],
  );
  return averaged(shares.map((one) => atTemperature(one, temperature)));
}

function distance(one: readonly number[], other: readonly number[]): number {
  const found = earthMovers(one, other);
  return isMeasured(found) ? found.distance : 0;
}

/** Which temperature is the least apart; of several the one that changes least. */
function nearest(apart: (place: number) => number): number {
  const gaps = tried.map((_, place) => apart(place));
  const least = Math.min(...gaps);
  const places = [...gaps.keys()].filter((place) => (gaps[place] as number) - least < 1e-12);
  return places.reduce((best, place) => (Math.abs(place - usual) < Math.abs(best - usual) ? place : best));
}
