import type { Environment } from "../environment.ts";
import type { SimulationOptions } from "../options.ts";
import { readConfigFile, unreadFiles } from "./files.ts";
import { type Configuration, layered, noConfiguration, variableOf } from "./settings.ts";
import { settingsFromVariables, unknownVariables } from "./variables.ts";

/**
 * Reads what a project settles: its configuration file, and over that the environment's variables.
 * @param reading `programs: false` leaves `tinytroupe.config.ts` alone, since reading it runs it
 * @throws CONFIG_INVALID, FILE_UNREADABLE
 */
export async function readConfiguration(
  environment: Environment,
  reading: { readonly programs?: boolean } = {},
): Promise<Configuration> {
  const file = await readConfigFile(environment.folder, reading);
  const base: Configuration = {
    ...noConfiguration,
    warnings: [...unknownVariables(environment.variables), ...(await unreadFiles(environment.folder))],
    ...(file && { file: file.path }),
  };
  const fromFile = layered(base, file?.settings ?? {}, (name) => file?.places.get(name) ?? "");
  return layered(fromFile, settingsFromVariables(environment.variables), variableOf);
}

/**
 * The options of a run with what the project settles under them, and who said which model; `warnings` are those of a
 * configuration that was read here, since nobody else has seen them.
 */
export async function configured(
  options: SimulationOptions,
  environment: Environment,
): Promise<{
  readonly options: SimulationOptions;
  readonly modelFrom: string;
  readonly warnings: readonly string[];
}> {
  const { configuration, concurrency, budget } = options;
  const project = configuration ?? (await readConfiguration(environment));
  const { settings, origins, warnings } = layered(project, { concurrency, budget }, () => "the program");
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  // A concurrency is short for one of the limits: what a program says of these comes over both.
  const { concurrency: _short, ...others } = settings;
  const under = options.limits === undefined ? settings : others;
  const modelFrom = options.model === undefined ? (origins.model ?? "") : "the program";
  return {
    options: { ...under, ...(Object.fromEntries(given) as unknown as SimulationOptions) },
    modelFrom,
    warnings: configuration === undefined ? warnings : [],
  };
}
