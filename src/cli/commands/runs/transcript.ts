import { Command } from "commander";
import { type JournalEvent, renderTranscript, transcriptOf } from "../../../index.ts";
import { type RunRecord, readStory, type Store } from "../../../stores.ts";
import { actionLines, heading, incidentLines, type Look, numbering, stimulusLines } from "../../live/lines.ts";
import { stepTitle } from "../../live/view.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless, wrap } from "../../terminal/text.ts";
import { withExamples } from "../flags.ts";
import { findRun, reading, type StoreFlags } from "../study.ts";

interface TranscriptFlags extends StoreFlags {
  readonly plain?: boolean;
  readonly thoughts: boolean;
}

/** `tinytroupe runs transcript`: what was said and done. */
export function transcriptCommand(session: Session): Command {
  const command = new Command("transcript")
    .usage("[options] [run]")
    .argument("[run]", "the beginning of its name (default: the last played)")
    .description("what was said and done")
    .option("--plain", "plain lines, as models and files get them")
    .option("--no-thoughts", "leave out what people thought")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--json", "as entries, for programs")
    .action((id: string | undefined, flags: TranscriptFlags) =>
      reading(session, flags, async (store) => transcript(session, store, { run: await findRun(store, id), flags })),
    );
  return withExamples(
    command,
    ["runs transcript | less -R"],
    ["runs transcript brainstorming --plain > said.txt"],
    ["runs transcript brainstorming --json --no-thoughts"],
  );
}

async function transcript(
  session: Session,
  store: Store,
  { run, flags }: { readonly run: RunRecord; readonly flags: TranscriptFlags },
): Promise<void> {
  const events = await Array.fromAsync(readStory(store, run.id));
  const entries = transcriptOf(events).filter((entry) => flags.thoughts || entry.type !== "THINK");
  if (session.json) {
    const { id, name, model, seed } = run;
    return reply(session, { simulated: true, run: id, name, model, seed, entries });
  }
  const { out, outStyle: style } = session;
  const title = `${run.name} · ${run.id} · ${run.model} · seed ${run.seed} · simulated`;
  out.print(...wrap(harmless(title), out.width).map(style.dim));
  if (flags.plain) return out.print(harmless(renderTranscript(entries)));
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
