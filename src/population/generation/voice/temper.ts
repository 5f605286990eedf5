import type { Random } from "../../../kernel/values/random.ts";
import type { Draw } from "../../draw.ts";

export const bigFive = ["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"] as const;
export type BigFive = (typeof bigFive)[number];

/** How much of something a person has, beside other people: 0 very little, 2 as most, 4 very much. */
export type Degree = 0 | 1 | 2 | 3 | 4;

/** How somebody is and talks, before anybody has written who they are. */
export interface Voice {
  readonly temper: Readonly<Record<BigFive, Degree>>;
  /** How long they talk. */
  readonly length: Degree;
}

/**
 * The standard normal distribution at −1.5, −0.5, 0.5 and 1.5: 7, 24, 38, 24 and 7 people of a hundred.
 *
 * Scores of the five factors are close to normal (Costa & McCrae, manual of the NEO-PI), and hang together little when
 * they are not taken with one questionnaire (Davies et al. 2015, Personality and Individual Differences 81), so each is
 * drawn for itself. Words a day had a mean of 16,215 and an sd of 7,301 among women, 15,669 and 8,633 among men (Mehl et
 * al. 2007, Science 317): an sd of half the mean, thus log-normal with σ = √ln(1 + 0.5²) = 0.47, of which these points
 * are 0.5, 0.8, 1.3 and 2 times the median.
 */
const bounds = [0.0668, 0.3085, 0.6915, 0.9332] as const;

export const degreeAt = (share: number): Degree => bounds.filter((bound) => share > bound).length as Degree;

/**
 * The voice of somebody who was drawn. Those of a sample lie evenly in the space of all voices (Richtmyer's sequence of
 * multiples of the square roots of primes, shifted by the seed), so that few people are already unlike each other;
 * nobody's voice depends on how many others there are.
 * @param random the same for all of a population
 */
export function drawVoice(draw: Draw, random: Random): Voice {
  const shifts = random.fork("shift");
  const place = /^\d+$/.test(draw.id) ? Number(draw.id) : random.fork(draw.id).integer(2 ** 20);
  const degrees = steps.map((step) => degreeAt((shifts.next() + place * step) % 1));
  const temper = Object.fromEntries(bigFive.map((trait, index) => [trait, degrees[index]]));
  return { temper: temper as Record<BigFive, Degree>, length: degrees[bigFive.length] as Degree };
}

const steps = [2, 3, 5, 7, 11, 13].map(Math.sqrt);
