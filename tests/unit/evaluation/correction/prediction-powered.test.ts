import { describe, expect, it } from "vitest";
import { peopleNeeded } from "../../../../src/evaluation/correction/people-needed.ts";
import { type FewAndMany, predictionPowered } from "../../../../src/evaluation/correction/prediction-powered.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import expected from "./expected.json" with { type: "json" };

/** People of whom some are asked, and predictions that go along with them as far as `good`, with a bias. */
function made(seed: number, { n = 30, many = 400, good = 0.8 } = {}): FewAndMany {
  const random = createRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const all = Array.from({ length: n + many }, () => {
    const answer = normal();
    return { answer, prediction: 0.7 + good * answer + Math.sqrt(1 - good ** 2) * normal() };
  });
  const predictions = all.map(({ prediction }) => prediction);
  return {
    answers: all.slice(0, n).map(({ answer }) => answer),
    predictions: predictions.slice(0, n),
    others: predictions.slice(n),
  };
}

describe("means by few answers and many simulated ones", () => {
  it.each(expected)("are those of NumPy (power $power)", async ({ answers, predictions, others, ...wanted }) => {
    const found = await predictionPowered({ answers, predictions, others });
    if ("reason" in found) throw new Error(found.reason);
    expect(found.power).toBeCloseTo(wanted.power, 9);
    expect(found.estimate).toBeCloseTo(wanted.estimate, 9);
    expect(found.interval.low).toBeCloseTo(wanted.low, 9);
    expect(found.interval.high).toBeCloseTo(wanted.high, 9);
    expect(found.worth).toBeCloseTo(wanted.worth, 8);
  });

  it("hold the true mean as often as they say, however biased the simulated are, and are worth more people where these are good", async () => {
    let [held, worth] = [0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const found = await predictionPowered(made(seed));
      if ("reason" in found) throw new Error(found.reason);
      held += found.interval.low <= 0 && found.interval.high >= 0 ? 1 : 0;
      worth += found.worth / 400;
    }
    expect(held / 400).toBeGreaterThan(0.92);
    expect(held / 400).toBeLessThan(0.98);
    expect(worth).toBeGreaterThan(50);
  });

  it("rest on the answers alone where the simulated say nothing", async () => {
    const { answers } = made(3);
    const found = await predictionPowered({ answers, predictions: answers.map(() => 4), others: [4, 4, 4] });
    expect(found).toMatchObject({ power: 0, worth: 30 });
    expect("alone" in found && found.alone.estimate).toBe("estimate" in found && found.estimate);
  });

  it.each([
    ["two people", { answers: [1, 2], predictions: [1, 2], others: [1, 2, 3] }, /fewer than three people/],
    [
      "people who all say the same",
      { answers: [1, 1, 1], predictions: [1, 2, 1], others: [1, 2] },
      /all people answer the same/,
    ],
  ])("are none of %s", async (_, given, reason) => {
    expect(await predictionPowered(given)).toEqual({ reason: expect.stringMatching(reason) });
  });

  it("are none of shares where hardly anybody differs from what was foretold", async () => {
    const share = (n: number, wrong: number) => {
      const answers = Array.from({ length: n }, (_, place) => place % 2);
      const predictions = answers.map((answer, place) => (place < 2 * wrong ? 1 : answer));
      return predictionPowered({ answers, predictions, others: [...predictions, ...predictions] });
    };
    expect(await share(40, 2)).toEqual({ reason: expect.stringMatching(/another than was foretold/) });
    expect(await share(40, 10)).toHaveProperty("interval");
    const seldom = Array.from({ length: 40 }, (_, place) => Number(place < 2));
    const guess = seldom.map((_, place) => Number(place % 2 === 0));
    expect(await predictionPowered({ answers: seldom, predictions: guess, others: guess })).toHaveProperty("reason");
  });

  it("foretell how many people to ask for a width: fewer than without the simulated, and as many as then suffice", async () => {
    const found = await peopleNeeded(made(5, { n: 60, many: 5000 }), 0.4);
    if ("reason" in found) throw new Error(found.reason);
    expect(found.people).toBeLessThan(0.6 * found.alone);
    expect(found.more).toBe(Math.max(0, found.people - 60));
    const asked = await predictionPowered(made(6, { n: found.people, many: 5000 }));
    const width = "interval" in asked ? asked.interval.high - asked.interval.low : Number.NaN;
    expect(Math.abs(width - 0.4)).toBeLessThan(0.12);
    await expect(peopleNeeded(made(5), 0)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
