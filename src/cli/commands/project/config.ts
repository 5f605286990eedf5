import { relative } from "node:path";
import { Command } from "commander";
import {
  budgetText,
  type Configuration,
  projectStore,
  type SettingName,
  type Settings,
  settingNames,
  variableOf,
} from "../../../index.ts";
import { listProviders, type ProviderFound } from "../../../models.ts";
import { exitCodes } from "../../failure.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { cellText, facts, table } from "../../terminal/table.ts";
import { configurationOf, type ModelFlags, withExamples, withModelFlags } from "../flags.ts";
import { readStudy } from "../study.ts";

const help = `
What holds is, from the weakest: the default, tinytroupe.config.ts or .json in
this folder, the environment, what a study says at its head, the command line.
  tinytroupe.config.json   { "model": "openai/gpt-5-mini", "seed": 7 }
  tinytroupe.config.ts     export default defineConfig({ … }), from "tinytroupe"
  environment              ${variableOf("model")}, ${variableOf("budget")}="2 usd",
                           and so on: TINYTROUPE_ and the name in capitals
Keys of providers stay in the environment: OPENAI_API_KEY, ANTHROPIC_API_KEY, …
${exitCodes}`;

/** `tinytroupe config`: what is settled for a run, and where that was said. */
export function configCommand(session: Session): Command {
  const command = withModelFlags(new Command("config"))
    .summary("show each setting and where it comes from")
    .description("What is settled for a run: each value, and where it comes from.")
    .argument("[study]", "with what this study says at its head")
    .option("--json", "for programs")
    .action((file: string | undefined, flags: ModelFlags) => show(session, file, flags));
  return withExamples(
    command,
    ["config"],
    ['config study.yaml --budget "2 usd"', "what a run of this study with this flag would go by"],
    ["config --json"],
  ).addHelpText("after", help);
}

async function show(session: Session, file: string | undefined, flags: ModelFlags): Promise<void> {
  const { environment, out, outStyle: style, err, errStyle } = session;
  const study = file === undefined ? undefined : await readStudy(file);
  const configuration = await configurationOf(session, flags, study);
  const providers = await listProviders(environment.variables);
  const settings = settingNames.map((name) =>
    settingOf(name, configuration, relative(environment.folder, projectStore(environment))),
  );
  const { warnings } = configuration;
  if (session.json) {
    const byName = settings.map(({ setting, value, from }) => [setting, { value, from }]);
    const keys = Object.fromEntries(providers.flatMap(keysOf));
    return reply(session, {
      ...{ file: configuration.file ?? null, settings: Object.fromEntries(byName), keys, warnings },
    });
  }
  const place = configuration.file === undefined ? "none here" : relative(environment.folder, configuration.file);
  out.say(`Configuration file: ${place}\n`);
  const rows = settings.map(({ setting, shown, from }) => ({ setting, value: shown, from }));
  out.print(...table(rows, { width: out.width, style, whole: ["setting", "value", "from"] }), "");
  const named = (wanted: boolean): string =>
    providers.flatMap((provider) => keysOf(provider).flatMap(([name, set]) => (set === wanted ? name : []))).join(", ");
  out.print(...facts({ "keys set": named(true) || "none", "not set": named(false) }, { width: out.width, style }));
  for (const warning of warnings) err.say(warning, errStyle.warn);
}

/** What holds where nobody said anything, in words. */
const defaults: Readonly<Record<SettingName, string>> = {
  model: "the best found",
  judge: "the first of models that is not the model, else the model",
  models: "none",
  embedder: "sentences where installed, else words",
  seed: "1",
  budget: "no limit",
  prices: "those that are known",
  concurrency: "what suits the model",
  limits: "what the provider bears",
  deadlineMs: "what suits the model",
  store: "",
  safety: "both rules",
};

function settingOf(setting: SettingName, { settings, origins }: Configuration, store: string) {
  const value = setting === "store" ? (settings.store ?? store) : settings[setting];
  const usual = setting === "store" ? store : defaults[setting];
  const shown = settings[setting] === undefined ? usual : textOf(setting, settings);
  return { setting, value: plain(value), shown, from: origins[setting] ?? "default" };
}

function textOf(setting: SettingName, settings: Settings): string {
  if (setting === "budget") return budgetText(settings.budget ?? {});
  return cellText(plain(settings[setting]));
}

/** A model that a program brought along is shown by its name. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value ?? null;
  if ("generate" in value && "id" in value) return value.id;
  return "modelId" in value ? value.modelId : value;
}

/** The variables of a provider that are set, or else the usual one. */
function keysOf({ keys, key }: ProviderFound): [string, boolean][] {
  const name = key ?? keys[0];
  return name === undefined ? [] : [[name, key !== undefined]];
}
