import {
  type BudgetCheck,
  budgetText,
  type Estimate,
  estimate,
  type LedgerField,
  type LedgerSums,
  layered,
  type SimulationEvent,
  type Study,
} from "../../../index.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { createPreparation } from "../../live/preparation.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { facts, type Row, table } from "../../terminal/table.ts";
import { configurationOf, type ModelFlags } from "../flags.ts";
import { resumedRun } from "../study.ts";
import { costOf, dollars, grouped, percent, priceText } from "./amounts.ts";
import { nameOf } from "./cost.ts";

type DryRunFlags = ModelFlags & { readonly json?: boolean; readonly resume?: string | true; readonly dryRun?: boolean };

/** `tinytroupe run --dry-run`: plays the study by rules, and says what it would cost with the real model. */
export async function dryRun(session: Session, study: Study, flags: DryRunFlags): Promise<void> {
  const interrupt = onInterrupt(session);
  try {
    const settled = await configurationOf(session, flags, study);
    const run = await resumedRun(session, study, flags);
    const configuration = run ? layered(settled, { seed: run.seed, model: run.model }, () => `run ${run.id}`) : settled;
    for (const warning of configuration.warnings) session.err.say(warning, session.errStyle.warn);
    const estimating = estimate(study, {
      ...{ environment: session.environment, configuration, signal: interrupt.signal, onEvent: watching(session) },
      ...(flags.reads && { actors: flags.reads }),
    });
    const found = await (session.err.live ? estimating : patiently(session, estimating));
    session.err.footer([]);
    session.exitCode = wouldNotHold(found) ? 3 : 0;
    if (session.json) reply(session, document(found));
    else show(session, found);
  } finally {
    session.err.footer([]);
    interrupt.release();
  }
}

function patiently<T>({ err }: Session, work: Promise<T>): Promise<T> {
  return createPreparation(err, () => performance.now()).during("Rehearsing the study on builtin", work);
}

/** Warnings as they come, and at a terminal the count of calls in the last line. */
function watching({ err, errStyle }: Session): (event: SimulationEvent) => void {
  let [calls, shown] = [0, Number.NEGATIVE_INFINITY];
  return (event) => {
    if (event.type === "warning") return err.say(event.message, errStyle.warn);
    if (!err.live || event.type !== "call-finished") return;
    calls += 1;
    if (performance.now() - shown < 100) return;
    shown = performance.now();
    err.footer([`Rehearsing the study on builtin · ${grouped(calls)} ${calls === 1 ? "call" : "calls"}`]);
  };
}

function document(found: Estimate) {
  const { low, high, spent, prices, ...rest } = found;
  return {
    dryRun: true,
    ...rest,
    prices: [...prices].map(([model, price]) => ({ model, price: price ?? null })),
    spent: amounts(spent.paid),
    total: band(low.paid, high.paid),
    tables: (["purpose", "person"] as const).map((field) => ({ by: [field], rows: rowsBy(found, field) })),
  };
}

function rowsBy({ low, high }: Estimate, field: LedgerField) {
  const most = new Map(high.by(field).map((row) => [row[field], row]));
  return low.by(field).map((row) => ({ [field]: row[field], ...band(row, most.get(row[field]) ?? row) }));
}

function band(low: LedgerSums, high: LedgerSums) {
  return { calls: low.calls, low: amounts(low), high: amounts(high) };
}

function amounts({ calls, input, cachedInput, output, usd, unpriced }: LedgerSums) {
  return { calls, input, cachedInput, output, usd: unpriced > 0 ? null : usd };
}

function show({ out, outStyle: style }: Session, found: Estimate): void {
  const look = { width: out.width, style };
  out.say(found.reason, style.dim);
  out.say("A dry run: no model was asked, and nothing is kept of it.", style.dim);
  out.print("", ...facts(summary(found), look));
  for (const field of ["purpose", "person"] as const) {
    const rows = rowsBy(found, field);
    const shown = rows.slice(0, 20).map((row) => shownRow(field, row));
    out.print("", style.bold(`by ${field}`), ...table(shown, look));
    if (rows.length > shown.length) out.print(style.dim(`… and ${rows.length - shown.length} more: --json`));
  }
  out.print("");
  for (const assumption of found.assumptions) out.say(assumption, style.dim);
}

type Banded = ReturnType<typeof band>;

function summary(found: Estimate): Row {
  const { low, high, served, prices, budget } = found;
  const total = band(low.paid, high.paid);
  return {
    run: found.run,
    calls: grouped(found.calls) + (served > 0 ? `, and ${grouped(served)} that the journal answers for nothing` : ""),
    "tokens in": range(total, "input") + cachedText(low.paid.hitRate),
    "tokens out": range(total, "output"),
    price: priceRange(total),
    prices: [...prices].map(([model, price]) => `${model}: ${priceText(price)}`).join("\n"),
    ...(found.spent.paid.calls > 0 && { "spent so far": costOf(found.spent.paid) }),
    ...(budget && { budget: verdictText(budget) }),
  };
}

function cachedText(hitRate: number): string {
  return hitRate === 0 ? "" : `, up to ${percent(hitRate)} from the provider's cache`;
}

function shownRow(field: LedgerField, row: Banded & { readonly [name: string]: unknown }): Row {
  return {
    [field]: nameOf(field, row[field] as string | undefined),
    calls: grouped(row.calls),
    "tokens in": range(row, "input"),
    "tokens out": range(row, "output"),
    price: priceRange(row),
  };
}

function range({ low, high }: Banded, field: "input" | "output"): string {
  return `${grouped(low[field])} – ${grouped(high[field])}`;
}

function priceRange({ low, high }: Banded): string {
  if (low.usd === null || high.usd === null) return "unknown";
  return low.usd === high.usd ? dollars(low.usd) : `${dollars(low.usd)} – ${dollars(high.usd)}`;
}

const verdicts = {
  holds: "holds",
  tight: "is tight: the run may stop before its end",
  short: "is short: the run will stop before its end",
  unknown: "cannot hold in dollars: a price is not known",
} as const;

/** The run would come to its wall before its end, or not begin for want of a price; a tight one may well hold. */
const wouldNotHold = ({ budget }: Estimate): boolean => budget?.verdict === "short" || budget?.verdict === "unknown";

function verdictText({ limit, verdict, needed }: BudgetCheck): string {
  const wanted = (["calls", "tokens", "usd"] as const).filter((field) => limit[field] !== undefined);
  const most = Object.fromEntries(wanted.map((field) => [field, rounded(needed.high[field], field)]));
  const enough = verdict === "unknown" ? "" : `; ${budgetText(most)} would be enough for sure`;
  return `${budgetText(limit)} ${verdicts[verdict]}${verdict === "holds" ? "" : enough}`;
}

/** Up to two digits that say something. */
function rounded(amount: number, field: "calls" | "tokens" | "usd"): number {
  if (field === "calls") return amount;
  const digit = 10 ** (Math.floor(Math.log10(Math.max(amount, 1e-6))) - 1);
  const up = Math.ceil(amount / digit) * digit;
  return field === "tokens" ? Math.round(up) : Number(up.toPrecision(2));
}
