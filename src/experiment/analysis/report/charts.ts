import type { BarChart, IntervalChart } from "../../../plot/chart.ts";
import type { ExperimentAnalysis } from "../analyse.ts";
import type { EffectFigure } from "../figures.ts";
import { measured, percent } from "./words.ts";

/** The plots of an experiment: effects by what is measured, levels of what was claimed, what values differ by. */
export interface ExperimentPlot {
  /** Under which heading it stands. */
  readonly under: "declared" | "exploratory" | "stability" | "variance";
  readonly name: string;
  readonly chart: BarChart | IntervalChart;
}

/** Estimates that a chart shows: more nobody reads. */
const mostEstimates = 40;

/** All plots of an analysis, as data. */
export function experimentPlots(analysis: ExperimentAnalysis): readonly ExperimentPlot[] {
  const { effects, plan } = analysis;
  const [declared, others] = [true, false].map((is) => effects.filter(({ claims }) => claims.length > 0 === is));
  return [
    ...effectPlots(declared ?? [], { plan, under: "declared" }),
    ...effectPlots(others ?? [], { plan, under: "exploratory" }),
    ...stabilityPlots(analysis),
    ...variancePlots(analysis),
  ];
}

interface Where {
  readonly plan: ExperimentAnalysis["plan"];
  readonly under: "declared" | "exploratory";
}

/** One plot for each metric, as each has its own scale. */
function effectPlots(effects: readonly EffectFigure[], { plan, under }: Where): readonly ExperimentPlot[] {
  return [...Map.groupBy(effects, ({ metric }) => metric)].flatMap(([metric, figures]) => {
    const estimates = figures.flatMap(({ value, low, high, ...figure }) =>
      value === undefined || low === undefined || high === undefined
        ? []
        : [{ label: labelOf(figure), value, low, high }],
    );
    if (estimates.length === 0) return [];
    const chart: IntervalChart = {
      ...{ kind: "intervals", title: metric, reference: 0, estimates: estimates.slice(0, mostEstimates) },
      measure: `difference, ${unitOf(figures[0] as EffectFigure)} (${percent(plan.level)} intervals)`,
      note: `Simulated${under === "exploratory" ? ", exploratory" : ""}. ${counted(figures)}`,
    };
    return [{ under, name: metric, chart }];
  });
}

const labelOf = ({ id, contrast, option }: Pick<EffectFigure, "id" | "contrast" | "option">): string =>
  `${id} ${option === undefined ? "" : `${option}: `}${contrast}`;

const unitOf = ({ measure }: EffectFigure): string =>
  measure === "share" ? "share of people" : measure === "steps" ? "steps of the scale" : "in its own unit";

function counted(figures: readonly EffectFigure[]): string {
  const pairs = figures.map((figure) => figure.pairs);
  const [least, most] = [Math.min(...pairs), Math.max(...pairs)];
  return least === most ? `${least} pairs.` : `${least} to ${most} pairs.`;
}

function stabilityPlots({ effects, plan }: ExperimentAnalysis): readonly ExperimentPlot[] {
  return effects
    .filter(({ claims }) => claims.length > 0)
    .flatMap((figure) => {
      const estimates = figure.stability
        .filter(({ levels }) => levels.length > 1)
        .flatMap(({ dimension, levels }) =>
          levels.flatMap(({ level, value, low, high }) =>
            low === undefined || high === undefined ? [] : [{ label: `${dimension} ${level}`, value, low, high }],
          ),
        );
      if (estimates.length === 0) return [];
      const { value, low, high } = figure;
      const whole =
        value === undefined || low === undefined || high === undefined ? [] : [{ label: "all", value, low, high }];
      const chart: IntervalChart = {
        ...{ kind: "intervals", title: `${labelOf(figure)}, ${measured(figure)}`, reference: 0 },
        estimates: [...whole, ...estimates].slice(0, mostEstimates),
        measure: `difference, ${unitOf(figure)} (${percent(plan.level)} intervals)`,
        note: "Simulated. The whole, and each level by itself.",
      };
      return [{ under: "stability", name: figure.id, chart }];
    });
}

function variancePlots({ variance }: ExperimentAnalysis): readonly ExperimentPlot[] {
  return variance.flatMap((split) => {
    if ("reason" in split) return [];
    const lone = split.components.map(({ name, share }) => ({ label: name, value: 100 * share }));
    const mixed = split.confounded.flatMap(({ names, together }) =>
      together === undefined ? [] : [{ label: names.join(" or "), value: 100 * together.share }],
    );
    const chart: BarChart = {
      ...{ kind: "bars", title: `What ${split.metric} differs by`, bars: [...lone, ...mixed] },
      ...{ measure: "share of the variance, %", note: `Simulated. ${split.n} values; run and residual are sampling.` },
    };
    return [{ under: "variance", name: split.metric, chart }];
  });
}
