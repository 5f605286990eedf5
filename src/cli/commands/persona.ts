import { Command } from "commander";
import {
  lintPersona,
  listPackagedPersonas,
  loadPersona,
  minibio,
  openSimulation,
  type Persona,
  packagedPersona,
  personaProse,
  savePersona,
  slug,
} from "../../index.ts";
import { createView } from "../live/view.ts";
import type { Session } from "../session.ts";
import { harmless, wrap } from "../terminal/text.ts";
import { type ModelFlags, modelOptions, withModelFlags } from "./flags.ts";

interface NewFlags extends ModelFlags {
  readonly about?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `tinytroupe persona`: who there is, and new people from a description. */
export function personaCommand(session: Session): Command {
  const persona = new Command("persona").summary("make, list and read personas").description("Who can be simulated.");
  persona
    .command("list")
    .description("the personas that come with the package")
    .action(() => list(session));
  persona
    .command("show")
    .description("a persona as the model reads it, and what its file could do better")
    .argument("<persona>", "a file, or the name of a packaged persona")
    .action((source: string) => show(session, source));
  withModelFlags(persona.command("new"))
    .description("make a persona from a description, in one call")
    .argument("<description>", "what must be true of the person")
    .option("--about <context>", "where the person comes from")
    .option("--out <file>", "where to write it (default: <name>.json here)")
    .option("--json", "print it instead of writing a file")
    .action((description: string, flags: NewFlags) => create(session, description, flags));
  return persona;
}

async function list({ out, outStyle: style }: Session): Promise<void> {
  for (const name of await listPackagedPersonas()) {
    const [first, ...rest] = wrap(harmless(minibio(await packagedPersona(name))), out.width - 10);
    out.print(`${style.bold(name.padEnd(10))}${first ?? ""}`, ...rest.map((line) => " ".repeat(10) + line));
  }
}

async function show({ out, err, errStyle: style }: Session, source: string): Promise<void> {
  const persona = await read(source);
  out.print(...wrap(harmless(personaProse(persona, { for: "full" })), out.width));
  for (const finding of lintPersona(persona)) err.print(style.warn(harmless(`${finding.path}: ${finding.message}`)));
}

async function read(source: string): Promise<Persona> {
  return /[/\\.]/.test(source) ? (await loadPersona(source)).persona : packagedPersona(source);
}

async function create(session: Session, description: string, flags: NewFlags): Promise<void> {
  const view = createView({
    screen: session.err,
    style: session.errStyle,
    thoughts: false,
    now: () => performance.now(),
  });
  const simulation = await openSimulation({
    name: `persona ${description}`.slice(0, 60),
    ...modelOptions(session, flags),
    onEvent: (event) => view.listener(event),
  });
  const timer = setInterval(view.tick, 500);
  try {
    session.err.print(session.errStyle.dim(simulation.choice.reason));
    const { persona } = await simulation.generatePerson(
      flags.about ?? description,
      flags.about === undefined ? undefined : description,
    );
    if (flags.json)
      return session.raw(`${JSON.stringify({ type: "TinyPerson", simulated: true, persona }, null, 2)}\n`);
    const file = flags.out ?? `${slug(persona.name)}.json`;
    await savePersona(file, persona);
    session.out.print(
      ...wrap(harmless(minibio(persona)), session.out.width),
      `Written to ${file}. Talk with this person: tinytroupe chat ${file}`,
    );
  } finally {
    clearInterval(timer);
    session.err.print(session.errStyle.dim(view.end()));
    await simulation.close();
  }
}
