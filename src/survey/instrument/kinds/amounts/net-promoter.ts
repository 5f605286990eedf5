import { defineKind } from "../../kind.ts";
import { Text } from "../../written.ts";
import { pointsOf } from "./scale.ts";

/** How likely somebody is to recommend something, from 0 to 10 (F. F. Reichheld, "The one number you need to grow", 2003). */
export const netPromoter = defineKind(
  "net-promoter",
  { lowLabel: Text.optional(), highLabel: Text.optional() },
  {
    parts: ({ id, lowLabel = "not at all likely", highLabel = "extremely likely" }) => {
      const options = pointsOf({ low: 0, high: 10, labels: { 0: lowLabel, 10: highLabel } });
      return [{ id, scale: { kind: "ordinal", options: options.map((option) => option.id) }, options, look: "row" }];
    },
    english: (item) => (["lowLabel", "highLabel"] as const).filter((key) => item[key] === undefined),
  },
);
