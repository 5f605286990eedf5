import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import {
  languagesOf,
  lintPersona,
  listPackagedPersonas,
  loadPerson,
  minibio,
  type Persona,
  packagedPersona,
  parsePerson,
  personaProse,
  type ReadPerson,
  type SavedPerson,
  savePersona,
  slug,
  TinyTroupeError,
} from "../../index.ts";
import { refuseTaken } from "../new-file.ts";
import { reply } from "../reply.ts";
import { type Session, shellWord } from "../session.ts";
import { harmless, pad, widthOf, wrap } from "../terminal/text.ts";
import { type ModelFlags, withExamples, withModelFlags } from "./flags.ts";
import { making } from "./making.ts";

interface NewFlags extends ModelFlags {
  readonly about?: string;
  readonly out?: string;
}

/** `tinytroupe persona`: who there is, and new people from a description. */
export function personaCommand(session: Session): Command {
  const persona = new Command("persona").summary("make, list and read personas").description("Who can be simulated.");
  const listing = persona
    .command("list")
    .description("the personas that come with the package")
    .option("--json", "for programs")
    .action(() => list(session));
  const showing = persona
    .command("show")
    .description("a persona as the model reads it, and what its file could do better")
    .argument("<persona>", "a file, of a saved person too, or the name of a packaged persona")
    .option("--json", "the persona as data, for programs")
    .action((source: string) => show(session, source));
  const making = withModelFlags(persona.command("new"))
    .description(
      "make a persona from a description, in one call; the same words with the same seed and model make the same person",
    )
    .argument("<description>", "what must be true of the person", something)
    .option("--about <context>", "where the person comes from, as in 'a bank in Lisbon'")
    .option("--out <file>", "where to write it (default: <name>.json here, never over another file)")
    .option("--json", "print it instead of writing a file")
    .action((description: string, flags: NewFlags) => create(session, description, flags));
  const made = 'persona new "a tram driver in Porto" --out rui.json';
  withExamples(listing, ["persona list"], ["persona list --json"]);
  withExamples(showing, ["persona show minji"], ["persona show ./rui.json", "and what could be better in it"]);
  withExamples(making, [made], [`${made} --seed 2`, "another one"]);
  return withExamples(persona, ["persona list"], ["persona show minji"], [made], ["chat rui.json"]);
}

/**
 * A person, and their file or packaged name as the library takes it: a bare name may also be a file `<name>.json` here.
 * Throws TARGET_UNKNOWN with the names that come near, FILE_UNREADABLE or PERSONA_INVALID.
 */
export async function findPersona({ environment }: Session, given: string): Promise<FoundPersona> {
  const packaged = await listPackagedPersonas();
  const bare = !/[/\\.]/.test(given);
  if (bare && packaged.includes(slug(given))) {
    return { source: given, ...parsePerson(await packagedPersona(given)) };
  }
  const source = bare ? `./${given}.json` : given;
  if (!bare || existsSync(join(environment.folder, source))) return { source, ...(await loadPerson(source)) };
  const near = packaged.filter((name) => name.slice(0, 2) === slug(given).slice(0, 2));
  throw new TinyTroupeError("TARGET_UNKNOWN", `No persona '${given}' comes with the package, nor is ${source} here.`, {
    data: { target: given, known: packaged },
    hint: `${near.length > 0 ? `Did you mean ${near.join(" or ")}? ` : ""}There are: ${packaged.join(", ")}.`,
  });
}

interface FoundPersona extends ReadPerson {
  readonly source: string;
}

async function list(session: Session): Promise<void> {
  const names = await listPackagedPersonas();
  const personas = await Promise.all(names.map((name) => packagedPersona(name)));
  if (session.json) {
    const rows = personas.map((persona, index) => ({
      name: names[index],
      fullName: persona.name,
      about: minibio(persona),
      languages: languagesOf(persona),
    }));
    return reply(session, { personas: rows });
  }
  const { out, outStyle: style } = session;
  const column = Math.max(...names.map(widthOf)) + 2;
  for (const [index, persona] of personas.entries()) {
    const [first = "", ...rest] = wrap(harmless(minibio(persona)), out.width - column);
    out.print(
      style.bold(pad(names[index] ?? "", column)) + first,
      ...rest.map((line) => `${" ".repeat(column)}${line}`),
    );
  }
}

async function show(session: Session, source: string): Promise<void> {
  const { out, err, errStyle: style } = session;
  const { person, warnings } = await findPersona(session, source);
  const { persona } = person;
  const findings = lintPersona(persona);
  const saved = savedIn(person);
  if (session.json) return reply(session, { persona, findings, warnings, ...(saved && { saved }) });
  for (const line of harmless(personaProse(persona, { for: "full" })).split("\n"))
    out.print(...hanging(line, out.width));
  if (saved !== undefined) out.print("", ...out.fold(harmless(savedText(saved)), 0));
  const remarks = [
    ...warnings,
    ...findings.map(({ path, message }) => (path === "" ? `The persona ${message}` : `${path}: ${message}`)),
  ];
  if (remarks.length > 0) err.print("");
  for (const remark of remarks) err.say(remark, style.warn);
}

/** What a file holds beside the persona. */
interface Saved {
  readonly turns: number;
  readonly notes: number;
  readonly pending: number;
  readonly faculties: readonly string[];
}

function savedIn({ life, faculties = [] }: SavedPerson): Saved | undefined {
  if (life === undefined) return undefined;
  const turns = life.episodes.filter(({ kind }) => kind === "turn").length;
  return { turns, notes: life.notes?.length ?? 0, pending: life.pending.length, faculties };
}

function savedText({ turns, notes, pending, faculties }: Saved): string {
  const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
  const needed = faculties.length === 0 ? "" : ` Needs the faculties ${faculties.join(", ")}: play them in a program.`;
  return `Saved with ${some(turns, "turn")}, ${some(notes, "note")} and ${some(pending, "thing")} not reacted to yet.${needed}`;
}

/** A line wrapped under its own beginning. */
function hanging(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const [first = "", ...rest] = wrap(line.slice(indent.length), width - indent.length - 2);
  return [indent + first, ...rest.map((more) => `${indent}  ${more}`)];
}

async function create(session: Session, description: string, flags: NewFlags): Promise<void> {
  if (flags.out !== undefined && !session.json) refuseTaken(session, flags.out, "--out");
  const name = `persona ${description}`.slice(0, 60);
  const { about = description, about: given } = flags;
  const { persona } = await making(session, { name, flags, what: "call" }, ({ simulation }) =>
    simulation.generatePerson(about, given === undefined ? undefined : description),
  );
  await keep(session, persona, flags);
}

function something(description: string): string {
  if (description.trim() !== "") return description;
  throw new InvalidArgumentError('Say who it is, as in "a tram driver in Porto".');
}

async function keep(session: Session, persona: Persona, flags: NewFlags): Promise<void> {
  // With its type beside it the document is a persona file too.
  if (session.json) return reply(session, { type: "TinyPerson", simulated: true, persona });
  const { out } = session;
  const file = flags.out ?? freeName(slug(persona.name, 100));
  await savePersona(file, persona);
  out.print(...wrap(harmless(minibio(persona)), out.width));
  out.say(`Written to ${file}. Talk with this person: tinytroupe chat ${shellWord(file)}`);
}

function freeName(base: string): string {
  for (let number = 1; ; number++) {
    const file = `${base}${number === 1 ? "" : `-${number}`}.json`;
    if (!existsSync(file)) return file;
  }
}
