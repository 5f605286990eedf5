import { Command } from "commander";
import { isTinyTroupeError, type JournalEvent, renderTranscript, transcriptOf } from "../../index.ts";
import { exportJsonl, type RunRecord, readStory, type Store } from "../../stores.ts";
import { actionLines, heading, incidentLines, type Look, numbering, stimulusLines } from "../live/lines.ts";
import { stepTitle } from "../live/view.ts";
import { reply } from "../reply.ts";
import type { Session } from "../session.ts";
import { facts, table } from "../terminal/table.ts";
import { harmless, wrap } from "../terminal/text.ts";
import { wholeNumber, withExamples } from "./flags.ts";
import { costCommand } from "./money/cost.ts";
import { findRun, lastPlayed, reading, type StoreFlags } from "./study.ts";

interface TranscriptFlags extends StoreFlags {
  readonly plain?: boolean;
  readonly thoughts: boolean;
}

const help = `
Where a run is wanted, the beginning of its name will do, and without one it is
the last played.`;

/** `tinytroupe runs`: what was played, from the journal. */
export function runsCommand(session: Session): Command {
  const runs = withExamples(
    new Command("runs")
      .summary("list, show, read and export runs, and what they cost")
      .description("What was played, from the journal.")
      .addHelpText("after", help),
    ["runs list --limit 5"],
    ["runs show brainstorming"],
    ["runs transcript | less -R"],
    ["runs export > run.jsonl"],
  );
  const add = (usage: string, about: string): Command =>
    runs.command(usage).description(about).option("--store <file>", "the journal (default: .tinytroupe/troupe.db)");
  const json = (command: Command): Command => command.option("--json", "for programs");
  const listing = json(add("list", "the runs of this project, the last played first"))
    .option("--limit <n>", "how many", wholeNumber, 30)
    .action((flags: StoreFlags & { limit: number }) => reading(session, flags, (store) => list(session, store, flags)));
  const showing = json(add("show [run]", "one run: model, seed, status, calls and tokens")).action(
    (id: string | undefined, flags: StoreFlags) =>
      reading(session, flags, async (store) => show(session, store, await findRun(store, id))),
  );
  const reciting = add("transcript [run]", "what was said and done")
    .option("--plain", "plain lines, as models and files get them")
    .option("--no-thoughts", "leave out what people thought")
    .action((id: string | undefined, flags: TranscriptFlags) =>
      reading(session, flags, async (store) => transcript(session, store, { run: await findRun(store, id), flags })),
    );
  const exporting = add("export [run]", "every event as JSON lines, on standard output").action(
    (id: string | undefined, flags: StoreFlags) =>
      reading(session, flags, async (store) => {
        for await (const line of exportJsonl(store, (await findRun(store, id)).id)) session.raw(`${line}\n`);
      }),
  );
  runs.addCommand(costCommand(session));
  withExamples(listing, ["runs list --limit 5"], ["runs list --store ../other/.tinytroupe/troupe.db --json"]);
  withExamples(showing, ["runs show", "the last played"], ["runs show brainstorming --json"]);
  withExamples(reciting, ["runs transcript | less -R"], ["runs transcript brainstorming --plain > said.txt"]);
  withExamples(exporting, ["runs export brainstorming > run.jsonl"]);
  return runs;
}

async function list(session: Session, store: Store, { limit }: { readonly limit: number }): Promise<void> {
  const all = await lastPlayed(store);
  const runs = all.slice(0, limit);
  if (session.json) return reply(session, { runs });
  const { out, outStyle: style } = session;
  if (runs.length === 0) return out.print("No runs yet. Play one: tinytroupe run <study>");
  const rows = [];
  for (const run of runs)
    rows.push({
      run: run.id,
      status: run.status === "running" && (await isFree(store, run.id)) ? "cut off" : run.status,
      model: run.model + (run.heuristic ? " (rehearsal)" : ""),
      seed: run.seed,
      played: localTime(run.updatedAt),
    });
  out.print(...table(rows, { width: out.width, style }));
  if (all.length > limit) out.print("", style.dim(`There are ${all.length - limit} more: --limit ${all.length}`));
}

/** Nobody holds the run: what played it ended without a word. */
async function isFree(store: Store, run: string): Promise<boolean> {
  try {
    await (await store.own(run)).release();
    return true;
  } catch (error) {
    if (isTinyTroupeError(error, "RUN_BUSY")) return false;
    throw error;
  }
}

async function show(session: Session, store: Store, run: RunRecord): Promise<void> {
  const usage = { calls: 0, input: 0, output: 0, cachedInput: 0 };
  for await (const call of store.listCalls(run.id)) {
    usage.calls += 1;
    usage.input += call.usage.input;
    usage.output += call.usage.output;
    usage.cachedInput += call.usage.cachedInput ?? 0;
  }
  const events: Record<string, number> = {};
  for await (const event of readStory(store, run.id)) events[event.type] = (events[event.type] ?? 0) + 1;
  if (session.json) return reply(session, { simulated: true, ...run, usage, events });
  const { out, outStyle: style } = session;
  const shown = {
    run: run.id,
    name: run.name,
    status: run.status,
    model: `${run.model}${run.heuristic ? " (a rehearsal: no language model)" : ""}`,
    seed: run.seed,
    opened: run.takes === 1 ? "once" : `${run.takes} times`,
    begun: localTime(run.createdAt),
    played: localTime(run.updatedAt),
    calls: usage.calls,
    tokens: `${usage.input} in (${usage.cachedInput} from a cache), ${usage.output} out`,
    events: Object.entries(events).map(([type, count]) => `${count} ${type}`),
  };
  out.print(...facts(shown, { width: out.width, style }));
}

async function transcript(
  session: Session,
  store: Store,
  { run, flags }: { readonly run: RunRecord; readonly flags: TranscriptFlags },
): Promise<void> {
  const { out, outStyle: style } = session;
  const title = `${run.name} · ${run.id} · ${run.model} · seed ${run.seed} · simulated`;
  out.print(...wrap(harmless(title), out.width).map(style.dim));
  const events = await Array.fromAsync(readStory(store, run.id));
  if (flags.plain) {
    const entries = transcriptOf(events).filter((entry) => flags.thoughts || entry.type !== "THINK");
    return out.print(harmless(renderTranscript(entries)));
  }
  const look: Look = { style, width: out.width, thoughts: flags.thoughts, indexOf: numbering() };
  const names = new Map<string, string>();
  for (const event of events) {
    if (event.type === "person-created") names.set(event.person, event.name);
    if (event.type === "world-created") names.set(event.world, event.name);
    out.print(...eventLines(event, (id) => names.get(id) ?? id, look));
  }
}

function eventLines(event: JournalEvent, nameOf: (id: string) => string, look: Look): readonly string[] {
  switch (event.type) {
    case "step-started":
      return ["", heading(stepTitle(event, nameOf(event.world)), look)];
    case "broadcast":
      return ["", ...stimulusLines("everyone", event.stimulus, look)];
    case "stimulus":
      return event.stimulus.via || event.stimulus.type === "FEEDBACK"
        ? []
        : ["", ...stimulusLines(nameOf(event.person), event.stimulus, look)];
    case "turn":
      return event.actions.flatMap((action) => actionLines(event.name, action, look));
    default:
      return incidentLines(event, nameOf, look);
  }
}

/** A moment in the reader's own time zone, to the minute. */
function localTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString("sv-SE").slice(0, 16);
}
