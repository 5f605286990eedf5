import { Command } from "commander";
import { type JournalEvent, renderTranscript, transcriptOf } from "../../../index.ts";
import { type RunRecord, readStory, type Store } from "../../../stores.ts";
import { actionLines, eventLines, type Look, numbering } from "../../live/lines.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
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
  out.say(title, style.dim);
  if (flags.plain) return out.print(harmless(renderTranscript(entries)));
  const look: Look = { style, width: out.width, thoughts: flags.thoughts, indexOf: numbering() };
  out.print(...storyLines(events, look));
}

/** Each event in its place, and a turn of a world's step where the world took it up: who was quicker does not matter. */
function storyLines(events: readonly JournalEvent[], look: Look): string[] {
  const names = new Map<string, string>();
  const turns = new Map<string, TurnTaken>();
  const effects = Map.groupBy(
    events.filter((event) => event.type === "effect-begun" || event.type === "effect-done"),
    ({ action }) => action.replace(/\.\d+$/, ""),
  );
  const nameOf = (id: string): string => names.get(id) ?? id;
  const taken = new Set(events.flatMap((event) => (event.type === "acted" ? [event.turn] : [])));
  return events.flatMap((event) => {
    if (event.type === "person-created") names.set(event.person, event.name);
    if (event.type === "world-created") names.set(event.world, event.name);
    if (event.type === "turn") turns.set(event.id, event);
    const turn = event.type === "acted" ? turns.get(event.turn) : event.type === "turn" ? event : undefined;
    if (event.type === "effect-begun" || event.type === "effect-done") return [];
    if (turn === undefined) return eventLines(event, nameOf, look);
    if (event.type === "turn" && taken.has(event.id)) return [];
    const came = effects.get(turn.id) ?? [];
    return [
      ...turn.actions.flatMap((action) => actionLines(turn.name, action, look)),
      ...came.flatMap((effect) => eventLines(effect, nameOf, look)),
    ];
  });
}

type TurnTaken = Extract<JournalEvent, { type: "turn" }>;
