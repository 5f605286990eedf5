import { expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { bootstrapInterval } from "../../../../src/statistics/intervals/bootstrap.ts";
import { measured } from "../measured.ts";

const random = createRandom(5);
/** Twenty people who answer ten times each, every one about a level of their own. */
const people = Array.from({ length: 20 }, (_, person) => ({ person, level: random.next() * 10 }));
const rows = people.flatMap(({ person, level }) =>
  Array.from({ length: 10 }, () => ({ person, value: level + random.next() })),
);
const mean = (units: readonly number[]): number =>
  units.reduce((total, unit) => total + (rows[unit]?.value as number), 0) / units.length;
const clusters = rows.map(({ person }) => person);
const width = ({ low, high }: { readonly low: number; readonly high: number }): number => high - low;

it.each(["bca", "percentile"] as const)("draws people whole: %s", async (method) => {
  const options = { random: createRandom(1), resamples: 1_000, method };
  const whole = measured(await bootstrapInterval(rows.length, mean, { ...options, clusters }));
  const apart = measured(await bootstrapInterval(rows.length, mean, options));
  const levels = people.map(({ person }) => mean(rows.flatMap((row, unit) => (row.person === person ? [unit] : []))));
  const middle = levels.reduce((total, level) => total + level, 0) / 20;
  const error = Math.sqrt(levels.reduce((total, level) => total + (level - middle) ** 2, 0) / 20 / 20);
  expect(width(whole) / (2 * 1.96 * error)).toBeGreaterThan(0.85);
  expect(width(whole) / (2 * 1.96 * error)).toBeLessThan(1.15);
  expect(width(apart)).toBeLessThan(width(whole) / 2);
});

it("clusters of one are no clusters", async () => {
  const options = { resamples: 200 };
  const each = await bootstrapInterval(rows.length, mean, { ...options, random: createRandom(2) });
  const single = rows.map((_, unit) => unit);
  expect(await bootstrapInterval(rows.length, mean, { ...options, random: createRandom(2), clusters: single })).toEqual(
    each,
  );
});

it("needs two clusters, and one for each unit", async () => {
  const all = rows.map(() => "me");
  expect(await bootstrapInterval(rows.length, mean, { random, clusters: all })).toEqual({
    reason: "fewer than two clusters",
  });
  await expect(bootstrapInterval(3, mean, { random, clusters: ["a"] })).rejects.toMatchObject({
    code: "OPTION_INVALID",
  });
});
