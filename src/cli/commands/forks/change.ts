import type { Command } from "commander";
import { type ForkPlan, type Simulation, TinyTroupeError } from "../../../index.ts";
import { collected } from "../../live/approval.ts";

/** What is different in a fork, as flags say it and as its run keeps it. */
export interface ChangeFlags {
  readonly at?: string;
  readonly say?: readonly string[];
  readonly to?: readonly string[];
  readonly from?: string;
  readonly away?: readonly string[];
}

/** Adds `--at`, `--say`, `--to`, `--from` and `--away`. */
export function withChangeFlags(command: Command): Command {
  return command
    .option("--at <place>", "where they part: room/3 is before the third step of the world 'room'; or a checkpoint")
    .option("--say <words>", "what everybody there hears at that place; repeatable", collected)
    .option("--to <name>", "only this person hears it; repeatable", collected)
    .option("--from <name>", "whom the words come from (default: from outside)")
    .option("--away <name>", "who leaves there; repeatable", collected);
}

/** The fork that flags describe. Throws OPTION_INVALID where something is to change, and nobody said where. */
export function planOf(name: string, flags: ChangeFlags): Omit<ForkPlan, "of"> {
  const { at, say = [], to = [], away = [] } = flags;
  const changes = say.length + away.length > 0;
  if (to.length > 0 && say.length === 0) throw incomplete("--say", "What is it that they hear?");
  if (changes && at === undefined) throw incomplete("--at", "Where do the two runs part?");
  if (at === undefined) return { name };
  return changes ? { name, at, change: (simulation) => make(simulation, { ...flags, at }) } : { name, at };
}

/** Makes the change in a run that has come to its place. */
function make(simulation: Simulation, flags: ChangeFlags & { readonly at: string }): void {
  const { at, say = [], to = [], from, away = [] } = flags;
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
  const wanted = name.trim().toLowerCase();
  const isCalled = (whole: string): boolean => whole.toLowerCase() === wanted;
  const [found, ...more] = people.filter((one) => isCalled(one.name) || one.name.split(" ").some(isCalled));
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
