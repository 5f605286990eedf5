import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { errorRecord, openSimulation, type Simulation, type TinyPerson } from "../../index.ts";
import { onInterrupt } from "../interrupt.ts";
import { createView } from "../live/view.ts";
import type { Session } from "../session.ts";
import { harmless, isolate } from "../terminal/text.ts";
import { type ModelFlags, modelOptions, withModelFlags } from "./flags.ts";

interface ChatFlags extends ModelFlags {
  readonly thoughts?: boolean;
  readonly as: string;
  readonly resume?: string;
}

/** `tinytroupe chat`: one person, in the terminal. */
export function chatCommand(session: Session): Command {
  return withModelFlags(new Command("chat"))
    .summary("talk with one person")
    .description("Talk with one person in the terminal. /thoughts shows or hides what they think, /quit ends.")
    .argument("<persona>", "a persona file, or the name of a packaged persona (see: tinytroupe persona list)")
    .option("--thoughts", "show what the person thinks")
    .option("--as <name>", "who you are in this talk", "a visitor")
    .option("--resume <run>", "go on with an earlier talk")
    .action(async (source: string, flags: ChatFlags) => chat(session, source, flags));
}

async function chat(session: Session, source: string, flags: ChatFlags): Promise<void> {
  const view = createView({
    screen: session.err,
    style: session.errStyle,
    thoughts: flags.thoughts === true,
    now: () => performance.now(),
  });
  const simulation = await openSimulation({
    name: `chat with ${source} ${new Date().toISOString().slice(0, 19)}`,
    ...modelOptions(session, flags),
    ...(flags.resume === undefined ? {} : { resume: flags.resume }),
    stream: session.err.live,
    onEvent: (event) => {
      if (event.type !== "stimulus") view.listener(event);
    },
  });
  const release = onInterrupt(session, simulation);
  try {
    session.err.print(session.errStyle.dim(simulation.choice.reason));
    const earlier = await saidBefore(simulation);
    const person = await simulation.person(source);
    for (const words of earlier) {
      session.err.print("", `${session.errStyle.bold(flags.as)}`, `  ${harmless(words)}`);
      await person.listenAndAct(words, flags.as);
    }
    await converse(session, person, { view, as: flags.as });
  } finally {
    view.end();
    release();
    await simulation.close();
    session.err.print(
      session.errStyle.dim(
        `Kept as run ${simulation.run}. To go on: tinytroupe chat ${source} --resume ${simulation.run}`,
      ),
    );
  }
}

/** What the visitor said in the talk that is being resumed: said again, the answers come from the journal. */
async function saidBefore(simulation: Simulation): Promise<readonly string[]> {
  const events = await Array.fromAsync(simulation.story());
  return events.flatMap((event) =>
    event.type === "stimulus" && event.stimulus.type === "CONVERSATION" ? [event.stimulus.content] : [],
  );
}

async function converse(
  session: Session,
  person: TinyPerson,
  talk: { view: ReturnType<typeof createView>; as: string },
): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: session.interactive });
  const prompt = `\n${session.errStyle.bold(talk.as)} › `;
  session.err.print(
    `You are talking with ${isolate(harmless(person.name))}. /thoughts shows what they think, /quit ends.`,
  );
  lines.setPrompt(prompt);
  lines.on("SIGINT", () => process.emit("SIGINT"));
  const ended = (): void => lines.close();
  person.context.signal.addEventListener("abort", ended, { once: true });
  lines.prompt();
  for await (const line of lines) {
    const words = line.trim();
    if (words === "/quit") break;
    if (words === "/thoughts")
      session.err.print(talk.view.toggleThoughts() ? "Thoughts are shown." : "Thoughts are hidden.");
    else if (words !== "") await answer(session, person, words, talk);
    lines.prompt();
  }
  lines.close();
}

async function answer(
  session: Session,
  person: TinyPerson,
  words: string,
  talk: { view: ReturnType<typeof createView>; as: string },
): Promise<void> {
  try {
    const turn = await person.listenAndAct(words, talk.as);
    if (!turn.actions.some((action) => action.type === "TALK"))
      session.err.print(session.errStyle.dim("  (says nothing)"));
  } catch (error) {
    const { message, hint } = errorRecord(error);
    session.err.print(session.errStyle.bad(harmless(message)), ...(hint ? [`→ ${harmless(hint)}`] : []));
  } finally {
    session.err.footer([]);
  }
}
