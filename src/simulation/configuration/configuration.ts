import type { Budget } from "../../kernel/values/errors.ts";
import type { Environment } from "../environment.ts";
import type { SimulationOptions } from "../options.ts";

/** What a project can settle for all of its runs. */
export type Settings = Pick<
  SimulationOptions,
  "model" | "judge" | "embedder" | "seed" | "concurrency" | "deadlineMs" | "safety"
> & { readonly budget?: Budget; readonly store?: string };

export type SettingName = keyof Settings;

/** The settings, in the order in which they are shown. */
export const settingNames: readonly SettingName[] = [
  ...(["model", "judge", "embedder", "seed", "budget", "concurrency", "deadlineMs", "store", "safety"] as const),
];

/**
 * The variable of a setting: `TINYTROUPE_` and its name in capitals. Only `safety` has none.
 * @example
 * variableOf("deadlineMs"); // => "TINYTROUPE_DEADLINE_MS"
 */
export function variableOf(name: SettingName): string {
  return `TINYTROUPE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Settings that may be given as text or in code, by name. */
type Given = Readonly<{ [Name in SettingName]?: Settings[Name] | undefined }>;

/** What a project settles for its runs, and where each of it was said. */
export interface Configuration {
  readonly settings: Settings;
  /** As in `tinytroupe.config.json:3`, `TINYTROUPE_MODEL` or `--model`; what nobody said is absent. */
  readonly origins: Readonly<Partial<Record<SettingName, string>>>;
  /** The configuration file, where there is one. */
  readonly file?: string;
  /** What means nothing, and may be a mistake. */
  readonly warnings: readonly string[];
}

/** Types and completes a configuration: for the default export of `tinytroupe.config.ts`. */
export type ConfigDocument = Readonly<Partial<Omit<Settings, "model" | "judge" | "embedder">>> & {
  readonly model?: string;
  readonly judge?: string;
  readonly embedder?: string;
};

/**
 * The settings of a project, for the default export of `tinytroupe.config.ts`.
 * @example
 * defineConfig({ model: "openai/gpt-5-mini", budget: { usd: 2 } }).model; // => "openai/gpt-5-mini"
 */
export function defineConfig(settings: ConfigDocument): ConfigDocument {
  return Object.freeze({ ...settings });
}

/** A configuration in which nothing is settled. */
export const noConfiguration: Configuration = { settings: {}, origins: {}, warnings: [] };

/**
 * Reads what a project settles: its configuration file, and over that the environment's variables.
 * @throws CONFIG_INVALID, FILE_UNREADABLE
 */
export async function readConfiguration(environment: Environment): Promise<Configuration> {
  const [{ readConfigFile }, { settingsFromVariables, unknownVariables }] = await Promise.all([
    import("./files.ts"),
    import("./variables.ts"),
  ]);
  const file = await readConfigFile(environment.folder);
  const base: Configuration = {
    ...noConfiguration,
    warnings: unknownVariables(environment.variables),
    ...(file && { file: file.path }),
  };
  const fromFile = layered(base, file?.settings ?? {}, (name) => file?.places.get(name) ?? "");
  return layered(fromFile, settingsFromVariables(environment.variables), variableOf);
}

/** A configuration with settings over it; each replaces the whole of what was there, and what is not given stays. */
export function layered(under: Configuration, over: Given, originOf: (name: SettingName) => string): Configuration {
  const given = Object.entries(over).filter(([, value]) => value !== undefined) as [SettingName, unknown][];
  return {
    ...under,
    settings: { ...under.settings, ...Object.fromEntries(given) },
    origins: { ...under.origins, ...Object.fromEntries(given.map(([name]) => [name, originOf(name)])) },
  };
}

/** The options of a run with what the project settles under them, and who said which model. */
export async function configured(
  options: SimulationOptions,
  environment: Environment,
): Promise<{ readonly options: SimulationOptions; readonly modelFrom: string }> {
  const { settings, origins } = options.configuration ?? (await readConfiguration(environment));
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const modelFrom = options.model === undefined ? (origins.model ?? "") : "the program";
  return { options: { ...settings, ...(Object.fromEntries(given) as unknown as SimulationOptions) }, modelFrom };
}
