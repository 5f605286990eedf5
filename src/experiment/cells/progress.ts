import type { Listener } from "../../kernel/contracts/events.ts";
import type { LedgerSums } from "../../model/flow/money/ledger.ts";
import type { Simulation } from "../../simulation/simulation.ts";

/** How far an experiment is, and what it has come to in this start. */
export interface ExperimentProgress {
  readonly cells: { readonly done: number; readonly of: number };
  readonly arms: { readonly done: number; readonly of: number; readonly failed: number };
  /** Calls that were paid. */
  readonly calls: number;
  /** Calls that were answered by an earlier start, or by the first arm. */
  readonly served: number;
  /** US dollars of the calls whose price is known. */
  readonly usd: number;
  /** Calls without a known price. */
  readonly unpriced: number;
}

/** What counts along. */
export interface Progress {
  readonly now: () => ExperimentProgress;
  /** Counts what a run spends, and for good when what it returns is called. */
  readonly open: (simulation: Simulation) => () => void;
  readonly heard: Listener;
  readonly ended: (isFailed: boolean) => void;
  readonly cell: () => void;
}

interface Counting {
  readonly cells: number;
  /** Of each cell. */
  readonly arms: number;
  readonly onExperiment: ((progress: ExperimentProgress) => void) | undefined;
}

const fields = ["calls", "served", "usd", "unpriced"] as const;
type Spent = Pick<ExperimentProgress, (typeof fields)[number]>;

export function createProgress({ cells, arms, onExperiment }: Counting): Progress {
  const open = new Set<Simulation>();
  const done = { cells: 0, arms: 0, failed: 0 };
  let settled: Spent = { calls: 0, served: 0, usd: 0, unpriced: 0 };
  const now = (): ExperimentProgress => ({
    cells: { done: done.cells, of: cells },
    arms: { done: done.arms, of: cells * arms, failed: done.failed },
    ...[...open].map(spentBy).reduce(sum, settled),
  });
  const tell = (): void => onExperiment?.(now());
  return {
    now,
    open: (simulation) => {
      open.add(simulation);
      return () => {
        if (open.delete(simulation)) settled = sum(settled, spentBy(simulation));
      };
    },
    heard: ({ type }) => {
      if (type === "call-finished") tell();
    },
    ended: (isFailed) => {
      done.arms += 1;
      done.failed += Number(isFailed);
      tell();
    },
    cell: () => {
      done.cells += 1;
      tell();
    },
  };
}

function spentBy({ ledger }: Simulation): Spent {
  const { calls, usd, unpriced }: LedgerSums = ledger.paid;
  return { calls, served: ledger.replayed.calls, usd, unpriced };
}

const sum = (one: Spent, other: Spent): Spent =>
  Object.fromEntries(fields.map((field) => [field, one[field] + other[field]])) as unknown as Spent;
