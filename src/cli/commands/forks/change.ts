import { existsSync } from "node:fs";
import type { Command } from "commander";
import {
  type Difference,
  type Fragment,
  loadFragment,
  packagedFragment,
  type Simulation,
  TinyTroupeError,
} from "../../../index.ts";
import { collected } from "../../live/approval.ts";
import { peopleCalled } from "../people-called.ts";

/** What is different in a fork, as flags say it. */
export interface ChangeFlags {
  readonly at?: string;
  readonly say?: readonly string[];
  readonly to?: readonly string[];
  readonly from?: string;
  readonly away?: readonly string[];
  readonly persona?: readonly string[];
  readonly reword?: readonly string[];
  readonly said?: readonly string[];
  readonly prompt?: readonly string[];
  readonly without?: readonly string[];
}

/** What is different in a fork, as its run keeps it: personas are what they were when it began. */
export interface KeptChange extends Omit<ChangeFlags, "persona"> {
  readonly personas?: Readonly<Record<string, Fragment["persona"]>>;
}

/** Adds `--at`, `--say`, `--to`, `--from`, `--away`, `--persona`, `--reword`, `--said`, `--prompt` and `--without`. */
export function withChangeFlags(command: Command): Command {
  return command
    .option("--at <place>", "where they part: room/3 is before the third step of the world 'room'; or a checkpoint")
    .option("--say <words>", "what everybody there hears at that place; repeatable", collected)
    .option("--to <name>", "only this person hears it; repeatable", collected)
    .option("--from <name>", "whom the words come from (default: from outside)")
    .option("--away <name>", "who leaves there; repeatable", collected)
    .option("--persona <edit>", "somebody is otherwise: 'Whole Name: age=70', or a fragment after the colon", collected)
    .option("--reword <old=new>", "in all that people are told from outside; repeatable", collected)
    .option("--said <edit>", "somebody says something else in a turn: 'Whole Name@room/2=words'; repeatable", collected)
    .option("--prompt <old=new>", "in the rules that everybody's model reads first; repeatable", collected)
    .option("--without <name>", "an intervention of the study that is not made; repeatable", collected);
}

/** The change that flags describe. OPTION_INVALID for what is no edit; PERSONA_INVALID, FILE_UNREADABLE for fragments. */
export async function keptChange({ persona = [], ...flags }: ChangeFlags): Promise<KeptChange> {
  const { at, say, to, from, away, reword, said, prompt, without } = flags;
  for (const text of reword ?? []) rewordingOf(text, "--reword");
  for (const text of prompt ?? []) rewordingOf(text, "--prompt");
  for (const text of said ?? []) sayingOf(text);
  const personas = persona.length > 0 && { personas: await personasOf(persona) };
  const edits = { ...personas, reword, said, prompt, without };
  return JSON.parse(JSON.stringify({ at, say, to, from, away, ...edits })) as KeptChange;
}

/** The difference that a change makes. OPTION_INVALID where something is to change, and nobody said where. */
export function differenceOf(kept: KeptChange): Difference {
  const { at, say = [], to = [], away = [] } = kept;
  const changes = say.length + away.length > 0;
  if (to.length > 0 && say.length === 0) throw incomplete("--say", "What is it that they hear?");
  if (changes && at === undefined) throw incomplete("--at", "Where do the two runs part?");
  const edit = editOf(kept);
  return {
    ...(at !== undefined && { at }),
    ...(at !== undefined && changes && { change: (simulation) => make(simulation, { ...kept, at }) }),
    ...(Object.keys(edit).length > 0 && { edit }),
    described: { ...kept },
  };
}

function editOf({ personas, reword = [], said, prompt = [], without }: KeptChange) {
  const rules = reworded(prompt, "--prompt");
  const words = reworded(reword, "--reword");
  return {
    ...(personas && { personas }),
    ...(reword.length > 0 && { stimulus: (told: Told): Told => ({ ...told, content: words(told.content) }) }),
    ...(said && { said: said.map(sayingOf) }),
    ...(prompt.length > 0 && { prompt: rules }),
    ...(without && { interventions: Object.fromEntries(without.map((name) => [name, false as const])) }),
  };
}

type Told = Parameters<NonNullable<NonNullable<Difference["edit"]>["stimulus"]>>[0];

/** Puts the words of edits in the place of others. */
function reworded(edits: readonly string[], option: string): (text: string) => string {
  const pairs = edits.map((one) => rewordingOf(one, option));
  return (text) => pairs.reduce((so, [old, now]) => so.replaceAll(old, () => now), text);
}

/** Words of an edit, and others instead of them; OPTION_INVALID for what is no edit. */
export function rewordingOf(text: string, option: string): readonly [old: string, now: string] {
  const [, old = "", now = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (old.trim() !== "") return [old, now];
  throw noEdit(option, text, `Give the words that stand there, and others, as in ${option} "40 euros=200 euros".`);
}

function sayingOf(text: string): { readonly by: string; readonly at: string; readonly words: string } {
  const [, by = "", at = "", words = ""] = /^([^@=]+)@([^=]+)=(.+)$/s.exec(text) ?? [];
  if (by.trim() !== "" && words.trim() !== "") return { by: by.trim(), at: at.trim(), words: words.trim() };
  throw noEdit(
    "--said",
    text,
    'Give a whole name, a turn and words, as in --said "Lisa Brannigan@room/2=I would not."',
  );
}

/** By name, what is laid over somebody's persona; several edits of one person are laid one over the other. */
async function personasOf(edits: readonly string[]): Promise<NonNullable<KeptChange["personas"]>> {
  const found = new Map<string, Fragment["persona"]>();
  for (const text of edits) {
    const [, name = "", what = ""] = /^([^:]+):\s*(.+)$/s.exec(text) ?? [];
    if (name.trim() === "" || what.trim() === "") throw noEdit("--persona", text, persona);
    found.set(name.trim(), { ...found.get(name.trim()), ...(await partOf(what.trim())) });
  }
  return Object.fromEntries(found);
}

const persona =
  'Give a whole name and what is otherwise, as in --persona "Lisa Brannigan: age=70", or a fragment: "Lisa Brannigan: price-sensitive".';

/** A key with its value, or what a fragment says: a file, or one that comes with the package. */
async function partOf(what: string): Promise<Fragment["persona"]> {
  const [, keys, value = ""] = /^([\w.]+)=(.*)$/s.exec(what) ?? [];
  if (keys === undefined)
    return (existsSync(what) ? (await loadFragment(what)).fragment : await packagedFragment(what)).persona;
  return keys
    .split(".")
    .reduceRight<unknown>((inner, key) => ({ [key]: inner }), writtenAs(value)) as Fragment["persona"];
}

/** A number, a list or the like as JSON writes it; any other words as they are. */
function writtenAs(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Makes the change in a run that has come to its place. */
function make(simulation: Simulation, change: KeptChange & { readonly at: string }): void {
  const { at, say = [], to = [], from, away = [] } = change;
  const place = simulation.worlds.filter(({ id }) => at.startsWith(`${id}/`));
  const worlds = place.length > 0 ? place : simulation.worlds;
  for (const name of away) for (const world of worlds) world.remove(name);
  for (const words of say) {
    if (to.length > 0) for (const name of to) named(simulation, name).listen(words, from);
    else if (worlds.length === 0) for (const person of simulation.people) person.listen(words, from);
    else for (const world of worlds) world.broadcast(words, from === undefined ? {} : { from });
  }
}

function named({ people }: Simulation, name: string) {
  const [found, ...more] = peopleCalled(people, name);
  if (found !== undefined && more.length === 0) return found;
  const known = people.map((person) => person.name);
  throw new TinyTroupeError("TARGET_UNKNOWN", `Nobody here, or more than one, is called '${name}'.`, {
    data: { target: name, known },
    hint: `Name one of: ${known.join(", ")}.`,
  });
}

function incomplete(option: string, message: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", message, {
    data: { option },
    hint: `Say it with ${option}, as in: tinytroupe fork study.yaml --as dearer --at room/3 --say "It costs 200 euros."`,
  });
}

function noEdit(option: string, value: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${value}' is no edit.`, { data: { option, value }, hint });
}
