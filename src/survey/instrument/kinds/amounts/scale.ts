import { z } from "zod";
import { defineKind } from "../../kind.ts";
import { type AnswerOption, Text } from "../../written.ts";

interface Rated {
  readonly low: number;
  readonly high: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** The points of a rating scale; a point without a label is called by its number. */
export function pointsOf({ low, high, labels }: Rated): readonly AnswerOption[] {
  return Array.from({ length: high - low + 1 }, (_, place) => {
    const id = String(low + place);
    const label = Object.hasOwn(labels, id) ? labels[id] : undefined;
    return { id, label: label === undefined ? id : `${id} – ${label}` };
  });
}

/** Points from the lowest to the highest, of which some have a label: ordered, not measured. */
export const scale = defineKind(
  "scale",
  {
    low: z.int().min(-10).max(10).default(1),
    high: z.int().min(-10).max(11).default(5),
    labels: z
      .record(z.string(), Text)
      .default({})
      .describe("What points mean, by number: { 1: not at all, 5: fully }."),
  },
  {
    parts: (item) => {
      const options = pointsOf(item);
      const scale = { kind: "ordinal" as const, options: options.map(({ id }) => id) };
      return [{ id: item.id, scale, options, look: "row" }];
    },
    wrong: ({ low, high, labels }) => {
      if (low >= high) return [{ path: "low", message: "`low` must be below `high`." }];
      const strange = Object.keys(labels).filter((key) => !(Number.isInteger(+key) && +key >= low && +key <= high));
      return strange.map((key) => ({ path: `labels.${key}`, message: `There is no point ${key}.` }));
    },
  },
);
