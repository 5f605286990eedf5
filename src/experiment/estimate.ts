import type { Budget } from "../kernel/values/errors.ts";
import type { LedgerSums } from "../model/flow/money/ledger.ts";
import { readConfiguration } from "../simulation/configuration/configuration.ts";
import { readEnvironment } from "../simulation/environment.ts";
import { type Estimate, type EstimateOptions, estimateWithForks } from "../study/estimate/estimate.ts";
import { actorsIn, armedStudy, headed, modelIn } from "./cells/armed.ts";
import { type Cell, cellsOf, playedArms } from "./cells/cells.ts";
import type { Experiment } from "./define.ts";

/** What some calls are expected to use and cost. */
export interface EstimatedAmount {
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  /** Null where a price is not known. */
  readonly usd: number | null;
}

/** What an experiment is expected to use and cost. Nothing was asked of a provider for it, and nothing was kept. */
export interface ExperimentEstimate {
  readonly cells: number;
  readonly runs: number;
  /** Cells that were rehearsed; where they are fewer, the others are taken to be like those of their population and model. */
  readonly rehearsed: number;
  readonly low: EstimatedAmount;
  readonly high: EstimatedAmount;
  /** Calls that the journal would answer for nothing. */
  readonly served: number;
  /** What earlier starts have spent on the cells that were rehearsed. */
  readonly spent: EstimatedAmount;
  /** Whether the budget would hold, where there is one. */
  readonly budget?: { readonly limit: Budget; readonly verdict: "holds" | "tight" | "short" | "unknown" };
  /** What the figures rest on, in sentences. */
  readonly assumptions: readonly string[];
}

/** So many cells are rehearsed each by itself. */
const rehearsedAtMost = 16;

/**
 * Plays an experiment on `builtin` in a throw-away store and counts: arms as forks of the first, so that what they share is
 * paid once. Of more than 16 cells one of each population and model is rehearsed.
 * @throws as `estimate`
 * @example
 * const study = defineStudy({ name: "hello", run: async (simulation) => (await simulation.person("lisa")).listenAndAct("Hm?") });
 * const metrics = { words: { from: { count: "TALK" } } };
 * const experiment = defineExperiment({ name: "nothing", study, arms: { a: {}, b: {} }, metrics });
 * (await estimateExperiment(experiment, { model: "openai/gpt-5-mini" })).high.calls; // => 1
 */
export async function estimateExperiment(
  experiment: Experiment,
  given: EstimateOptions = {},
): Promise<ExperimentEstimate> {
  const { design } = experiment;
  const environment = given.environment ?? readEnvironment();
  const configuration = given.configuration ?? (await readConfiguration(environment));
  const cells = cellsOf(experiment, given.model !== undefined);
  const kinds = Map.groupBy(cells, kindOf);
  const played = cells.length <= rehearsedAtMost ? cells : [...kinds.values()].flatMap(([cell]) => cell ?? []);
  const estimates: { readonly found: Estimate; readonly times: number }[] = [];
  for (const cell of played) {
    const times = played.length === cells.length ? 1 : (kinds.get(kindOf(cell))?.length ?? 1);
    estimates.push({ found: await estimateCell(cell, experiment, { ...given, environment, configuration }), times });
  }
  const limit = given.budget ?? design.budget ?? configuration.settings.budget;
  const [low, high, spent] = [
    total(estimates.map(({ found, times }) => [found.low.paid, times])),
    total(estimates.map(({ found, times }) => [found.high.paid, times])),
    total(estimates.map(({ found }) => [found.spent.paid, 1])),
  ];
  return {
    ...{ cells: cells.length, runs: cells.length * playedArms(design).length, rehearsed: played.length },
    ...{ low, high, spent, served: estimates.reduce((sum, { found, times }) => sum + times * found.served, 0) },
    ...(limit && { budget: { limit, verdict: verdictOf(limit, { low, high, spent }) } }),
    assumptions: [...new Set(estimates.flatMap(({ found }) => found.assumptions))],
  };
}

const kindOf = ({ population, model }: Cell): string =>
  JSON.stringify([population, typeof model === "object" && "generate" in model ? model.id : model]);

type Settled = EstimateOptions & Required<Pick<EstimateOptions, "environment" | "configuration">>;

function estimateCell(cell: Cell, experiment: Experiment, given: Settled): Promise<Estimate> {
  const [first, ...others] = playedArms(experiment.design);
  const place = { experiment, cell, arm: first };
  const study = armedStudy(place);
  return estimateWithForks(
    study,
    (run) =>
      others.map((arm) => {
        const { model: _own, ...fork } = armedStudy({ ...place, arm }, run);
        return { ...fork, ...modelIn({ ...place, arm }, given.model) };
      }),
    {
      ...{ ...actorsIn(experiment, given), ...given, seed: cell.dice },
      ...{ configuration: headed(study, given.configuration), ...modelIn(place, given.model) },
    },
  );
}

function total(parts: readonly (readonly [sums: LedgerSums, times: number])[]): EstimatedAmount {
  const sum = (field: "calls" | "input" | "output" | "usd" | "unpriced"): number =>
    parts.reduce((all, [sums, times]) => all + times * sums[field], 0);
  return {
    ...{ calls: sum("calls"), input: sum("input"), output: sum("output") },
    usd: sum("unpriced") > 0 ? null : sum("usd"),
  };
}

type Amounts = Readonly<Record<"low" | "high" | "spent", EstimatedAmount>>;

function verdictOf(limit: Budget, { low, high, spent }: Amounts): "holds" | "tight" | "short" | "unknown" {
  if (limit.usd !== undefined && high.usd === null) return "unknown";
  const within = (amount: EstimatedAmount): boolean =>
    spent.calls + amount.calls <= (limit.calls ?? Infinity) &&
    spent.input + spent.output + amount.input + amount.output <= (limit.tokens ?? Infinity) &&
    (spent.usd ?? 0) + (amount.usd ?? 0) <= (limit.usd ?? Infinity);
  return within(high) ? "holds" : within(low) ? "tight" : "short";
}
