import type { Marks } from "./marks/marks.ts";
import { linesOf } from "./text-width.ts";

/** In pixels: what a telephone has beside the margins of a page. */
export const narrowWidth = 320;
const axisTitles = { most: 200, size: 12 };
const cell = 36;

/** A specification laid out anew for a telephone, with type of the same size: not the wide one made smaller. */
export function narrowed(spec: Marks): Marks {
  const { width, height, config, ...rest } = spec;
  const [axis, legend] = ["axis", "legend"].map((name) => Reflect.get(config as object, name) as object);
  return {
    ...(walked(rest) as Marks),
    // What has steps is as wide as its cells.
    ...(typeof width === "number"
      ? { width: narrowWidth, autosize: { type: "fit-x", contains: "padding" } }
      : { width: { step: cell } }),
    height: typeof height === "number" ? Math.min(height, narrowWidth) : height,
    config: {
      ...(config as object),
      axis: { ...axis, labelLimit: 120 },
      axisQuantitative: { labelOverlap: "greedy", labelSeparation: 8 },
      legend: { ...legend, columns: 1 },
    },
  };
}

/** Titles of axes on several lines; data are left as they are. */
function walked(value: unknown, key = ""): unknown {
  if (key === "data" || typeof value !== "object" || value === null) {
    return key === "title" && typeof value === "string" ? broken(value) : value;
  }
  if (Array.isArray(value)) return value.map((one) => walked(one));
  // Labels have no room for several lines: they are cut.
  const parts = Object.entries(value).filter(([name]) => name !== "labelExpr");
  return Object.fromEntries(parts.map(([name, one]) => [name, walked(one, name)]));
}

function broken(title: string): string | readonly string[] {
  const lines = linesOf(title, axisTitles.most, axisTitles.size);
  return lines.length > 1 ? lines : title;
}
