import { basename, extname, resolve } from "node:path";
import { Command } from "commander";
import { openSimulation, TinyTroupeError, type TranscriptEntry, transcriptOf } from "../../index.ts";
import type { RunRecord, Store } from "../../stores.ts";
import { exitCodes } from "../failure.ts";
import { createConversation } from "../live/conversation.ts";
import { createPreparation } from "../live/preparation.ts";
import { createView } from "../live/view.ts";
import { refuseTaken } from "../new-file.ts";
import { reply } from "../reply.ts";
import { type Session, shellWord } from "../session.ts";
import { harmless } from "../terminal/text.ts";
import { caveat, type ModelFlags, modelOptions, withExamples, withModelFlags } from "./flags.ts";
import { findPersona } from "./persona.ts";
import { checkSame, findRun, inStore, isOn, lastPlayed, type ResumeWish, storePath } from "./study.ts";

interface ChatFlags extends ModelFlags {
  readonly thoughts?: boolean;
  readonly as: string;
  readonly resume?: string | true;
  readonly save?: string;
}

const help = `
In the talk: /thoughts shows or hides what they think, /quit or Ctrl-D ends,
/help says this. Ctrl-C stops an answer. What the person says appears on
standard output.
${exitCodes}`;

/** `tinytroupe chat`: one person, in the terminal. */
export function chatCommand(session: Session): Command {
  const command = withModelFlags(new Command("chat"))
    .summary("talk with one person")
    .description("Talk with one person in the terminal, or through a pipe.")
    .argument("<persona>", "a persona file, or the name of a packaged persona (see: tinytroupe persona list)")
    .option("--thoughts", "show what the person thinks")
    .option("--as <name>", "who you are in this talk", "a visitor")
    .option("--resume [run]", "go on with this talk, or with the last one with this person")
    .option("--save <file>", "keep the person whole in a file at the end, with all that they remember")
    .option("--json", "print the talk as one JSON document at its end, for programs")
    .action(async (source: string, flags: ChatFlags) => chat(session, source, flags));
  return withExamples(
    command,
    ["chat minji --thoughts"],
    ['chat ./rui.json --as "a journalist" --budget "1 usd"'],
    ["chat minji --save minji.person.json", "chat minji.person.json goes on with them in another talk"],
    ["chat minji --resume", "go on with the last talk; what was said costs nothing again"],
  )
    .addHelpText("after", '  echo "What did you have for lunch?" | tinytroupe chat minji --model builtin')
    .addHelpText("after", help);
}

async function chat(caller: Session, given: string, flags: ChatFlags): Promise<void> {
  const { source } = await findPersona(caller, given);
  // Who came from a file may be kept there again.
  const inFolder = (file: string): string => resolve(caller.environment.folder, file);
  if (flags.save !== undefined && inFolder(flags.save) !== inFolder(given)) refuseTaken(caller, flags.save, "--save");
  // Where standard output is for the document, the talk itself appears on standard error.
  const session = caller.json ? { ...caller, out: caller.err, outStyle: caller.errStyle } : caller;
  const now = (): number => performance.now();
  const view = createView({
    screen: session.out,
    style: session.outStyle,
    thoughts: flags.thoughts === true,
    now,
  });
  const conversation = createConversation(session, { view, as: harmless(flags.as) });
  const preparation = createPreparation(session.err, now);
  const opening = openSimulation({
    ...(await talkOf(session, source, flags)),
    ...(await modelOptions(session, flags, { preparation })),
    signal: conversation.signal,
    stream: session.out.live,
    onEvent: conversation.listener,
  });
  try {
    const simulation = await preparation.during("Opening the talk", opening);
    let entries: readonly TranscriptEntry[] = [];
    let status: RunRecord["status"] = "failed";
    try {
      conversation.note([simulation.choice.reason, caveat(simulation, "talk") ?? ""].join("\n").trim());
      const person = await simulation.person(source);
      await conversation.hold(person, await Array.fromAsync(simulation.story()));
      if (flags.save !== undefined) {
        await person.save(resolve(session.environment.folder, flags.save));
        conversation.farewell(
          `${person.name} is kept in ${flags.save}. To meet them again:`,
          goTo(session, flags.save),
        );
      }
      if (caller.json) entries = transcriptOf(await Array.fromAsync(simulation.story()));
      status = "finished";
    } finally {
      await simulation.close(simulation.context.signal.aborted ? "stopped" : status);
      if (conversation.turns > 0) {
        conversation.farewell(`Kept as run ${simulation.run}. To go on:`, goOn(session, source, simulation.run));
      }
    }
    const { run, seed, choice, heuristic } = simulation;
    if (caller.json) reply(caller, { simulated: true, heuristic, run, seed, model: choice.spec, entries });
  } finally {
    conversation.close();
  }
}

const goOn = ({ program }: Session, source: string, run: string): string =>
  `${program} ${["chat", source, "--resume", run].map(shellWord).join(" ")}`;

const goTo = ({ program }: Session, file: string): string => `${program} chat ${shellWord(file)}`;

/** Which run the talk is: a new one with a number of its own, or the one to go on with. */
async function talkOf(
  session: Session,
  source: string,
  { store, resume, seed, model }: ChatFlags,
): Promise<{ readonly name: string; readonly resume?: string }> {
  const base = `chat ${basename(source, extname(source))}`;
  const path = await storePath(session, store);
  if (resume !== undefined) {
    const run = await inStore(path, (open) => talkToResume(open, base, { resume, seed, model }));
    if (run) return { name: run.name, resume: run.id };
    throw unknownTalk(`There is no journal at ${path}.`, base);
  }
  const numbers = (await inStore(path, (open) => talksOf(open, base)))?.map(({ name }) => numberOf(name)) ?? [];
  const last = Math.max(0, ...numbers);
  return { name: last === 0 ? base : `${base} ${last + 1}` };
}

async function talkToResume(store: Store, base: string, wish: Omit<ResumeWish, "study">): Promise<RunRecord> {
  if (wish.resume !== true) {
    const run = await findRun(store, wish.resume);
    if (!run.name.startsWith("chat ")) throw unknownTalk(`Run ${run.id} is a study, not a talk.`, base);
    checkSame(run, wish);
    return run;
  }
  const last = (await talksOf(store, base)).find((run) => isOn(run, wish.model));
  if (last) return last;
  throw unknownTalk(`There was no '${base}'${wish.model ? ` with ${wish.model}` : ""} yet.`, base);
}

/** The talks with this persona, the last one first. */
async function talksOf(store: Store, base: string): Promise<readonly RunRecord[]> {
  const runs = await lastPlayed(store, { nameStart: base });
  return runs.filter(({ name }) => name === base || (name.startsWith(`${base} `) && numberOf(name) > 1));
}

/** `chat lisa` is the first, `chat lisa 2` the second. */
const numberOf = (name: string): number => Number(/ (\d+)$/.exec(name)?.[1] ?? 1);

function unknownTalk(message: string, base: string): TinyTroupeError<"RUN_UNKNOWN"> {
  return new TinyTroupeError("RUN_UNKNOWN", message, {
    data: { run: base },
    hint: "See the runs with: tinytroupe runs list. Without --resume a new talk begins.",
  });
}
