import {
  budgetText,
  type Experiment,
  type ExperimentEstimate,
  estimateExperiment,
  parseBudget,
} from "../../../index.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { createPreparation } from "../../live/preparation.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { facts } from "../../terminal/table.ts";
import { configurationOf, type ModelFlags } from "../flags.ts";
import { dollars, grouped } from "../money/amounts.ts";

/** `experiment run --dry-run`: plays it by rules, and says what all of it would cost with the real models. */
export async function estimateExperimentFile(
  session: Session,
  experiment: Experiment,
  flags: Omit<ModelFlags, "seed" | "embedder">,
): Promise<void> {
  const interrupt = onInterrupt(session);
  try {
    const { model, budget } = flags;
    const configuration = await configurationOf(session, flags);
    const estimating = estimateExperiment(experiment, {
      ...{ environment: session.environment, configuration, signal: interrupt.signal },
      ...(model !== undefined && { model }),
      ...(budget !== undefined && { budget: parseBudget(budget) }),
    });
    const preparation = createPreparation(session.err, () => performance.now());
    const found = await preparation.during("Rehearsing the experiment on builtin", estimating);
    const verdict = found.budget?.verdict;
    session.exitCode = verdict === "short" || verdict === "unknown" ? 3 : 0;
    if (session.json) reply(session, { dryRun: true, experiment: experiment.design.name, ...found });
    else show(session, found);
  } finally {
    interrupt.release();
  }
}

const verdicts = {
  holds: "holds",
  tight: "is tight: the experiment may stop before its end",
  short: "is short: the experiment will stop before its end",
  unknown: "cannot hold in dollars: a price is not known",
} as const;

function show({ out, outStyle: style }: Session, found: ExperimentEstimate): void {
  const { cells, runs, rehearsed, low, high, served, spent, budget, assumptions } = found;
  const range = (from: number, to: number): string => `${grouped(from)} – ${grouped(to)}`;
  out.say("A dry run: no model was asked, and nothing is kept of it.", style.dim);
  const known = low.usd !== null && high.usd !== null ? ([low.usd, high.usd] as const) : undefined;
  out.print(
    "",
    ...facts(
      {
        cells: grouped(cells) + (rehearsed < cells ? `, of which ${grouped(rehearsed)} were rehearsed` : ""),
        runs: grouped(runs),
        calls:
          grouped(high.calls) + (served > 0 ? `, and ${grouped(served)} that the journal answers for nothing` : ""),
        "tokens in": range(low.input, high.input),
        "tokens out": range(low.output, high.output),
        price:
          known === undefined
            ? "unknown"
            : known
                .map(dollars)
                .filter((one, at, all) => all.indexOf(one) === at)
                .join(" – "),
        ...(spent.calls > 0 && { "spent so far": spent.usd === null ? "unknown" : dollars(spent.usd) }),
        ...(budget && { budget: `${budgetText(budget.limit)} ${verdicts[budget.verdict]}` }),
      },
      { width: out.width, style },
    ),
    "",
  );
  for (const assumption of assumptions) out.say(assumption, style.dim);
}
