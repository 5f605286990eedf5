import { basename, resolve } from "node:path";
import { Command } from "commander";
import {
  type Consent,
  Interviewer,
  type InterviewFile,
  type InterviewGuide,
  type InterviewTurn,
  lifeStoryGuide,
  loadInterviewGuide,
  openInterviewFile,
  openSimulation,
  type Simulation,
} from "../../../index.ts";
import { createPreparation } from "../../live/preparation.ts";
import { reply } from "../../reply.ts";
import { type Session, shellWord } from "../../session.ts";
import { Prompt } from "../../terminal/prompt.ts";
import { harmless } from "../../terminal/text.ts";
import { caveat, type ModelFlags, modelOptions, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { findPersona } from "../persona.ts";

interface InterviewFlags extends ModelFlags {
  readonly out: string;
  readonly guide?: string;
  readonly with?: string;
  readonly minutes?: number;
}

const help = `
Whoever sits at the terminal is asked for consent first. An answer has as many
lines as you like, and an empty line ends it; "skip" leaves a question out;
"stop", Ctrl-D or Ctrl-C ends. Each answer is in the file at once, and the same
command goes on where it was. 'population from' makes a person of the file.
A guide is YAML: { name, sections: [{ title, minutes, questions: [...] }] };
editors check it by schemas/interview.schema.json.
Minutes are counted by words, as if they were spoken.`;

/** `tinytroupe population interview`: the long interview from whose transcript somebody can be simulated. */
export function interviewCommand(session: Session): Command {
  const command = withModelFlags(new Command("interview"))
    .description("interview somebody at the terminal about their life, and write it down")
    .requiredOption("--out <file>", "the transcript, in Markdown; one that is there is gone on with")
    .option("--guide <file>", "what is asked, in YAML or JSON (default: a life story in ten sections)")
    .option("--with <persona>", "let a simulated person answer: a persona file, or the name of a packaged one")
    .option("--minutes <n>", "how long it is to take (default: what the guide says)", wholeNumber)
    .option("--json", "for programs: what came of it, as one document")
    .action((flags: InterviewFlags) => interview(session, flags));
  return withExamples(
    command,
    ["population interview --out anna.md", "two hours, with pauses as you like"],
    ["population interview --out lisa.md --with lisa --minutes 20"],
  ).addHelpText("after", help);
}

/** Who answers. */
interface Answerer {
  /** What stands at the head of the transcript, and what a human agreed to; undefined where they do not. */
  agreed(
    simulation: Simulation,
  ): Promise<{ readonly lines: readonly string[]; readonly consent?: Consent } | undefined>;
  answer(question: string): Promise<string | undefined>;
}

async function interview(session: Session, flags: InterviewFlags): Promise<void> {
  const { folder } = session.environment;
  const guide = flags.guide === undefined ? lifeStoryGuide : await loadInterviewGuide(resolve(folder, flags.guide));
  const source = flags.with === undefined ? undefined : (await findPersona(session, flags.with)).source;
  const file = await openInterviewFile(resolve(folder, flags.out), { guide, simulated: source ?? null });
  const stop = new AbortController();
  const prompt = source === undefined ? promptOf(session, stop) : undefined;
  const end = (): void => {
    stop.abort("Ctrl-C");
    prompt?.close();
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  const preparation = createPreparation(session.err, () => performance.now());
  try {
    const opening = openSimulation({
      name: `interview ${basename(flags.out)}`,
      ...(await modelOptions(session, flags, { preparation })),
      signal: stop.signal,
    });
    await using simulation = await preparation.during("Opening the interview", opening);
    const answering = prompt ? human(session, prompt) : await simulated(simulation, `${source}`, file);
    session.run = simulation.run;
    session.farewell = "What was answered is in the file. The same command goes on from there.";
    await hold(session, { simulation, guide, file, flags, answering, signal: stop.signal });
  } finally {
    prompt?.close();
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}

interface Held {
  readonly simulation: Simulation;
  readonly guide: InterviewGuide;
  readonly file: InterviewFile;
  readonly flags: InterviewFlags;
  readonly answering: Answerer;
  readonly signal: AbortSignal;
}

async function hold(session: Session, held: Held): Promise<void> {
  const { simulation, guide, file, flags, answering, signal } = held;
  const { screen, style } = talkOf(session);
  screen.say([simulation.choice.reason, caveat(simulation, "interview") ?? ""].join("\n").trim(), style.dim);
  const agreed = file.turns.length > 0 ? { lines: [] } : await answering.agreed(simulation);
  if (agreed === undefined) {
    screen.say("Nothing was asked and nothing written.");
    if (session.json) reply(session, { file: flags.out, consent: false, answers: 0, complete: false });
    return;
  }
  await file.begin(agreed.lines, agreed.consent);
  const after = file.turns.at(-1);
  screen.say(after ? `The interview goes on after question ${after.number}.` : (guide.opening ?? ""));
  if (flags.with === undefined)
    screen.say("An empty line ends an answer; skip and stop are words of their own.", style.dim);
  const { minutes } = flags;
  const options = { guide, signal, ...(after && { after }), ...(minutes !== undefined && { minutes }) };
  let answers = file.turns.length;
  let complete = true;
  const answer = async (question: string): Promise<string | undefined> => {
    screen.print("", ...screen.fold(style.bold(harmless(question)), 0));
    const said = await answering.answer(question);
    if (said === undefined) complete = false;
    return said;
  };
  for await (const turn of new Interviewer(simulation.context, options).conduct(answer)) {
    await file.append(turn);
    answers += 1;
    show(session, turn, flags);
  }
  if (signal.aborted) complete = false;
  screen.say(complete ? (guide.closing ?? "That was all.") : "Thank you. The same command goes on from here.");
  screen.say(`${answers} answers in ${harmless(shellWord(flags.out))}`, style.dim);
  const { run, heuristic } = simulation;
  if (session.json)
    reply(session, { file: flags.out, simulated: flags.with !== undefined, heuristic, run, answers, complete });
}

/** Where standard output is for the document, the talk appears on standard error. */
const talkOf = ({ json, out, err, outStyle, errStyle }: Session) =>
  json ? { screen: err, style: errStyle } : { screen: out, style: outStyle };

function show(session: Session, { answer }: InterviewTurn, flags: InterviewFlags): void {
  const { screen } = talkOf(session);
  if (flags.with !== undefined) screen.say(harmless(answer));
}

function promptOf({ interactive }: Session, stop: AbortController): Prompt {
  const prompt: Prompt = new Prompt({
    input: process.stdin,
    output: process.stderr,
    interactive,
    onInterrupt: () => {
      stop.abort("Ctrl-C");
      prompt.close();
    },
  });
  return prompt;
}

/** Somebody at the terminal, or through a pipe. */
function human(session: Session, prompt: Prompt): Answerer {
  const { screen } = talkOf(session);
  return {
    agreed: async ({ choice }) => {
      const consent = `You are to be interviewed about your life by a program. What you answer is written into a file here, and sent to the model ${choice.spec}, which asks the questions. A simulated person who answers as you would may be made of it. You can leave out any question, end at any time, and delete the file.`;
      screen.say(`${consent} Do you agree? (yes or no)`);
      const said = (await prompt.next("› "))?.trim() ?? "";
      if (!/^y(es)?$/i.test(said)) return undefined;
      const lines = [`Consent: "${said}", on ${new Date().toISOString().slice(0, 10)}, to this:`, consent];
      return { lines, consent: { given: true, scope: consent } };
    },
    answer: async () => {
      const said = await prompt.nextText(["› ", "  "], (line) => /^(?:skip|stop)$/i.test(line));
      return said === undefined || /^stop$/i.test(said) ? undefined : said;
    },
  };
}

/** A simulated person, who remembers what they said in earlier sittings. */
async function simulated(simulation: Simulation, source: string, { turns }: InterviewFile): Promise<Answerer> {
  const person = await simulation.person(source);
  const answer = async (question: string): Promise<string> => {
    const { actions } = await person.listenAndAct(question, "the interviewer");
    const said = actions.flatMap((action) => (action.type === "TALK" ? [action.content] : []));
    return said.join("\n").trim();
  };
  // The journal has what was answered: it costs nothing again.
  for (const { asked } of turns) await answer(asked);
  const by = `Simulated: ${person.name} is no human; the answers are from the model ${simulation.choice.spec}.`;
  return { answer, agreed: async () => ({ lines: [by] }) };
}
