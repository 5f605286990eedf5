import { type Command, InvalidArgumentError, Option } from "commander";
import { TinyTroupeError } from "../../../index.ts";
import type { RunQuery, RunRecord, Store } from "../../../stores.ts";

/** What became of a run: a running one that nobody plays was cut off. */
export type Fate = RunRecord["status"] | "cut-off";

const fates = ["running", "finished", "stopped", "failed", "cut-off"] as const satisfies readonly Fate[];

/** Which runs are meant. */
export interface Filters {
  readonly name?: string;
  readonly model?: string;
  readonly status?: Fate;
}

/** Adds `--name`, `--model` and `--status`. */
export function withFilters(command: Command): Command {
  return command
    .option("--name <start>", "whose study's name begins so", beginning)
    .option("--model <start>", "played by a model that begins so", beginning)
    .addOption(new Option("--status <status>", "what became of them").choices(fates));
}

/** A beginning; a usage error for an empty one, as an unset variable of a shell leaves it: all names begin so. */
function beginning(value: string): string {
  if (value.trim() !== "") return value;
  throw new InvalidArgumentError("It is empty.");
}

const units: Readonly<Record<string, number>> = { min: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/**
 * A moment as people give it: so long ago, or a day, which begins at midnight in their own time zone, as the times that
 * are listed. Throws a usage error for anything else; a lone `m` could be minutes or months.
 * @example
 * momentAgo("2030-01-31T09:30Z"); // => "2030-01-31T09:30:00.000Z"
 */
export function momentAgo(text: string): string {
  const [, count, unit = ""] = /^(\d{1,6})(min|h|d|w)$/.exec(text.trim()) ?? [];
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text;
  const moment = count === undefined ? Date.parse(day) : Date.now() - Number(count) * (units[unit] ?? 0);
  if (count !== undefined || (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(moment))) {
    return new Date(moment).toISOString();
  }
  throw new InvalidArgumentError("Write it as in 90min, 12h, 30d, 4w or 2030-01-31.");
}

/** A run and what became of it. */
export interface Listed extends Omit<RunRecord, "status"> {
  readonly status: Fate;
}

/** A run as programs read it: what its journal keeps of it for itself is no part of that. */
export function runDocument(run: Listed) {
  const { id, name, seed, model, status, heuristic, takes, createdAt, updatedAt, parent } = run;
  const from = parent && { parent: { run: parent.run, at: parent.at ?? null } };
  return { run: id, name, seed, model, status, heuristic: heuristic ?? false, takes, createdAt, updatedAt, ...from };
}

/** The runs that are meant, the last played first, and how many there are in all. */
export async function listed(
  store: Store,
  { name, model, status }: Filters,
  page: Pick<RunQuery, "since" | "before" | "limit" | "offset"> = {},
): Promise<{ readonly runs: readonly Listed[]; readonly total: number }> {
  const { limit, offset = 0, ...when } = page;
  const query: RunQuery = {
    ...{ ...when, order: "updated" },
    ...(name !== undefined && { nameStart: name }),
    ...(model !== undefined && { modelStart: model }),
  };
  if (status === "running" || status === "cut-off") {
    const running = await withFates(store, await store.listRuns({ ...query, status: "running" }));
    const found = running.filter((run) => run.status === status);
    return { runs: found.slice(offset, limit === undefined ? undefined : offset + limit), total: found.length };
  }
  const wanted = { ...query, ...(status !== undefined && { status }) };
  const runs = await store.listRuns({ ...wanted, ...page });
  return { runs: await withFates(store, runs), total: await store.countRuns(wanted) };
}

/** Of those that say that they are running, only some may have somebody who plays them. */
export async function withFates(store: Store, runs: readonly RunRecord[]): Promise<readonly Listed[]> {
  const running = runs.filter(({ status }) => status === "running").map(({ id }) => id);
  const held = await store.heldRuns(running);
  return runs.map((run) => (run.status === "running" && !held.has(run.id) ? { ...run, status: "cut-off" } : run));
}

/** A moment in the reader's own time zone, to the minute. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString("sv-SE").slice(0, 16);
}

/** The forks of these runs that are not among them, and the forks of those. */
async function forksOf(store: Store, runs: readonly RunRecord[]): Promise<readonly RunRecord[]> {
  const seen = new Set(runs.map(({ id }) => id));
  const found: RunRecord[] = [];
  const open = [...runs];
  for (let run = open.pop(); run !== undefined; run = open.pop()) {
    for (const fork of await store.listRuns({ parent: run.id })) {
      if (seen.has(fork.id)) continue;
      seen.add(fork.id);
      found.push(fork);
      open.push(fork);
    }
  }
  return found;
}

/** These runs and, where that is wanted, their forks; RUN_NEEDED where forks would be left without them. */
export async function withTheirForks(
  store: Store,
  runs: readonly RunRecord[],
  wanted: boolean | undefined,
): Promise<readonly RunRecord[]> {
  const forks = await forksOf(store, runs);
  const [first] = forks;
  if (wanted || first === undefined) return [...runs, ...forks];
  const run = first.parent?.run ?? "";
  throw new TinyTroupeError("RUN_NEEDED", `The run ${run} is needed by its fork ${first.id}: nothing was deleted.`, {
    data: { run, forks: forks.map(({ id }) => id) },
    hint: "Say --with-forks to delete the forks too.",
  });
}
