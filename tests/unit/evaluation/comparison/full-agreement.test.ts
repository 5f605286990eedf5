import { expect, it } from "vitest";
import { answersFrom, compareAnswers, parseAnswersDescription } from "../../../../src/index.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";

const description = parseAnswersDescription({
  answers: 1,
  items: {
    vote: { scale: { kind: "ordinal", options: [1, 2, 3, 4, 5] } },
    shop: { scale: { kind: "nominal", options: ["corner", "market", "web"] } },
  },
});

/** So many answers by shares of five steps, and of three shops. */
function drawn(name: string, votes: readonly number[], shops: readonly number[] = [0.5, 0.3, 0.2]) {
  const random = createRandom(name);
  const placeBy = (shares: readonly number[]): number => {
    let left = random.next();
    return Math.max(
      0,
      shares.findIndex((share) => {
        left -= share;
        return left < 0;
      }),
    );
  };
  return Array.from({ length: 90 }, () => ({
    vote: placeBy(votes) + 1,
    shop: ["corner", "market", "web"][placeBy(shops)],
  }));
}

const own = [0.1, 0.2, 0.3, 0.25, 0.15];

async function figuresOf(time: number, other: readonly number[], shops?: readonly number[]) {
  const { figures } = await compareAnswers(
    answersFrom(drawn(`human ${time}`, own), description, { side: "human" }),
    answersFrom(drawn(`other ${time}`, other, shops), description),
    { resamples: 200, halves: 60 },
  );
  return new Map(figures.map((figure) => [figure.id, figure]));
}

it("is within the interval of a distance where people's own samples lie as far apart, and is not where they do not", async () => {
  let held = 0;
  for (let time = 0; time < 20; time++) {
    const figures = await figuresOf(time, own);
    expect(figures.get("vote/earth-movers")?.value).toBeGreaterThan(0);
    held += Number(figures.get("vote/earth-movers")?.low === 0 && figures.get("vote/ks-similarity")?.high === 1);
  }
  expect(held).toBeGreaterThan(15);
  const apart = (await figuresOf(1, [0.4, 0.3, 0.2, 0.05, 0.05])).get("vote/earth-movers");
  expect(apart?.low).toBeGreaterThan(0.3);
});

it("leaves the neighbouring order within the interval of an order, to its letter", async () => {
  // Market and web are near: some draws have them the other way round.
  const order = (await figuresOf(3, own, [0.5, 0.26, 0.24])).get("shop/order");
  const values = [-1, -1 / 3, 1 / 3, 1];
  for (const end of [order?.low, order?.high])
    expect(Math.min(...values.map((value) => Math.abs(value - (end ?? 9))))).toBeLessThan(1e-9);
  expect(order?.low).toBeLessThan(order?.high as number);
});
