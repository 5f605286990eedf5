/** What every chart says beside its figures. */
interface About {
  readonly title: string;
  /** A line under the title: n, the source, that it is simulated. */
  readonly note?: string;
  /** What is to be seen in it, for who does not see it. Default: the figures in words. */
  readonly description?: string;
}

/** A length for each of several things; several bars for each where they name a group. */
export interface BarChart extends About {
  readonly kind: "bars";
  /** In this order from the top. */
  readonly bars: readonly {
    readonly label: string;
    readonly value: number;
    readonly group?: string;
    /** Where the value lies, as far as that is known: a line on the bar. */
    readonly interval?: { readonly low: number; readonly high: number };
  }[];
  /** What the lengths are, as in `share of people, %`. */
  readonly measure: string;
}

/** Answers on a scale, one stack a row, the middle of the scale in the middle of the chart. */
export interface LikertChart extends About {
  readonly kind: "likert";
  /** From the lowest to the highest. */
  readonly levels: readonly string[];
  /** One count or share for each level, in the same order; brought to a sum of 100 %. */
  readonly rows: readonly { readonly label: string; readonly counts: readonly number[] }[];
}

/** How many lie in each range of a number. */
export interface Histogram extends About {
  readonly kind: "histogram";
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** What the number is, with its unit. */
  readonly measure: string;
  /** What is counted. Default: people. */
  readonly counted?: string;
}

/** A table of two things, each cell as dark as its value is high. */
export interface HeatMap extends About {
  readonly kind: "heat map";
  readonly across: { readonly title: string; readonly labels: readonly string[] };
  readonly down: { readonly title: string; readonly labels: readonly string[] };
  /** A row for each label of `down`, a value for each of `across`; what is undefined stays empty. */
  readonly values: readonly (readonly (number | undefined)[])[];
  /** What the values are. */
  readonly measure: string;
}

/** What there is, as bars, and what was wanted, as a mark on each. */
export interface TargetChart extends About {
  readonly kind: "against target";
  readonly levels: readonly { readonly label: string; readonly value: number; readonly target: number }[];
  readonly measure: string;
  /** What the bars and the marks are called. */
  readonly names: { readonly value: string; readonly target: string };
}

/** Two numbers of each of many, as points. */
export interface ScatterPlot extends About {
  readonly kind: "scatter";
  readonly points: readonly { readonly x: number; readonly y: number; readonly group?: string }[];
  readonly x: string;
  readonly y: string;
}

/** In which places each of several things was ranked, one stack a thing, the best on the mean at the top. */
export interface RankingChart extends About {
  readonly kind: "ranking";
  /** How many put it first, second and so on; a thing that was left out by some has fewer. */
  readonly items: readonly { readonly label: string; readonly counts: readonly number[] }[];
}

/** An estimate each, with the interval in which it lies: simulated beside people, arms, segments. */
export interface IntervalChart extends About {
  readonly kind: "intervals";
  /** In this order from the top; several of one label where they name a group. */
  readonly estimates: readonly {
    readonly label: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly group?: string;
  }[];
  /** What is estimated, and which intervals these are, as in `share who chose it, % (95 % intervals)`. */
  readonly measure: string;
  /** Where there is no difference: a line is drawn there. */
  readonly reference?: number;
}

/** Who stands with whom. */
export interface NetworkChart extends About {
  readonly kind: "network";
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly group?: string }[];
  /** By the ids of nodes; `weight` (default 1) is how thick it is drawn. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly weight?: number }[];
}

/** What happened when, one row for each of whom it happened to. */
export interface TimelineChart extends About {
  readonly kind: "timeline";
  readonly rows: readonly string[];
  /** `at`: a step or any other number, or a moment as ISO 8601 in UTC, all of the same sort. */
  readonly events: readonly { readonly row: string; readonly at: number | string; readonly group?: string }[];
  /** What `at` is, as in `step`. */
  readonly measure: string;
}

/** A picture of figures, as data. */
export type Chart =
  | BarChart
  | LikertChart
  | Histogram
  | HeatMap
  | TargetChart
  | ScatterPlot
  | RankingChart
  | IntervalChart
  | NetworkChart
  | TimelineChart;
