import { existsSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import type { Store } from "../../../stores.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import type { Style } from "../../terminal/style.ts";
import { table } from "../../terminal/table.ts";
import { harmless, widthOf, wrapWhole } from "../../terminal/text.ts";
import { wholeNumber, withExamples } from "../flags.ts";
import { grouped } from "../money/amounts.ts";
import { reading, type StoreFlags, storePath } from "../study.ts";
import { type Filters, listed, localTime, momentAgo, runDocument, withFilters } from "./listing.ts";

interface ListFlags extends StoreFlags, Filters {
  readonly limit: number;
  readonly skip: number;
  readonly since?: string;
}

/** `tinytroupe runs list`: the runs of a journal, the last played first. */
export function listCommand(session: Session): Command {
  const command = withFilters(
    new Command("list")
      .description("the runs of this project, the last played first")
      .option("--limit <n>", "how many", wholeNumber, 30)
      .option("--skip <n>", "leave out so many of the newest", countOf, 0),
  )
    .option("--since <when>", "played since then, as in 12h, 7d or 2030-01-31", momentAgo)
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--json", "for programs")
    .action(async (flags: ListFlags) => {
      // A journal that was named must be there; where nothing was played yet, there is just nothing to list.
      const there = flags.store !== undefined || existsSync(await storePath(session, undefined));
      if (there) return reading(session, flags, (store) => list(session, store, flags));
      const { skip, limit } = flags;
      return session.json ? reply(session, { runs: [], total: 0, skip, limit }) : session.out.say(noneYet);
    });
  return withExamples(
    command,
    ["runs list --limit 5"],
    ["runs list --name focus --status stopped --since 7d"],
    ["runs list --store ../other/.tinytroupe/troupe.db --json"],
  );
}

function countOf(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Give a whole number from 0 up.");
}

async function list(session: Session, store: Store, flags: ListFlags): Promise<void> {
  const { limit, skip, since } = flags;
  const page = { limit, offset: skip, ...(since !== undefined && { since }) };
  const { runs, total } = await listed(store, flags, page);
  if (session.json) return reply(session, { runs: runs.map(runDocument), total, skip, limit });
  const { out, outStyle: style } = session;
  if (total === 0) return out.say(await nothing(store));
  const rows = runs.map((run) => ({
    run: run.id,
    ...(runs.some((one) => one.parent) && { "fork of": run.parent?.run }),
    status: run.status.replace("-", " "),
    model: run.model + (run.heuristic ? " (rehearsal)" : ""),
    seed: run.seed,
    played: localTime(run.updatedAt),
  }));
  const lines = table(rows, { width: out.width, style, whole: ["run", "fork of", "model"] });
  if (rows.length > 0)
    out.print(...(lines.length <= 2 * rows.length + 2 ? lines : rows.flatMap(compact(out.width, style))));
  const end = skip + runs.length;
  if (rows.length < total) {
    const more = end < total ? ` More: the same with --skip ${end}` : "";
    const range = rows.length === 0 ? "None" : `${grouped(skip + 1)} to ${grouped(end)}`;
    out.print("");
    out.say(`${range} of ${grouped(total)} runs.${more}`, style.dim);
  }
}

interface Line {
  readonly run: string;
  readonly "fork of"?: string | undefined;
  readonly status: string;
  readonly model: string;
  readonly seed: string;
  readonly played: string;
}

/** A run whose row is too wide for the terminal: its whole name, and below it the rest. */
const compact =
  (width: number, style: Style) =>
  ({ run, "fork of": parent, status, model, seed, played }: Line): readonly string[] => {
    const [head, from] = [harmless(run), parent === undefined ? "" : harmless(`fork of ${parent}`)];
    const rest = wrapWhole(harmless(`${played} · ${status} · ${model} · seed ${seed}`), width - 2);
    const isOneLine = from === "" || widthOf(`${head} · ${from}`) <= width;
    const names = isOneLine ? [[head, from].filter((text) => text !== "").join(" · ")] : [head, `  ${from}`];
    return [...names, ...rest.map((line) => style.dim(`  ${line}`))];
  };

const noneYet = "No runs yet. Play one: tinytroupe run <study>";

async function nothing(store: Store): Promise<string> {
  const all = await store.countRuns();
  if (all === 0) return noneYet;
  return `None of the ${grouped(all)} runs is like that. All of them: tinytroupe runs list`;
}
