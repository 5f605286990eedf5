import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { Command } from "commander";
import { isTinyTroupeError, type LedgerSums, resultsFolder } from "../../../index.ts";
import { type RunRecord, readLedger, readStory, type Store } from "../../../stores.ts";
import { effectFate } from "../../live/lines.ts";
import { reply } from "../../reply.ts";
import { type Session, shellWord } from "../../session.ts";
import { facts } from "../../terminal/table.ts";
import { withExamples } from "../flags.ts";
import { costOf, grouped, percent, reusedText, unknownText } from "../money/amounts.ts";
import { findRun, reading, type StoreFlags } from "../study.ts";
import { type Listed, localTime, runDocument, withFates } from "./listing.ts";

/** `tinytroupe runs show`: one run. */
export function showCommand(session: Session): Command {
  const command = new Command("show")
    .usage("[options] [run]")
    .argument("[run]", "the beginning of its name (default: the last played)")
    .description("one run: model, seed, what became of it, cost, files, how to go on")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--json", "for programs")
    .action((id: string | undefined, flags: StoreFlags) =>
      reading(session, flags, async (store) => show(session, store, await findRun(store, id))),
    );
  return withExamples(command, ["runs show", "the last played"], ["runs show brainstorming --json"]);
}

async function show(session: Session, store: Store, record: RunRecord): Promise<void> {
  const [run] = (await withFates(store, [record])) as [Listed];
  const { paid } = (await readLedger(store, run.id)).ledger;
  const { calls, input, output, cachedInput, unknown, unknownTokens, unknownUsd } = paid;
  const events: Record<string, number> = {};
  const effects: Record<string, number> = {};
  for await (const event of readStory(store, run.id)) {
    events[event.type] = (events[event.type] ?? 0) + 1;
    if (event.type === "effect-done") effects[effectFate(event)] = (effects[effectFate(event)] ?? 0) + 1;
  }
  const files = await resultFiles(store, run.id);
  const usd = paid.unpriced > 0 ? null : paid.usd;
  if (session.json) {
    const usage = { calls, input, output, cachedInput, usd, unknown, unknownTokens, unknownUsd };
    return reply(session, { simulated: true, ...runDocument(run), usage, events, effects, files });
  }
  const { out, outStyle: style, environment } = session;
  const shown = {
    run: run.id,
    name: run.name,
    status: run.status.replace("-", " "),
    model: `${run.model}${run.heuristic ? " (a rehearsal: no language model)" : ""}`,
    seed: run.seed,
    opened: run.takes === 1 ? "once" : `${run.takes} times`,
    ...(run.parent && {
      "fork of": `${run.parent.run}${run.parent.at === undefined ? "" : `, from ${run.parent.at} on`}`,
    }),
    ...reusedLine(run),
    begun: localTime(run.createdAt),
    played: localTime(run.updatedAt),
    calls: grouped(calls),
    ...(unknown > 0 && { unknown: unknownText(paid) }),
    tokens: `${grouped(input)} in, ${percent(paid.hitRate)} of them from a cache; ${grouped(output)} out`,
    cost: costOf(paid),
    events: counted(events),
    ...(Object.keys(effects).length > 0 && { effects: counted(effects) }),
    ...(files.length > 0 && { files: files.map((file) => relative(environment.folder, file)).join("\n") }),
    ...(run.status !== "finished" && run.status !== "running" && { "to go on": goOn(session, run) }),
  };
  out.print(...facts(shown, { width: out.width, style, whole: ["run", "fork of", "model", "files", "to go on"] }));
}

const counted = (counts: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(counts).map(([what, count]) => `${grouped(count)} ${what}`);

/** What a fork reused, as its last opening kept it. */
function reusedLine({ details }: Listed): { readonly reused?: string } {
  const kept = details?.["reused"] as LedgerSums | undefined;
  const text = kept && reusedText(kept);
  return text === undefined ? {} : { reused: text.replace(/^Reused /, "").replace(/\.$/, "") };
}

/** Where what a run leaves for people lies: beside its journal. A run of a file from elsewhere may have no such place. */
export function resultsOf(store: Store, run: string): string | undefined {
  try {
    return resultsFolder(store.location, run);
  } catch (error) {
    if (isTinyTroupeError(error, "PATH_OUTSIDE")) return undefined;
    throw error;
  }
}

/** The files that a run left for people. */
export async function resultFiles(store: Store, run: string): Promise<readonly string[]> {
  const folder = resultsOf(store, run);
  if (folder === undefined) return [];
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.sort().map((name) => join(folder, name));
}

function goOn({ program }: Session, { id, name, parent }: Listed): string {
  if (parent !== undefined) return "the same command or program that forked it";
  const command = name.startsWith("chat ") ? "chat <persona>" : "run <study>";
  return `${program} ${command} --resume ${shellWord(id)}`;
}
