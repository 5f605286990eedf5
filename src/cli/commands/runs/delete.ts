import { lstat, rm } from "node:fs/promises";
import { Command } from "commander";
import { TinyTroupeError } from "../../../index.ts";
import { inspectSqliteStore, type RunRecord, type Store } from "../../../stores.ts";
import { createPreparation } from "../../live/preparation.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { agreed } from "../../terminal/agreement.ts";
import { harmless, sizeText } from "../../terminal/text.ts";
import { withExamples } from "../flags.ts";
import { grouped } from "../money/amounts.ts";
import { findRun, mustBeWritable, reading, type StoreFlags } from "../study.ts";
import {
  type Filters,
  type Listed,
  listed,
  localTime,
  momentAgo,
  withFates,
  withFilters,
  withTheirForks,
} from "./listing.ts";
import { resultFiles, resultsOf } from "./show.ts";

interface DeleteFlags extends StoreFlags, Filters {
  readonly olderThan?: string;
  readonly withForks?: boolean;
  readonly yes?: boolean;
}

const help = `
Their transcripts and tables beside the journal go with them. A run that is
being played stays.`;

/** `tinytroupe runs delete`: runs by name, or all that are like that. */
export function deleteCommand(session: Session): Command {
  const command = withFilters(
    new Command("delete")
      .usage("[options] [run...]")
      .argument("[run...]", "the beginnings of their names")
      .description("delete runs and what they left, after a yes")
      .option("--older-than <when>", "last played before then, as in 30d or 2030-01-31", momentAgo),
  )
    .option("--with-forks", "their forks too, which cannot be without them")
    .option("-y, --yes", "do not ask")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--json", "for programs; needs --yes")
    .action((ids: readonly string[], flags: DeleteFlags) =>
      reading(session, flags, async (store) => remove(session, store, { ids, flags })),
    );
  return withExamples(
    command,
    ["runs delete brainstorming-a20daf"],
    ["runs delete --older-than 30d --status failed", "says how many, and asks"],
    ["runs delete --name rehearsal --yes"],
  ).addHelpText("after", help);
}

interface Wanted {
  readonly ids: readonly string[];
  readonly flags: DeleteFlags;
}

async function remove(session: Session, store: Store, wanted: Wanted): Promise<void> {
  await mustBeWritable(store.location);
  const named = await meantBy(store, wanted);
  const going = named.filter(({ status }) => status !== "running");
  const meant = [
    ...named.filter(({ status }) => status === "running"),
    ...(await withFates(store, await withTheirForks(store, going.map(asKept), wanted.flags.withForks))),
  ];
  const playing = meant.filter(({ status }) => status === "running");
  const [busy] = playing;
  if (busy && wanted.ids.length > 0) throw beingPlayed(busy.id);
  const runs = meant.filter(({ status }) => status !== "running");
  if (runs.length > 0 && !(await agreed(session, questionOn(runs), wanted.flags))) return;
  const preparation = createPreparation(session.err, () => performance.now());
  const before = await inspectSqliteStore(store.location);
  // Whoever stops here finds the runs again, and with them what is left of their results.
  const results = await preparation.during("Deleting their results", removeResults(store, runs));
  const deleting = store.removeRun(...runs.map(({ id }) => id));
  await preparation.during(`Deleting ${countOf(runs.length)}`, deleting);
  const after = await inspectSqliteStore(store.location);
  const journal = Math.max(0, (after?.freeBytes ?? 0) - (before?.freeBytes ?? 0));
  if (session.json) {
    const freedBytes = { results, journal };
    return reply(session, { deleted: runs.map(({ id }) => id), playing: playing.map(({ id }) => id), freedBytes });
  }
  const said = [
    ...(playing.length > 0 ? [`${countOf(playing.length)} stay: they are being played.`] : []),
    runs.length === 0
      ? "There is nothing to delete."
      : `Deleted ${countOf(runs.length)}: ${sizeText(results)} of results, and ${sizeText(journal)} in the journal, which the next runs fill.`,
  ];
  for (const line of said) session.out.say(line);
}

/** A run that was cut off is one that is running, as far as the journal knows. */
const asKept = (run: Listed): RunRecord => ({ ...run, status: run.status === "cut-off" ? "running" : run.status });

async function meantBy(store: Store, { ids, flags }: Wanted): Promise<readonly Listed[]> {
  const { name, model, status, olderThan } = flags;
  const filtered = [name, model, status, olderThan].some((flag) => flag !== undefined);
  if (ids.length > 0 === filtered) {
    throw new TinyTroupeError("OPTION_INVALID", "Which runs? Name them, or say what they are like.", {
      data: { option: "run" },
      hint: "As in: tinytroupe runs delete talk-1a2b3c, or with --older-than 30d, --status, --name, --model.",
    });
  }
  if (filtered) return (await listed(store, flags, olderThan === undefined ? {} : { before: olderThan })).runs;
  const found = await Promise.all(ids.map((id) => findRun(store, id)));
  return withFates(store, [...new Map(found.map((run) => [run.id, run])).values()]);
}

function questionOn(runs: readonly Listed[]): string {
  const [first] = runs;
  const last = runs.at(-1);
  const one = `the run ${first?.id} (${first?.status}, played ${localTime(first?.updatedAt ?? "")})`;
  const many = `${countOf(runs.length)}, played from ${localTime(last?.updatedAt ?? "")} to ${localTime(first?.updatedAt ?? "")},`;
  return `Delete ${runs.length === 1 ? one : many} and what they left? It cannot be had back.`;
}

/** Removes what runs left for people, and returns how many bytes that were. */
async function removeResults(store: Store, runs: readonly Listed[]): Promise<number> {
  let bytes = 0;
  for (const { id } of runs) {
    for (const file of await resultFiles(store, id)) bytes += (await lstat(file)).size;
    const folder = resultsOf(store, id);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
  return bytes;
}

const countOf = (runs: number): string => `${grouped(runs)} ${runs === 1 ? "run" : "runs"}`;

function beingPlayed(run: string): TinyTroupeError<"RUN_BUSY"> {
  return new TinyTroupeError("RUN_BUSY", harmless(`The run ${run} is being played: nothing was deleted.`), {
    data: { run },
    hint: "Wait for its end or stop it (Ctrl-C), then delete it.",
  });
}
