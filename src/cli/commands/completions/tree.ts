import type { Command } from "commander";

/** What can stand in a place, to be looked up when it is asked for. */
export type Kind = "runs" | "personas" | "models" | "weights";

/** A flag as a shell has to know it. */
export interface Flag {
  readonly long: string;
  readonly short?: string;
  readonly about: string;
  /** A value follows: one of these choices, or something of this kind, else a file or a text. */
  readonly takes: boolean;
  readonly choices: readonly string[];
  readonly kind?: Kind;
}

/** A command, by the words that lead to it, and what may follow them. */
export interface Place {
  /** As in `runs list`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly about: string }[];
  readonly flags: readonly Flag[];
  readonly choices: readonly string[];
  readonly kind?: Kind;
}

/** Every command of a program, the outer ones first; hidden ones are left out. */
export function placesOf(program: Command, path = ""): readonly Place[] {
  const help = program.createHelp();
  const inner = help.visibleCommands(program).filter((command) => command.name() !== "help");
  const [argument] = program.registeredArguments;
  const kind = path.startsWith("models ") ? "weights" : kindOf(argument?.name());
  const place: Place = {
    path,
    commands: inner.map((command) => ({ name: command.name(), about: command.summary() || command.description() })),
    flags: help.visibleOptions(program).map((option) => ({
      long: option.long ?? "",
      ...(option.short && { short: option.short }),
      about: option.description,
      takes: option.required || option.optional,
      choices: option.argChoices ?? [],
      ...kindIn(kindOf(option.attributeName())),
    })),
    choices: argument?.argChoices ?? [],
    ...kindIn(argument && kind),
  };
  return [place, ...inner.flatMap((command) => placesOf(command, `${path} ${command.name()}`.trim()))];
}

function kindOf(name: string | undefined): Kind | undefined {
  const kinds: Readonly<Record<string, Kind>> = { run: "runs", resume: "runs", persona: "personas", model: "models" };
  return name === undefined ? undefined : kinds[name];
}

const kindIn = (kind: Kind | undefined): { readonly kind?: Kind } => (kind === undefined ? {} : { kind });

/** A word as every shell takes it, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The words of a flag, and the places before a value of it, as in `run|--model`. */
export const namesOf = ({ long, short }: Flag): readonly string[] => (short === undefined ? [long] : [short, long]);
