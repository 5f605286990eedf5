import type { RunProvenance } from "../../table/provenance.ts";
import type { SurveyRun } from "../administer/collected.ts";
import type { Instrument } from "../instrument/document.ts";
import type { Item } from "../instrument/items.ts";
import { partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import type { VariantEffect } from "../results/effects.ts";
import type { ItemFigure } from "../results/summary.ts";
import type { TaskFigure } from "../results/tasks/task-figure.ts";
import type { SurveyWeights } from "../results/weigh.ts";

/** A survey and what it came to: what a report is made of. */
export interface SurveyFindings {
  readonly instrument: Instrument;
  readonly run: SurveyRun;
  /** Of `summariseSurvey`. */
  readonly summary: readonly ItemFigure[];
  /** Of `summariseTasks`. */
  readonly tasks?: readonly TaskFigure[];
  /** Of `variantEffects`. */
  readonly effects?: readonly VariantEffect[];
  /** Of the intervals of `summary` and `tasks`. Default: 0.95. */
  readonly level?: number;
  /** Of `weighSurvey`, where the figures are weighed. */
  readonly weighing?: SurveyWeights;
}

/** What stands above a report of a survey. */
export interface SurveyReportOptions {
  readonly title?: string;
  readonly provenance?: RunProvenance;
}

/** What a figure of a part is called: its option as people read it. */
export const labelOf = ({ options }: Pick<ItemPart, "options">, figure: string): string =>
  options.find(({ id }) => id === figure)?.label ?? figure;

/** What a part asks beside its item: nothing where it is the whole of it. */
export const partLabel = (item: Item, part: ItemPart): string =>
  partsOf(item).length === 1 ? "all" : (part.asks ?? part.id.slice(item.id.length + 1));

/** Whether groups of people are told apart. */
export const isApart = (rows: readonly { readonly segment: string }[]): boolean =>
  rows.some(({ segment }) => segment !== "all");

/** Figures of prices are called as programs call them: `marginalCheapness`. */
export const inWords = (figure: string): string =>
  /^[a-z]+[A-Z]\w*$/.test(figure) ? figure.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : figure;
