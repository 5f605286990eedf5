import type { Chart } from "../../../plot/chart.ts";
import type { Comparison } from "../compare/compared.ts";
import type { Crosstab } from "../measures/crosstab.ts";
import type { Distribution } from "../measures/distribution.ts";
import type { PopulationProfile } from "../profile.ts";

/** A chart of a profile or a comparison, with a short name for its file. */
export interface NamedChart {
  readonly name: string;
  readonly chart: Chart;
}

/** The pictures of a profile: a distribution each, then the crosstabs. */
export function profileCharts(profile: PopulationProfile): readonly NamedChart[] {
  return [
    ...profile.distributions.map((found) => ({ name: found.path, chart: distributionChart(found, profile) })),
    ...profile.crosstabs.map((found) => ({ name: `${found.down} by ${found.across}`, chart: crosstabChart(found) })),
  ];
}

/** The pictures of a comparison, one a place. */
export function comparisonCharts(comparison: Comparison): readonly NamedChart[] {
  return comparison.places.flatMap(({ path }) => {
    const values = comparison.values.filter((value) => value.path === path);
    return values.length === 0 ? [] : [{ name: path, chart: comparedChart(path, values, comparison) }];
  });
}

const simulated = (n: number, more = ""): string => `n = ${n}${more} · simulated`;
const percent = (share: number): number => Number((100 * share).toFixed(2));

function distributionChart({ path, rows, answered, missing, kind }: Distribution, profile: PopulationProfile): Chart {
  const silent = missing === 0 ? "" : `, ${missing} say nothing`;
  return {
    kind: "bars",
    title: path,
    note: simulated(answered, `${silent}${profile.weighted ? ", weighted" : ""}`),
    measure: kind === "list" ? "share of people who have it, %" : "share of people, %",
    bars: rows.map(({ value, share }) => ({ label: value, value: percent(share) })),
  };
}

function crosstabChart({ down, across, n, rows }: Crosstab): Chart {
  const [high, wide] = [[...new Set(rows.map((row) => row.down))], [...new Set(rows.map((row) => row.across))]];
  const shares = new Map(rows.map((row) => [row, percent(row.share)]));
  return {
    kind: "heat map",
    title: `${down} by ${across}`,
    note: `${simulated(n)} · share of all, %`,
    measure: "share of all people, %",
    down: { title: down, labels: high },
    across: { title: across, labels: wide },
    values: high.map((label) => rows.filter((row) => row.down === label).map((row) => shares.get(row))),
  };
}

function comparedChart(path: string, values: Comparison["values"], { of, n }: Comparison): Chart {
  const about = { title: path, measure: "share of people, %" };
  if (of === "target") {
    return {
      ...about,
      kind: "against target",
      note: simulated(n[0] ?? 0),
      names: { value: "people", target: "target" },
      levels: values.map(({ value, one, other }) => ({ label: value, value: percent(one), target: percent(other) })),
    };
  }
  return {
    ...about,
    kind: "bars",
    note: `n = ${n.join(" and ")} · simulated`,
    bars: values.flatMap(({ value, one, other }) => [
      { label: value, value: percent(one), group: "first" },
      { label: value, value: percent(other), group: "second" },
    ]),
  };
}
