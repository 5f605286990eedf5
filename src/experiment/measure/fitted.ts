import type { Scale } from "../../kernel/contracts/answers/scale.ts";
import { misfit } from "../../kernel/contracts/answers/scale.ts";
import type { MetricScale } from "../design/metric.ts";

/** A value as its scale has it: yes and no also as 1 and 0, figures also as text; undefined for what is none. */
export function fitted(scale: MetricScale, value: unknown): number | string | undefined {
  const forms: readonly unknown[] =
    typeof value === "boolean"
      ? scale.kind === "number"
        ? [Number(value)]
        : [value ? "yes" : "no", String(value)]
      : [value, ...(typeof value === "number" ? [String(value)] : []), ...figureIn(value)];
  const found = forms.find((form) => misfit(scale as Scale, form) === undefined);
  return found as number | string | undefined;
}

const figureIn = (value: unknown): readonly number[] =>
  typeof value === "string" && /^[+-]?\d+(?:\.\d+)?$/.test(value.trim()) ? [Number(value)] : [];
