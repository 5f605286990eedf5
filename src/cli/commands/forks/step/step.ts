import { Command } from "commander";
import {
  clockTime,
  debug,
  isOfFork,
  type Pause,
  renderTranscript,
  type Study,
  TinyTroupeError,
  transcriptOf,
} from "../../../../index.ts";
import { exitCodes } from "../../../failure.ts";
import { createPreparation } from "../../../live/preparation.ts";
import type { Session } from "../../../session.ts";
import { Prompt } from "../../../terminal/prompt.ts";
import { harmless, wrap } from "../../../terminal/text.ts";
import { type ModelFlags, modelOptions, withExamples, withModelFlags } from "../../flags.ts";
import { inStore, storePath } from "../../study.ts";
import { studyNamed } from "../source.ts";
import { type Injection, saying, showing, telling, whom } from "./injection.ts";
import { lookLines, personCalled, promptLines } from "./look.ts";

interface StepFlags extends ModelFlags {
  readonly as?: string;
  readonly replace?: boolean;
}

const help = `
Before each step, and at each checkpoint, the run waits for a command:
  (return)              go on to the next place
  to <place>            go on to that place, room/3, or 3 in the same world
  end                   go on to the end
  people                who is there
  look <name>           what is on their mind, new to them, remembered; what
                        the news bring to mind, and what they have cost
  prompt <name>         what they were last asked, as sent, and their answer
  say <words>           everybody there hears it
  tell <name>: <words>  one person hears it
  show <file> <words>   everybody sees a picture, or reads a document;
                        with <name>: before the file, only this person
  help                  this list
  quit                  leave; the run can be gone on with
What was played before costs nothing again. What you tell and show makes a fork
of the run, under the name of --as; the run itself stays as it was.
${exitCodes}`;

/** `tinytroupe step`: goes through a study step by step, looks into people, and tells them something on the way. */
export function stepCommand(session: Session): Command {
  const command = withModelFlags(
    new Command("step")
      .summary("go through a run step by step, and look into people")
      .description("Go through a study, or a run of one, step by step.")
      .usage("[options] <study or run>")
      .argument("<study>", "study.yaml, main.ts, or the beginning of a run's name")
      .option("--as <name>", "the name of the fork that your words make (default: stepped, or the next that is free)")
      .option("--replace", "take the place of another fork of this name"),
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
  const as = await forkName(session, study, flags);
  const opening = { ...options, as, ...(of !== undefined && { resume: of }) };
  try {
    let goal: string | undefined;
    const passed: string[] = [];
    for await (const pause of debug(study, { ...opening, signal: stop.signal, onEvent: teller.listen })) {
      teller.tell(pause.simulation);
      passed.push(pause.place);
      if (goal !== undefined && goal !== pause.place) continue;
      goal = await ask({ session, prompt, pause, passed });
      if (goal === quit) break;
    }
    teller.tell();
    if (goal !== quit) session.out.say(atEnd(goal, passed));
  } finally {
    process.off("SIGINT", interrupt);
    prompt.close();
  }
  if (stop.signal.aborted) throw stopped();
}

const quit = "quit";
const end = "end";

/** Where somebody wanted to go and the study never came is no end like any other. */
function atEnd(goal: string | undefined, passed: readonly string[]): string {
  const over = "The study has come to its end.";
  if (goal === undefined || goal === end) return over;
  const known = [...new Set(passed)];
  const some = known.length > 6 ? [...known.slice(0, 5), "…", known.at(-1)] : known;
  return harmless(`It never came to ${goal}. It came to: ${some.join(", ")}. ${over}`);
}

/** The name of the fork that words make: as it was given, where no other has it, else the next that is free. */
async function forkName(session: Session, study: Study, { as, replace, store }: StepFlags): Promise<string> {
  const taken = await inStore(await storePath(session, store), async (opened) => {
    const runs = await opened.listRuns({ nameStart: `${study.name} / ${as ?? "stepped"}` });
    return new Set(runs.map(({ name }) => name));
  });
  const isTaken = (name: string): boolean => taken?.has(`${study.name} / ${name}`) === true;
  if (as !== undefined && isTaken(as) && !replace) throw nameTaken(as);
  const names = ["stepped", ...Array.from({ length: taken?.size ?? 0 }, (_, count) => `stepped ${count + 2}`)];
  return as ?? names.find((name) => !isTaken(name)) ?? "stepped";
}

interface Waiting {
  readonly session: Session;
  readonly prompt: Prompt;
  readonly pause: Pause;
  /** Places that the run has come to, this one too. */
  readonly passed: readonly string[];
}

/** Asks for commands until the run is to go on; returns the place it is to go to, or undefined for the next. */
async function ask(waiting: Waiting): Promise<string | undefined> {
  const { session, prompt, pause } = waiting;
  const { out, outStyle: style } = session;
  out.say(harmless(whereText(pause)), style.bold);
  let doubted: string | undefined;
  for (;;) {
    const line = await prompt.next("> ");
    if (line === undefined) return quit;
    const [, word = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(line.trim()) ?? [];
    if (word === "" || word === "next") return undefined;
    if (word === "to" && rest !== "") {
      const place = placeNamed(rest, pause);
      const doubt = doubtOf(place, waiting, doubted);
      if (doubt === undefined) return place;
      doubted = place;
      out.say(harmless(doubt));
      continue;
    }
    if (word === end || word === quit) return word;
    const injection = injectionOf({ word, rest }, pause, session);
    if (injection === undefined) await look(session, pause, { word, rest });
    else if ("wrong" in injection) out.say(harmless(injection.wrong));
    else {
      await pause.change(injection.change);
      if (!pause.isFork) return undefined;
    }
  }
}

function whereText({ place, simulation, isFork }: Pause): string {
  const time = simulation.context.clock.written();
  return [
    `Before ${place}`,
    ...(time === undefined ? [] : [clockTime(time)]),
    simulation.run,
    ...(isFork ? ["a fork"] : []),
  ].join(" · ");
}

/** Why a run may never come to a place: somebody at a terminal has to say it twice, since all is played in vain else. */
function doubtOf(place: string, { session, pause, passed }: Waiting, doubted?: string): string | undefined {
  if (passed.includes(place)) return `The run has come to ${place} already, and only goes on.`;
  const worlds = pause.simulation.worlds.map(({ id }) => id);
  if (!session.interactive || place === doubted || worlds.includes(place.replace(/\/\d+$/, ""))) return undefined;
  const there = worlds.length === 0 ? "There is no world" : `There is ${worlds.join(", ")}`;
  return `${there} by now. Once more 'to ${place}' goes on until it comes, or to the end.`;
}

interface Line {
  readonly word: string;
  readonly rest: string;
}

/** `3` is the third step of the world in whose step the run waits. */
const placeNamed = (text: string, { place }: Pause): string =>
  /^\d+$/.test(text) && place.includes("/") ? place.replace(/[^/]*$/, text) : text;

function injectionOf({ word, rest }: Line, pause: Pause, { environment }: Session): Injection | undefined {
  if (word === "say") return saying(rest);
  if (word === "tell") return telling(rest, pause);
  return word === "show" ? showing(rest, pause, environment.folder) : undefined;
}

async function look(session: Session, pause: Pause, { word, rest }: Line) {
  const { out, outStyle: style } = session;
  const view = { width: out.width, style };
  if (word === "people") {
    return out.print(
      ...pause.simulation.people.map(({ name, pending, location }) =>
        harmless(`${name}: ${pending.length} new${location === undefined ? "" : ` · ${location}`}`),
      ),
    );
  }
  if (word === "help" || word === "?") return out.print(help.trim());
  if (word !== "look" && word !== "prompt") return out.say(harmless(noCommand(word)));
  const person = personCalled(pause, rest);
  if (person === undefined) return out.say(harmless(whom(pause)));
  if (word === "look") return out.print(...(await lookLines(person, pause, view)));
  out.print(...promptLines(await pause.simulation.at(pause.place), person, view));
}

const commands = ["next", "to", end, "people", "look", "prompt", "say", "tell", "show", "help", quit];

function noCommand(word: string): string {
  const meant = commands.filter((one) => one[0] === word[0]?.toLowerCase());
  const more =
    meant.length === 0 ? `There are: ${commands.join(", ")}.` : `Did you mean ${meant.join(" or ")}? All: help`;
  return `There is no command '${word}'.\n${more}`;
}

/** Says what happened since it last did. */
function createTeller({ out }: Session) {
  const events: Parameters<typeof transcriptOf>[0][number][] = [];
  let [told, known] = [0, 0];
  let run: string | undefined;
  return {
    listen: (event: Parameters<NonNullable<Parameters<typeof debug>[1]>["onEvent"] & {}>[0]): void => {
      if ("id" in event && !isOfFork(event)) events.push(event);
    },
    tell: (of?: { readonly run: string }): void => {
      // A fork begins by telling what it shares with its run, which was said.
      if (run !== undefined && of !== undefined && of.run !== run) events.splice(0, known);
      run = of?.run ?? run;
      known = events.length;
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

function nameTaken(name: string): TinyTroupeError<"NAME_TAKEN"> {
  return new TinyTroupeError("NAME_TAKEN", `There is a fork called '${name}' already.`, {
    data: { name },
    hint: "Choose another name with --as, or take the place of that one with --replace.",
  });
}
