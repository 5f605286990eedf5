import { Command, InvalidArgumentError } from "commander";
import {
  type LedgerField,
  type LedgerRow,
  type LedgerSums,
  readConfiguration,
  type StoryNames,
  storyNames,
} from "../../../index.ts";
import { type RunRecord, readLedger, readStory, type Store, type StoredLedger } from "../../../stores.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { facts, type Row, table } from "../../terminal/table.ts";
import { withExamples } from "../flags.ts";
import { findRun, reading, type StoreFlags } from "../study.ts";
import { costOf, dollars, grouped, percent, priceText, unknownText } from "./amounts.ts";

const fields = [
  "person",
  "purpose",
  "label",
  "world",
  "step",
  "model",
  "outcome",
  "scope",
] as const satisfies readonly LedgerField[];

interface CostFlags extends StoreFlags {
  readonly by?: readonly LedgerField[];
}

/** How many rows each part of the summary shows. */
const shownRows = 10;

const help = `
Counted is every attempt over all openings of the run, failed ones too, as the
provider reported it. Answers that the journal served again cost nothing and are
no part of it: a run says their number at its end. Prices are those of today's
table, with the month in which each was read; what is not known is said to be
unknown.`;

/** `tinytroupe runs cost`: what a run used and cost, from the journal. */
export function costCommand(session: Session): Command {
  const command = new Command("cost")
    .usage("[options] [run]")
    .argument("[run]", "the beginning of its name (default: the last played)")
    .description("what a run used and cost: in all, and by purpose, person, step and model")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--by <fields>", `one table by these, as in person,step: ${fields.join(", ")}`, fieldsOf)
    .option("--json", "for programs")
    .addHelpText("after", help)
    .action((id: string | undefined, flags: CostFlags) =>
      reading(session, flags, async (store) => cost(session, store, { run: await findRun(store, id), flags })),
    );
  return withExamples(
    command,
    ["runs cost", "the last played"],
    ["runs cost brainstorming --by person,step"],
    ["runs cost --by label", "as the program calls its surveys and reports"],
  );
}

function fieldsOf(value: string): readonly LedgerField[] {
  return value.split(",").map((part) => {
    const field = fields.find((name) => name === part.trim());
    if (field === undefined) throw new InvalidArgumentError(`Give some of ${fields.join(", ")}, with commas.`);
    return field;
  });
}

async function cost(
  session: Session,
  store: Store,
  { run, flags }: { readonly run: RunRecord; readonly flags: CostFlags },
): Promise<void> {
  const { settings } = await readConfiguration(session.environment);
  const stored = await readLedger(store, run.id, settings.prices);
  const wanted =
    flags.by === undefined ? (["purpose", "person", "step", "model"] as const).map((field) => [field]) : [flags.by];
  const tables = wanted.map((by) => ({ by, rows: inOrder(by, stored.ledger.by(...by)) }));
  if (session.json) {
    const { id, name, seed, model, status, takes } = run;
    return reply(session, {
      simulated: true,
      ...{ run: id, name, seed, model, status, takes },
      prices: [...stored.prices].map(([asked, price]) => ({ model: asked, price: price ?? null })),
      total: document(stored.ledger.paid),
      tables: tables.map(({ by, rows }) => ({ by, rows: rows.map(document) })),
    });
  }
  const names = await namesIn(store, run);
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  if (flags.by === undefined) out.print(...facts(summary(run, stored), look));
  for (const { by, rows } of tables) {
    const shown = flags.by === undefined ? rows.slice(0, shownRows) : rows;
    if (flags.by === undefined) out.print("", style.bold(`by ${by.join(" and ")}`));
    out.print(
      ...table(
        shown.map((row) => shownRow(by, row, names)),
        look,
      ),
    );
    if (rows.length > shown.length) out.print(style.dim(`… and ${rows.length - shown.length} more: --by ${by}`));
  }
}

/** The dearest first; steps stay in the order in which they were played. */
function inOrder(by: readonly LedgerField[], rows: readonly LedgerRow[]): readonly LedgerRow[] {
  if (by.includes("step")) return rows;
  const tokens = (row: LedgerRow): number => row.input + row.output + row.unknownTokens;
  return rows.toSorted((one, other) => other.usd - one.usd || tokens(other) - tokens(one));
}

/** Sums as programs read them: dollars that nobody knows are null, and what is known of them stands apart. */
function document<Sums extends LedgerSums>(sums: Sums) {
  return { ...sums, usd: sums.unpriced > 0 ? null : sums.usd, knownUsd: sums.usd };
}

function summary(run: RunRecord, { ledger, prices }: StoredLedger): Row {
  const { paid } = ledger;
  const failed = ledger.by("outcome").find(({ outcome }) => outcome === "failed")?.calls ?? 0;
  const saved = paid.savedUsd === 0 ? "" : `, and the provider's cache saved ${dollars(paid.savedUsd)}`;
  return {
    run: `${run.id} · ${run.status} · opened ${run.takes === 1 ? "once" : `${run.takes} times`}`,
    calls: `${grouped(paid.calls)}${failed === 0 ? "" : `, ${grouped(failed)} of them failed`}`,
    ...(paid.unknown > 0 && { unknown: unknownText(paid) }),
    "tokens in": `${grouped(paid.input)}${paid.cachedInput === 0 ? "" : `, ${percent(paid.hitRate)} from the provider's cache`}`,
    "tokens out": `${grouped(paid.output)}${paid.reasoning === 0 ? "" : `, ${grouped(paid.reasoning)} of them thoughts`}`,
    cost: `${costOf(paid)}${saved}`,
    prices: [...prices].map(([model, price]) => `${model}: ${priceText(price)}`).join("\n"),
  };
}

async function namesIn(store: Store, run: RunRecord): Promise<StoryNames> {
  const types = ["person-created", "world-created"] as const;
  return storyNames(await Array.fromAsync(readStory(store, run.id, { types })));
}

function shownRow(by: readonly LedgerField[], row: LedgerRow, names: StoryNames): Row {
  const cells = by.map((field) => [field, nameOf(field, row[field], names)] as const);
  return {
    ...Object.fromEntries(cells),
    calls: grouped(row.calls),
    in: grouped(row.input),
    cached: percent(row.hitRate),
    out: grouped(row.output),
    cost: costOf(row),
  };
}

/** What stands in a row for people; reading a whole conversation, say, is done for nobody in it. */
export function nameOf(
  field: LedgerField,
  value: string | undefined,
  { people, worlds }: Partial<StoryNames> = {},
): string {
  if (value === undefined)
    return (
      { person: "(nobody)", world: "(outside of worlds)", label: "(none)" }[field as string] ?? "(outside of steps)"
    );
  if (field === "world") return worlds?.get(value) ?? value;
  if (field !== "person") return value;
  const id = value.replace(/^person:/, "");
  return people?.get(id) ?? id;
}
