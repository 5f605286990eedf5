import type { Level, Specification, Where } from "../specification/schema.ts";

type Test = Where[string];

/**
 * Whether the values of a draw are as wanted, all of them.
 * @example
 * meets({ age: 70, region: "North" }, { age: { from: 65 }, region: ["North", "South"] }); // => true
 */
export function meets(values: Readonly<Record<string, Level>>, where: Where, specification?: Specification): boolean {
  return Object.entries(where).every(([id, test]) => {
    const value = values[id];
    return value !== undefined && holds(value, test, bandsOf(id, specification));
  });
}

interface Band {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

function bandsOf(id: string, specification: Specification | undefined): readonly Band[] {
  const dimension = specification?.dimensions[id];
  const bands = dimension?.kind === "numeric" ? (dimension.bands ?? []) : [];
  return bands.map(({ from, to, label }) => ({ from, to, label: label ?? `${from}-${to}` }));
}

function holds(value: Level, test: Test, bands: readonly Band[]): boolean {
  if (Array.isArray(test)) return test.some((one) => holds(value, one, bands));
  if (typeof test === "object") {
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = test;
    return typeof value === "number" && value >= from && value <= to;
  }
  const band = bands.find(({ label }) => label === String(test));
  if (band !== undefined && typeof value === "number") return value >= band.from && value <= band.to;
  return String(value) === String(test);
}
