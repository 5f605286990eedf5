import { readdir } from "node:fs/promises";
import { Argument, Command } from "commander";
import { listPackagedPersonas, readConfiguration } from "../../../index.ts";
import { listModels, modelCacheFolder, usualModels } from "../../../models.ts";
import type { Store } from "../../../stores.ts";
import type { Session } from "../../session.ts";
import { withExamples } from "../flags.ts";
import { inStore, lastPlayed, storeAt } from "../study.ts";
import { bashScript, zshScript } from "./case-script.ts";
import { fishScript } from "./fish-script.ts";
import { type Kind, placesOf } from "./tree.ts";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

const help = `
The script knows every command and flag of this version; runs, personas and
models are looked up when you press the tabulator.`;

/** `tinytroupe completions`: what makes the tabulator complete in a shell. */
export function completionsCommand(session: Session): Command {
  const command = new Command("completions")
    .summary("complete commands, flags and runs in your shell")
    .description("Print the script that completes commands, flags, runs, personas and models in a shell.")
    .addArgument(new Argument("<shell>", "which one").choices(Object.keys(scripts)))
    .action((shell: keyof typeof scripts) => {
      const program = command.parent ?? command;
      session.raw(scripts[shell](placesOf(program)));
    });
  return withExamples(
    command,
    ["completions bash", 'in ~/.bashrc: eval "$(tinytroupe completions bash)"'],
    ["completions fish | source"],
  ).addHelpText("after", help);
}

/** `tinytroupe complete`: what the scripts ask while somebody types; not for people. */
export function completeCommand(session: Session): Command {
  return new Command("complete")
    .description("Print what can stand in a place and begins so, one a line.")
    .argument("<kind>")
    .argument("[start]", "", "")
    .action(async (kind: Kind, start: string) => {
      const found = Object.hasOwn(lookups, kind) ? await lookups[kind](session, start) : [];
      // A name from a file of somebody else's must not become a command of this shell.
      const words = found.filter((word) => word.startsWith(start) && /^[\p{L}\p{N}\p{M}._/:@+-]+$/u.test(word));
      if (words.length > 0) session.raw(`${words.join("\n")}\n`);
    });
}

const shownAtMost = 50;

const lookups: Readonly<Record<Kind, (session: Session, start: string) => Promise<readonly string[]>>> = {
  // Whoever presses the tabulator has asked for nothing yet: no program runs, and no file is changed.
  runs: async ({ environment }, idStart) => {
    const { settings } = await readConfiguration(environment, { programs: false });
    const look = (store: Store) => lastPlayed(store, { idStart, limit: shownAtMost });
    const runs = await inStore(storeAt(environment, settings.store), look, { readOnly: true });
    return (runs ?? []).map(({ id }) => id);
  },
  personas: async ({ environment }) => [...(await listPackagedPersonas()), ...(await savedHere(environment.folder))],
  weights: async (session) => (await weightsOf(session)).map(({ name }) => name),
  models: async (session) => {
    const local = (await weightsOf(session)).map(({ name }) => `local/${name}`);
    return ["builtin", ...Object.values(usualModels), ...local];
  },
};

/** Files of saved people in the working folder. */
async function savedHere(folder: string): Promise<readonly string[]> {
  // A shell that completes a word has no place for errors.
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.(person|agent)\.json$/.test(name)).sort();
}

function weightsOf({ environment }: Session) {
  return listModels(modelCacheFolder(environment.variables, environment.platform, environment.home));
}
