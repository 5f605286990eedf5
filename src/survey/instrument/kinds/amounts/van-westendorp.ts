import { z } from "zod";
import { defineKind } from "../../kind.ts";
import { Text } from "../../written.ts";

const asked = {
  "too-cheap": "At what price would it be so low that you would doubt its quality?",
  cheap: "At what price would it be a bargain?",
  expensive: "At what price would it begin to be expensive, so that you would have to think about it?",
  "too-expensive": "At what price would it be so expensive that you would not consider it?",
} as const;
const keys = Object.keys(asked) as readonly (keyof typeof asked)[];

/**
 * Four prices, from too cheap to too expensive (P. H. van Westendorp, "NSS price sensitivity meter", 1976); `pricePoints`
 * has what they come to.
 */
export const vanWestendorp = defineKind(
  "van-westendorp",
  {
    unit: Text.optional().describe("The currency."),
    high: z.number().gt(0).optional().describe("The highest price that can be named."),
    asks: z
      .strictObject({ "too-cheap": Text, cheap: Text, expensive: Text, "too-expensive": Text })
      .optional()
      .describe("The four questions in other words."),
  },
  {
    parts: ({ id, unit, high, asks = asked }) =>
      keys.map((key) => ({
        ...{ id: `${id}.${key}`, asks: asks[key], options: [], unit },
        scale: { kind: "number" as const, low: 0, ...(high !== undefined && { high }) },
      })),
    english: ({ asks }) => (asks === undefined ? ["asks"] : []),
  },
);
