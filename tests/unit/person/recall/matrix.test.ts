import fc from "fast-check";
import { expect, it } from "vitest";
import { VectorMatrix } from "../../../../src/person/memory/recall/matrix.ts";

const vectors = fc.integer({ min: 1, max: 9 }).chain((width) =>
  fc.array(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: width, maxLength: width }), {
    minLength: 2,
    maxLength: 40,
  }),
);
const product = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? Number.NaN), 0);

it("vectors of any width are multiplied in full, by slot, and where there is none nothing is alike", () => {
  fc.assert(
    fc.property(vectors, ([asked = [], ...rows]) => {
      const matrix = new VectorMatrix();
      // Every other slot stays empty.
      for (const [at, row] of rows.entries()) matrix.set(2 * at, Float32Array.from(row));
      const found = matrix.cosines(Float32Array.from(asked), 2 * rows.length);
      for (const [at, row] of rows.entries()) {
        expect(found[2 * at]).toBeCloseTo(product(row, asked), 5);
        expect(found[2 * at + 1]).toBe(0);
        expect(matrix.likeness(2 * at, 0)).toBeCloseTo(product(row, rows[0] ?? []), 5);
        expect(matrix.likeness(2 * at, 1)).toBeUndefined();
      }
    }),
  );
});

it("has room for as many as are expected, and for more when they come", () => {
  const matrix = new VectorMatrix();
  matrix.expect(3);
  for (const slot of [0, 1, 2]) matrix.set(slot, Float32Array.of(slot + 1, 0, 0, 0));
  expect(matrix.bytes).toBe(3 * (4 * 4 + 1));
  matrix.set(3, Float32Array.of(4, 0, 0, 0));
  expect([...matrix.cosines(Float32Array.of(1, 0, 0, 0), 4)]).toEqual([1, 2, 3, 4]);
});
