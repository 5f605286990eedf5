import type { MetricScale } from "../../design/metric.ts";

/** A number of each value, in which arms are compared. */
export interface Measure {
  /** `mean` of numbers, `steps` of ordered options, `share` of an option. */
  readonly name: "mean" | "steps" | "share";
  readonly option?: string;
  /** Undefined for what is no value of the scale. */
  of(value: number | string): number | undefined;
}

/** How the values of a metric are compared; texts are not. */
export function measuresOf(scale: MetricScale): readonly Measure[] {
  switch (scale.kind) {
    case "number": {
      const { low = -Infinity, high = Infinity } = scale;
      const of = (value: number | string): number | undefined =>
        typeof value === "number" && value >= low && value <= high ? value : undefined;
      return [{ name: "mean", of }];
    }
    case "ordinal": {
      const steps = new Map(scale.options.map((option, place) => [option, place + 1]));
      return [{ name: "steps", of: (value) => steps.get(String(value)) }];
    }
    case "nominal":
      return scale.options.map((option) => ({
        name: "share",
        option,
        of: (value) => (scale.options.includes(String(value)) ? Number(String(value) === option) : undefined),
      }));
    case "text":
      return [];
  }
}
