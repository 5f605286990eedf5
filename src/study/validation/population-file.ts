import type { Issue } from "../../kernel/values/errors.ts";
import { loadSpecification } from "../../population/specification/files.ts";
import type { Specification } from "../../population/specification/schema.ts";
import { type FileKind, type Found, nothing } from "./found.ts";

/** A specification of a population: what its reading throws, and shares that look like percentages and do not add up. */
export async function inPopulation({ file }: FileKind): Promise<Found> {
  const { dimensions } = await loadSpecification(file);
  return { ...nothing(), warnings: Object.entries(dimensions).flatMap(([name, one]) => oddShares(name, one)) };
}

function oddShares(name: string, dimension: Specification["dimensions"][string]): readonly Issue[] {
  const shares = sharesOf(dimension);
  const sum = shares.reduce((all, share) => all + share, 0);
  const whole = [1, 100].find((one) => sum > 0.8 * one && sum < 1.25 * one && shares.every((share) => share <= one));
  if (whole === undefined || Math.abs(sum - whole) <= 0.01 * whole) return [];
  const told = Number(sum.toPrecision(4));
  return [
    {
      path: `dimensions.${name}`,
      message: `These shares add up to ${told}: each counts as its part of that, and not of ${whole}.`,
    },
  ];
}

function sharesOf(dimension: Specification["dimensions"][string]): readonly number[] {
  if ("shares" in dimension && dimension.shares !== undefined) return Object.values(dimension.shares);
  return "bands" in dimension && dimension.bands !== undefined ? dimension.bands.map(({ share }) => share) : [];
}
