import fc from "fast-check";
import { expect, it } from "vitest";
import { gaugeBar } from "../../../src/cli/terminal/bar.ts";

it("shows a value inside of its range, at both ends, and beyond them", () => {
  const bar = (value: number, high?: number) => gaugeBar({ value, low: 10, ...(high && { high }) }, 12);
  expect(bar(15, 20)).toBe("───░░░●░░───");
  expect(bar(10, 20)).toBe("───●░░░░░───");
  expect(bar(20, 20)).toBe("───░░░░░●───");
  expect(bar(5, 20)).toBe("●──░░░░░░───");
  expect(bar(4, 20)).toBe("◀──░░░░░░───");
  expect(bar(25, 20)).toBe("───░░░░░░──▶");
  expect(bar(25)).toBe("───░░░●░░───");
});

it("has the width that it was given, and one mark", () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.double({ min: 0.01, max: 1e6, noNaN: true }), (value, low, span) => {
      const bar = gaugeBar({ value, low, high: low + span }, 16);
      expect([...bar]).toHaveLength(16);
      expect(bar.match(/[●◀▶]/gu)).toHaveLength(1);
    }),
  );
});
