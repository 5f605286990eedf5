import { nearest } from "../../kernel/text/nearest.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { benjaminiHochberg, holm } from "../../statistics/multiplicity.ts";
import { type ComparisonFigure, type Drawn, figureId } from "../comparison/figures.ts";
import type { Claims, DeclaredClaim } from "./document.ts";

/** What became of a claim. */
export interface CheckedClaim {
  readonly claim: string;
  /** The figure that it is about. */
  readonly figure: string;
  /** What was claimed, as `at least 0.8`. */
  readonly bound: string;
  readonly by: "interval" | "figure";
  readonly status: "passed" | "failed" | "unmeasured";
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  /** That the claim does not hold, and the same corrected for the number of claims; absent where the figure decides. */
  readonly p?: number;
  readonly corrected?: number;
  /** Why it could not be measured. */
  readonly reason?: string;
  readonly why?: string;
}

/**
 * Which claims hold. One that leaves room for chance passes when its p value, corrected as declared, is at most 1 − level;
 * p is the share of samples drawn again that break the bound, of the two ends the worse, or that of the test of equivalence.
 * Throws OPTION_INVALID for items and measures that there are not.
 */
export function checkClaims(claims: Claims, all: readonly Drawn[]): readonly CheckedClaim[] {
  const rows = Object.entries(claims.declared).map(([name, claim]) => checked(name, claim, all));
  const tested = rows.filter(({ p }) => p !== undefined);
  const correct = { holm, "benjamini-hochberg": benjaminiHochberg, none: (ps: readonly number[]) => ps };
  const corrected = correct[claims.multiplicity](tested.map(({ p }) => p as number));
  return rows.map((row) => {
    const place = tested.indexOf(row);
    if (place < 0) return row;
    const p = corrected[place] as number;
    return { ...row, corrected: p, status: p <= 1 - claims.level + 1e-12 ? "passed" : "failed" };
  });
}

function checked(name: string, claim: DeclaredClaim, all: readonly Drawn[]): CheckedClaim {
  const { by, why } = claim;
  const id = idOf(claim);
  const found = all.find(({ row }) => row.id === id);
  const head = { claim: name, figure: id, bound: boundOf(claim), by, ...(why !== undefined && { why }) };
  if (found === undefined) return { ...head, status: "unmeasured", reason: missing(name, claim, all) };
  const { row, draws } = found;
  const { value, low, high, reason } = row;
  if (value === undefined) return { ...head, status: "unmeasured", reason: reason ?? "there is no figure" };
  const figures = { value, ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  const [from, to] = endsOf(claim);
  if (by === "figure" && claim.measure !== "equivalence")
    return { ...head, ...figures, status: value >= from && value <= to ? "passed" : "failed" };
  const p = claim.measure === "equivalence" ? row.p : chanceOf(draws, from, to);
  if (p === undefined || low === undefined) return { ...head, ...figures, status: "unmeasured", reason: untold };
  // What it comes to is settled once all are corrected.
  return { ...head, ...figures, p, status: "failed" };
}

const untold = "its chance cannot be told (few answers on a side, or all alike); claim it by: figure";

const idOf = ({ item, measure, group }: DeclaredClaim): string => {
  const [of] = Object.entries(group ?? {});
  return figureId(item, measure, of === undefined ? undefined : { attribute: of[0], group: of[1] });
};

function endsOf({ within, "at-least": low, "at-most": high }: DeclaredClaim): readonly [number, number] {
  if (within !== undefined) return [-within, within];
  return [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY];
}

/** How often samples drawn again break one end of the bound, at the end where they do it more often; never none. */
function chanceOf(draws: Float64Array, from: number, to: number): number | undefined {
  const there = draws.filter((draw) => !Number.isNaN(draw));
  if (there.length === 0) return undefined;
  const [below, above] = [there.filter((draw) => draw < from).length, there.filter((draw) => draw > to).length];
  return Math.min(1, (1 + Math.max(below, above)) / (1 + there.length));
}

function boundOf({ within, "at-least": low, "at-most": high }: DeclaredClaim): string {
  if (within !== undefined) return `at most ${within} apart`;
  const ends = [...(low === undefined ? [] : [`at least ${low}`]), ...(high === undefined ? [] : [`at most ${high}`])];
  return ends.length === 0 ? "within the item's margin" : ends.join(" and ");
}

/** Why there is no such figure, where it is no mistake of whoever claimed it. */
function missing(name: string, { item, measure, group }: DeclaredClaim, all: readonly Drawn[]): string {
  const rows = all.map(({ row }) => row);
  const items = [...new Set(rows.flatMap((row) => row.item ?? []))];
  if (item !== undefined && !items.includes(item)) throw unknown(name, { what: "item", given: item, there: items });
  const isOf = (row: ComparisonFigure): boolean => row.item === item;
  const measures = [...new Set(rows.filter(isOf).map((row) => row.measure))];
  const twins = ["accuracy", "closeness", "correlation", "rank-correlation"];
  if (twins.some((one) => measure === one || measure === `${one}-over-baseline`)) return "nobody is linked to a twin";
  if (!measures.includes(measure)) throw unknown(name, { what: "measure", given: measure, there: measures });
  const [attribute = "", value = ""] = Object.entries(group ?? {})[0] ?? [];
  return `too few on one side have ${attribute} ${value}`;
}

function unknown(
  claim: string,
  { what, given, there }: { readonly what: string; readonly given: string; readonly there: readonly string[] },
): TinyTroupeError<"OPTION_INVALID"> {
  const [meant] = nearest(given, there);
  return new TinyTroupeError(
    "OPTION_INVALID",
    `The claim ${claim} is about the ${what} '${given}', which there is not.`,
    {
      data: { option: "claims", value: given },
      hint: meant === undefined ? `There are: ${there.join(", ")}.` : `Did you mean '${meant}'?`,
    },
  );
}
