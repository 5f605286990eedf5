import { Command } from "commander";
import { debug, type Pause, renderTranscript, TinyTroupeError, transcriptOf } from "../../../index.ts";
import { exitCodes } from "../../failure.ts";
import { createPreparation } from "../../live/preparation.ts";
import type { Session } from "../../session.ts";
import { Prompt } from "../../terminal/prompt.ts";
import { harmless, wrap } from "../../terminal/text.ts";
import { type ModelFlags, modelOptions, withExamples, withModelFlags } from "../flags.ts";
import { lookLines, personCalled, promptLines } from "./look.ts";
import { studyNamed } from "./source.ts";

interface StepFlags extends ModelFlags {
  readonly as: string;
}

const help = `
Before each step, and at each checkpoint, the run waits for a command:
  (return)              go on to the next place
  to <place>            go on to that place; 'end' goes to the end
  people                who is there
  look <name>           what is on their mind, new to them, and remembered
  prompt <name>         what they were last asked, as sent, and their answer
  say <words>           everybody there hears it
  tell <name>: <words>  one person hears it
  quit                  leave; the run can be gone on with
What was played before costs nothing again. Words of yours make the run a fork,
under the name of --as; the run that you stepped through stays as it was.
${exitCodes}`;

/** `tinytroupe step`: goes through a study step by step, looks into people, and tells them something on the way. */
export function stepCommand(session: Session): Command {
  const command = withModelFlags(
    new Command("step")
      .summary("go through a run step by step, and look into people")
      .description("Go through a study, or a run of one, step by step.")
      .usage("[options] <study or run>")
      .argument("<study>", "study.yaml, main.ts, or the beginning of a run's name")
      .option("--as <name>", "the name of the fork that your words make", "stepped"),
  ).action((name: string, flags: StepFlags) => step(session, name, flags));
  return withExamples(
    command,
    ["step study.yaml --model builtin"],
    ["step brainstorming --as dearer", "what was played, once more"],
  ).addHelpText("after", help);
}

async function step(session: Session, name: string, flags: StepFlags): Promise<void> {
  const preparation = createPreparation(session.err, () => performance.now());
  const { study, of } = await preparation.during(`Reading ${name}`, studyNamed(session, name, flags.store));
  const options = await modelOptions(session, flags, { preparation, study });
  const teller = createTeller(session);
  const stop = new AbortController();
  const prompt = new Prompt({
    ...{ input: process.stdin, output: process.stderr, interactive: session.interactive },
    onInterrupt: () => {
      stop.abort("Ctrl-C");
      prompt.close();
    },
  });
  const interrupt = (): void => stop.abort("Ctrl-C");
  process.on("SIGINT", interrupt);
  const opening = { ...options, as: flags.as, ...(of !== undefined && { resume: of }) };
  try {
    let goal: string | undefined;
    for await (const pause of debug(study, { ...opening, signal: stop.signal, onEvent: teller.listen })) {
      teller.tell();
      if (goal !== undefined && goal !== pause.place) continue;
      goal = await ask(session, prompt, pause);
      if (goal === quit) break;
    }
    teller.tell();
    if (goal !== quit) session.out.say("The study has come to its end.");
  } finally {
    process.off("SIGINT", interrupt);
    prompt.close();
  }
  if (stop.signal.aborted) throw stopped();
}

const quit = "quit";

/** Asks for commands until the run is to go on; returns the place it is to go to, or undefined for the next. */
async function ask(session: Session, prompt: Prompt, pause: Pause): Promise<string | undefined> {
  const { out, outStyle: style } = session;
  out.say(harmless(`Before ${pause.place} · ${pause.simulation.run}${pause.isFork ? " · a fork" : ""}`), style.bold);
  for (;;) {
    const line = await prompt.next("> ");
    if (line === undefined) return quit;
    const [, word = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(line.trim()) ?? [];
    if (word === "" || word === "next") return undefined;
    if (word === "to" && rest !== "") return rest;
    if (word === "end" || word === "quit") return word;
    if (word === "say" && rest !== "") await pause.change(({ worlds, people }) => tellAll(rest, { worlds, people }));
    else if (word === "tell") await tellOne(session, pause, rest);
    else await look(session, pause, { word, rest });
    if (!pause.isFork && (word === "say" || word === "tell")) return undefined;
  }
}

type Cast = Pick<Pause["simulation"], "worlds" | "people">;

function tellAll(words: string, { worlds, people }: Cast): void {
  if (worlds.length === 0) for (const person of people) person.listen(words);
  for (const world of worlds) world.broadcast(words);
}

async function tellOne(session: Session, pause: Pause, rest: string): Promise<void> {
  const [, name = "", words = ""] = /^([^:]+):\s*(.+)$/s.exec(rest) ?? [];
  const told = personCalled(pause, name);
  if (told === undefined) return session.out.say(unknown(pause));
  await pause.change(({ people }) => people.find(({ id }) => id === told.id)?.listen(words));
}

async function look(session: Session, pause: Pause, { word, rest }: { readonly word: string; readonly rest: string }) {
  const { out, outStyle: style } = session;
  const view = { width: out.width, style };
  if (word === "people") {
    return out.print(...pause.simulation.people.map(({ name, pending }) => harmless(`${name}: ${pending.length} new`)));
  }
  if (word !== "look" && word !== "prompt") return out.print(help.trim());
  const person = personCalled(pause, rest);
  if (person === undefined) return out.say(unknown(pause));
  if (word === "look") return out.print(...(await lookLines(person, pause, view)));
  out.print(...promptLines(await pause.simulation.at(pause.place), person, view));
}

const unknown = ({ simulation }: Pause): string =>
  harmless(`Name one of: ${simulation.people.map(({ name }) => name).join(", ")}.`);

/** Says what happened since it last did. */
function createTeller({ out }: Session) {
  const events: Parameters<typeof transcriptOf>[0][number][] = [];
  let told = 0;
  return {
    listen: (event: Parameters<NonNullable<Parameters<typeof debug>[1]>["onEvent"] & {}>[0]): void => {
      if ("id" in event) events.push(event);
    },
    tell: (): void => {
      const entries = transcriptOf(events);
      const text = renderTranscript(entries.slice(told));
      told = entries.length;
      if (text !== "") out.print(...wrap(harmless(text), out.width));
    },
  };
}

function stopped(): TinyTroupeError<"ABORTED"> {
  return new TinyTroupeError("ABORTED", "Stopped between two steps.", {
    data: { reason: "Ctrl-C" },
    hint: "What was answered is kept: step through it again, for nothing.",
  });
}
