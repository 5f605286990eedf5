import { existsSync } from "node:fs";
import { Command } from "commander";
import { type JournalEvent, projectStore, renderTranscript, TinyTroupeError, transcriptOf } from "../../index.ts";
import { exportJsonl, openSqliteStore, type RunRecord, readStory, type Store } from "../../stores.ts";
import { actionLines, heading, incidentLines, type Look, stimulusLines } from "../live/lines.ts";
import type { Session } from "../session.ts";
import { table } from "../terminal/table.ts";

interface StoreFlags {
  readonly store?: string;
  readonly json?: boolean;
}

/** `tinytroupe runs`: what was played, from the journal. */
export function runsCommand(session: Session): Command {
  const runs = new Command("runs")
    .summary("list, show, read and export runs")
    .description("What was played, from the journal.");
  const add = (usage: string, about: string): Command =>
    runs.command(usage).description(about).option("--store <file>", "the journal (default: .tinytroupe/troupe.db)");
  add("list", "the runs of this project, newest first")
    .option("--limit <n>", "how many", "30")
    .option("--json", "for programs")
    .action((flags: StoreFlags & { limit: string }) =>
      withStore(session, flags, (store) => list(session, store, flags)),
    );
  add("show <run>", "one run: model, seed, status, calls and tokens")
    .option("--json", "for programs")
    .action((id: string, flags: StoreFlags) =>
      withStore(session, flags, (store) => show(session, store, { id, ...flags })),
    );
  add("transcript <run>", "what was said and done")
    .option("--plain", "plain lines, as models and files get them")
    .option("--no-thoughts", "leave out what people thought")
    .action((id: string, flags: StoreFlags & { plain?: boolean; thoughts: boolean }) =>
      withStore(session, flags, (store) => transcript(session, store, { id, ...flags })),
    );
  add("export <run>", "every event as JSON lines, on standard output").action((id: string, flags: StoreFlags) =>
    withStore(session, flags, async (store) => {
      await known(store, id);
      for await (const line of exportJsonl(store, id)) session.raw(`${line}\n`);
    }),
  );
  return runs;
}

async function withStore(session: Session, flags: StoreFlags, use: (store: Store) => Promise<void>): Promise<void> {
  const path = flags.store ?? projectStore(session.environment);
  if (!existsSync(path)) {
    throw new TinyTroupeError("FILE_UNREADABLE", `There is no journal at ${path}: nothing was played here yet.`, {
      data: { file: path },
      hint: "Play a study (tinytroupe run …), go to its folder, or name the journal with --store.",
    });
  }
  const store = await openSqliteStore(path);
  try {
    await use(store);
  } finally {
    await store.close();
  }
}

async function list(session: Session, store: Store, flags: StoreFlags & { limit: string }): Promise<void> {
  const runs = await store.listRuns({ limit: Number(flags.limit) });
  if (flags.json) return session.raw(`${JSON.stringify({ ok: true, runs }, null, 2)}\n`);
  const { out, outStyle: style } = session;
  if (runs.length === 0) return out.print("No runs yet. Play one: tinytroupe run <study>");
  const rows = runs.map((run) => ({
    run: run.id,
    status: run.status,
    model: run.model + (run.heuristic ? " (rehearsal)" : ""),
    seed: run.seed,
    played: run.updatedAt.slice(0, 16).replace("T", " "),
  }));
  out.print(...table(rows, { width: out.width, style }));
}

async function show(session: Session, store: Store, flags: StoreFlags & { id: string }): Promise<void> {
  const run = await known(store, flags.id);
  const sum = { calls: 0, input: 0, output: 0, cachedInput: 0 };
  for await (const call of store.listCalls(run.id)) {
    sum.calls += 1;
    sum.input += call.usage.input;
    sum.output += call.usage.output;
    sum.cachedInput += call.usage.cachedInput ?? 0;
  }
  const events: Record<string, number> = {};
  for await (const event of readStory(store, run.id)) events[event.type] = (events[event.type] ?? 0) + 1;
  if (flags.json)
    return session.raw(`${JSON.stringify({ ok: true, simulated: true, ...run, usage: sum, events }, null, 2)}\n`);
  const { out, outStyle: style } = session;
  const facts = {
    run: run.id,
    name: run.name,
    status: run.status,
    model: run.model,
    seed: run.seed,
    opened: `${run.takes} times`,
    created: run.createdAt,
    updated: run.updatedAt,
  };
  out.print(...Object.entries(facts).map(([name, value]) => `${style.dim(name.padEnd(10))}${value}`));
  out.print(
    `${style.dim("calls     ")}${sum.calls} · ${sum.input} tokens in (${sum.cachedInput} cached) · ${sum.output} out`,
  );
  out.print(
    `${style.dim("events    ")}${Object.entries(events)
      .map(([type, count]) => `${count} ${type}`)
      .join(" · ")}`,
  );
}

async function transcript(
  session: Session,
  store: Store,
  flags: { id: string; plain?: boolean; thoughts: boolean },
): Promise<void> {
  const run = await known(store, flags.id);
  const { out, outStyle: style } = session;
  out.print(style.dim(`${run.name} · ${run.id} · ${run.model} · seed ${run.seed} · simulated`));
  const events = await Array.fromAsync(readStory(store, run.id));
  if (flags.plain) return out.print(renderTranscript(transcriptOf(events)));
  const order: string[] = [];
  const look: Look = {
    style,
    width: out.width,
    thoughts: flags.thoughts,
    indexOf: (name) => {
      if (!order.includes(name)) order.push(name);
      return order.indexOf(name);
    },
  };
  const names = new Map(
    events.flatMap((event) => (event.type === "person-created" ? [[event.person, event.name]] : [])),
  );
  for (const event of events) out.print(...eventLines(event, (id) => names.get(id) ?? id, look));
}

function eventLines(event: JournalEvent, nameOf: (id: string) => string, look: Look): readonly string[] {
  switch (event.type) {
    case "step-started":
      return [
        "",
        heading(`step ${event.step}${event.time ? ` · ${event.time.slice(0, 16).replace("T", " ")}` : ""}`, look),
      ];
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

async function known(store: Store, id: string): Promise<RunRecord> {
  const run = await store.getRun(id);
  if (run) return run;
  throw new TinyTroupeError("RUN_UNKNOWN", `There is no run '${id}' in ${store.location}.`, {
    data: { run: id },
    hint: "See the runs with: tinytroupe runs list",
  });
}
