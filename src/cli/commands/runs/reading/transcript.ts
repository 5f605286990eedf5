import { Command } from "commander";
import { type JournalEvent, type RenderOptions, renderTranscript, storyNames } from "../../../../index.ts";
import { type RunRecord, readStory, type Store } from "../../../../stores.ts";
import { actionLines, eventLines, type Look, numbering } from "../../../live/lines.ts";
import { writeNewFile } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { harmless, harmlessJson } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";
import { inReadingOrder } from "../../replay/order.ts";
import { findRun, reading, type StoreFlags } from "../../study.ts";
import { formatOf, type WantedFlags, wantedEntries, withWantedFlags } from "./wanted.ts";

interface TranscriptFlags extends StoreFlags, WantedFlags {
  readonly plain?: boolean;
}

const help = `
What is filtered, and what goes to a file without an ending of its own, is plain
text. A page of HTML needs nothing else, and runs no script. What stands outside
of a world has no step, and without a calendar nothing has a time.`;

/** `tinytroupe runs transcript`: what was said and done. */
export function transcriptCommand(session: Session): Command {
  const command = withWantedFlags(
    new Command("transcript")
      .usage("[options] [run]")
      .argument("[run]", "the beginning of its name (default: the last played)")
      .description("what was said and done"),
  )
    .option("--plain", "plain lines, as models and files get them; the same as --format text")
    .option("--no-thoughts", "leave out what people thought")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--json", "as entries, for programs")
    .addHelpText("after", help)
    .action((id: string | undefined, flags: TranscriptFlags) =>
      reading(session, flags, async (store) => transcript(session, store, { run: await findRun(store, id), flags })),
    );
  return withExamples(
    command,
    ["runs transcript | less -R"],
    ["runs transcript brainstorming --plain > said.txt"],
    ["runs transcript --out talk.html", "one page, to be read anywhere"],
    ["runs transcript --person Lisa --kind talk --from 2 --to 3"],
    ["runs transcript brainstorming --json --no-thoughts"],
  );
}

async function transcript(
  session: Session,
  store: Store,
  { run, flags }: { readonly run: RunRecord; readonly flags: TranscriptFlags },
): Promise<void> {
  const events = await Array.fromAsync(readStory(store, run.id));
  const entries = wantedEntries(events, flags);
  const { id, name, model, seed } = run;
  const { out, outStyle: style } = session;
  if (entries.length === 0) session.err.say(harmless(`There is nothing of that in ${id}.`));
  const title = `${name} · ${id} · ${model} · seed ${seed}`;
  const format = flags.plain ? "text" : formatOf(flags);
  const heads: RenderOptions = { title, worlds: storyNames(events).worlds };
  if (flags.out !== undefined) {
    const text = renderTranscript(entries, { ...heads, format: format ?? "text" });
    const whole = format === "jsonl" ? harmlessJson(text) : `${text.trimEnd()}\n`;
    return writeNewFile(session, pieces(whole), flags.out);
  }
  if (session.json) return reply(session, { simulated: true, run: id, name, model, seed, entries });
  if (format === "jsonl") return session.raw(renderTranscript(entries, { ...heads, format }));
  if (format === "html" || format === "markdown") {
    return out.print(harmless(renderTranscript(entries, { ...heads, format })).trimEnd());
  }
  out.say(`${title} · simulated`, style.dim);
  if (format === "text") return out.print(harmless(renderTranscript(entries)));
  const look: Look = { style, width: out.width, thoughts: flags.thoughts, indexOf: numbering() };
  out.print(...storyLines(events, look));
}

async function* pieces(text: string): AsyncIterable<string> {
  yield text;
}

function storyLines(events: readonly JournalEvent[], look: Look): string[] {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => names.get(id) ?? id;
  return inReadingOrder(events).flatMap((event) => {
    if (event.type === "person-created") names.set(event.person, event.name);
    if (event.type === "world-created") names.set(event.world, event.name);
    if (event.type !== "turn") return eventLines(event, nameOf, look);
    return event.actions.flatMap((action) => actionLines(event.name, action, look));
  });
}
