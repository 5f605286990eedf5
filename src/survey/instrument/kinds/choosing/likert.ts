import { z } from "zod";
import { defineKind, idsOf } from "../../kind.ts";
import { OptionEntry } from "../../written.ts";

/** Labels of an ordered scale, lowest first. */
export const OrderedLabels = z.array(OptionEntry).min(2).max(11).describe("Lowest first.");

/** One of several labels that have an order. */
export const likert = defineKind(
  "likert",
  { labels: OrderedLabels },
  {
    parts: ({ id, labels }) => [{ id, scale: { kind: "ordinal", options: idsOf(labels) }, options: labels }],
  },
);
