import { z } from "zod";
import { defineKind } from "../../kind.ts";
import { Text } from "../../written.ts";
import { Bounds, numberScale, wrongBounds } from "./number.ts";

/** A number between two ends, on a line. */
export const slider = defineKind(
  "slider",
  {
    ...Bounds,
    low: z.number().default(0),
    high: z.number().default(100),
    lowLabel: Text.optional(),
    highLabel: Text.optional(),
  },
  {
    parts: (item) => [
      {
        ...{ id: item.id, scale: numberScale(item), options: [], unit: item.unit, look: "slider" as const },
        ends: { low: item.lowLabel, high: item.highLabel },
      },
    ],
    wrong: wrongBounds,
  },
);
