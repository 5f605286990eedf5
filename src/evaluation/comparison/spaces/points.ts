import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import type { Unmeasured } from "../../../statistics/measured.ts";
import { type Elsewhere, type Measure, ofSides, type Point, type Profile, sameAnswer } from "./space.ts";

/** The different answers of both sides, as cells after those of a space. */
export interface Points {
  readonly count: number;
  /** The cell of an answer. */
  cellOf(answer: GivenAnswer): number;
  /** Somebody who always gives one answer. */
  always(point: Point): Elsewhere;
  /** Somebody whose distance to each point is known, and to themselves. */
  known(far: (point: Point) => number, own: number): Elsewhere;
  readonly measures: readonly Measure[];
}

/** More different answers are not held against each other one by one: the table of their distances would be too large. */
const mostDifferent = 3_000;

/**
 * How far people's answers differ as wholes: the energy distance (G. J. Székely and M. L. Rizzo, 2004) over Euclid's distance
 * between answers, √(2 E|X − Y| − E|X − X'| − E|Y − Y'|). It is 0 only where both sides are the same, two camps and all; over
 * Kendall's and Hamming's distances themselves, which are squares of Euclid's, it would see means alone.
 * @param first the first cell that is theirs
 */
export function pointsOf(
  answers: readonly GivenAnswer[],
  first: number,
  place: (answer: GivenAnswer["value"]) => Point,
): Points {
  const cells = new Map<string, number>();
  const points: Point[] = [];
  const keyOf = (point: Point): string => point.join(" ");
  for (const { value } of answers) {
    const point = place(value);
    if (cells.has(keyOf(point))) continue;
    cells.set(keyOf(point), points.length);
    points.push(point);
  }
  const isMany = points.length > mostDifferent;
  const apart = isMany ? [] : points.map((one) => Float64Array.from(points, (other) => euclid(one, other)));
  const knownAs = (far: (point: Point) => number, own: number): Elsewhere => ({
    far: Float64Array.from(points, far),
    own,
  });
  const between = meanDistance({ points, apart, first });
  const many: Unmeasured = { reason: `there are more than ${mostDifferent} different answers` };
  const spread = (profile: Profile): number | Unmeasured => {
    if (isMany) return many;
    if (profile.people < 2) return { reason: "fewer than two people" };
    return (between(profile, profile) * profile.people) / (profile.people - 1);
  };
  return {
    count: isMany ? 0 : points.length,
    cellOf: ({ value }) => first + (cells.get(keyOf(place(value))) as number),
    always: (point) => ({ ...knownAs((other) => euclid(point, other), 0), point }),
    known: knownAs,
    measures: [
      {
        ...{ name: "energy-distance", part: "shape", low: 0 },
        between: (human, simulated) => {
          if (isMany) return many;
          const energy = 2 * between(human, simulated) - between(human, human) - between(simulated, simulated);
          return Math.sqrt(Math.max(0, energy));
        },
        apart: (value) => value,
      },
      ofSides({ name: "spread", part: "dispersion" }, spread),
      {
        ...{ name: "dispersion-ratio", part: "dispersion", low: 0 },
        between: (human, simulated) => {
          const [one, other] = [spread(human), spread(simulated)];
          if (typeof one !== "number") return one;
          if (one < 1e-12) return { reason: "all people answer the same" };
          return typeof other === "number" ? other / one : other;
        },
      },
      ...(isMany ? [] : [sameAnswer(first, points.length)]),
    ],
  };
}

/** Several baselines that all give one answer each, as one, by the shares of the people of whom each is said. */
export function mixed(
  parts: readonly { readonly share: number; readonly profile: Profile }[],
  people: number,
): Profile {
  const size = Math.max(...parts.map(({ profile }) => profile.shares.length));
  const shares = new Float64Array(size);
  for (const { share, profile } of parts)
    for (const [cell, own] of profile.shares.entries()) shares[cell] = (shares[cell] as number) + share * own;
  const far = new Float64Array(parts[0]?.profile.elsewhere?.far.length ?? 0);
  let own = 0;
  for (const { share, profile } of parts)
    for (const [at, way] of (profile.elsewhere?.far ?? []).entries()) far[at] = (far[at] as number) + share * way;
  for (const one of parts)
    for (const other of parts) {
      const [from, to] = [one, other].map(({ profile }) => profile.elsewhere?.point);
      if (from !== undefined && to !== undefined) own += one.share * other.share * euclid(from, to);
    }
  const isApart = parts.some(({ profile }) => profile.elsewhere !== undefined);
  return { shares, people, ...(isApart && { elsewhere: { far, own } }) };
}

function euclid(one: Point, other: Point): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += ((one[at] as number) - (other[at] as number)) ** 2;
  return Math.sqrt(sum);
}

interface Table {
  readonly points: readonly Point[];
  /** How far each is from each. */
  readonly apart: readonly Float64Array[];
  readonly first: number;
}

/** The mean distance between an answer of one and one of another, or of the same again, which is worked out once. */
function meanDistance({ points, apart, first }: Table): (one: Profile, other: Profile) => number {
  const within = new WeakMap<Profile, number>();
  const thereIn = ({ shares }: Profile): readonly number[] =>
    [...points.keys()].filter((at) => (shares[first + at] as number) !== 0);
  const found = (one: Profile, other: Profile): number => {
    const far = other.elsewhere?.far;
    const [own, others] = [thereIn(one), far === undefined ? thereIn(other) : []];
    let sum = 0;
    for (const at of own) {
      const [share, row] = [one.shares[first + at] as number, apart[at] as Float64Array];
      let mean = far?.[at] ?? 0;
      for (const to of others) mean += (other.shares[first + to] as number) * (row[to] as number);
      sum += share * mean;
    }
    return sum;
  };
  return (one, other) => {
    if (one !== other) return one.elsewhere === undefined ? found(one, other) : found(other, one);
    const known = one.elsewhere?.own ?? within.get(one) ?? found(one, one);
    within.set(one, known);
    return known;
  };
}
