import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Joint } from "../../joint/joint.ts";
import { sharesOf } from "../../joint/tree/fit.ts";
import type { Table } from "../../joint/tree/tables.ts";

/**
 * Refuses quotas that those who are drawn cannot meet, since a group is boosted: a count that is one or more away from
 * what the boosts make of it. Throws SPECIFICATION_CONFLICT.
 * @param tables what people are drawn from, boosts included
 */
export function checkQuotas({ placed }: Joint, tables: readonly Table[], size: number): void {
  const missed = placed.flatMap((one) => {
    const { kind, part, labels, low, high } = one.family;
    if (kind !== "quota") return [];
    const expected = size * (sharesOf((tables[one.home] as Table).mass, one)[0] as number);
    const [least, most] = [low, high].map((bound) => Math.round((bound[0] as number) * size)) as [number, number];
    if (Math.ceil(expected - 1e-6) >= least && Math.floor(expected + 1e-6) <= most) return [];
    const asked = least === most ? String(least) : `${least} to ${most}`;
    return [
      { part, words: `${part} (${labels[0]}: ${asked} people; with the boosts there are ${expected.toFixed(1)})` },
    ];
  });
  if (missed.length === 0) return;
  throw new TinyTroupeError(
    "SPECIFICATION_CONFLICT",
    `${size} people who are drawn with the boosts cannot meet ${missed.map(({ words }) => words).join(", ")}.`,
    {
      data: { parts: [...missed.map(({ part }) => part), "boosts"] },
      hint: "Quotas count who is drawn, boosts included: change a quota, or the `times` of a boost.",
    },
  );
}
