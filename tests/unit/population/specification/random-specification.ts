import fc from "fast-check";
import type { Specification } from "../../../../src/population/specification/schema.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const share = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0.01, max: 1, noNaN: true }));
const unverified = { unverified: true } as const;

const shares = fc
  .uniqueArray(fc.stringMatching(/^[A-Za-zé][A-Za-z0-9 .:#-]{0,8}[a-z]$/), { minLength: 2, maxLength: 5 })
  .chain((names) =>
    fc
      .array(share, { minLength: names.length, maxLength: names.length })
      .map((given) => Object.fromEntries(names.map((name, place) => [name, given[place] ?? 1]))),
  );

const bands = fc
  .tuple(
    fc.integer({ min: -50, max: 50 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), share), { minLength: 2, maxLength: 6 }),
  )
  .map(([start, widths]) => {
    let from = start;
    return widths.map(([width, given]) => {
      const band = { from, to: from + width, share: given };
      from = band.to + 1;
      return band;
    });
  });

const dimension = fc.oneof(
  shares.map((given) => ({ kind: "categorical" as const, shares: given, ...unverified })),
  shares.map((given) => ({ kind: "ordinal" as const, shares: given, ...unverified })),
  bands.map((given) => ({ kind: "numeric" as const, bands: given, ...unverified })),
);

/** Specifications that are right, with two dimensions or more, of which each depends on the one before it or on none. */
export const specifications: fc.Arbitrary<Specification> = fc
  .tuple(
    fc.uniqueArray(word, { minLength: 2, maxLength: 5 }),
    fc.array(dimension, { minLength: 5, maxLength: 5 }),
    fc.boolean(),
  )
  .map(([ids, kinds, depends]) => {
    const dimensions = Object.fromEntries(
      ids.map((id, place) => [id, kinds[place] ?? kinds[0]]),
    ) as Specification["dimensions"];
    const [one = "", other = ""] = ids;
    const [valueOne = "", valueOther = ""] = [one, other].map((id) => valuesIn(dimensions, id)[0] ?? "");
    return {
      specification: 1,
      name: "random",
      dimensions,
      ...(depends && {
        joints: [
          { of: [one, other], cells: [{ when: { [one]: valueOne, [other]: valueOther }, share: 1 }], ...unverified },
        ],
        conditionals: [
          { of: other, rows: [{ when: { [one]: valueOne }, shares: { [valueOther]: 1 } }], ...unverified },
        ],
        constraints: [{ never: { [one]: [valueOne], [other]: valueOther } }],
        quotas: [{ where: { [one]: valueOne }, atLeast: 1 }],
        strata: [one],
        boosts: [{ where: { [other]: valueOther }, times: 2 }],
      }),
    };
  });

/** What the values of a dimension are called, worked out apart from the code. */
export function valuesIn(dimensions: Specification["dimensions"], id: string): readonly string[] {
  const found = dimensions[id];
  if (found?.kind === "categorical" || found?.kind === "ordinal") return Object.keys(found.shares);
  return found?.kind === "numeric" ? (found.bands ?? []).map(({ from, to }) => `${from}-${to}`) : [];
}
