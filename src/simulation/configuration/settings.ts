import type { Budget } from "../../kernel/values/errors.ts";
import type { Limits } from "../../model/flow/limit/limits.ts";
import type { Price } from "../../model/flow/money/price.ts";
import type { EmbedderSpec, ModelSpec } from "../../model/open.ts";
import { budgetText } from "./budget.ts";

/** What a project can settle for all of its runs. */
export interface Settings {
  readonly model?: ModelSpec;
  readonly judge?: ModelSpec;
  /** By names of one's own. */
  readonly models?: Readonly<Record<string, ModelSpec>>;
  readonly embedder?: EmbedderSpec;
  readonly seed?: number | string;
  readonly budget?: Budget;
  /** By the id of the model. */
  readonly prices?: Readonly<Record<string, Price>>;
  readonly concurrency?: number;
  readonly limits?: Limits;
  readonly deadlineMs?: number;
  /** The path of a SQLite file. */
  readonly store?: string;
  readonly safety?: { readonly harmfulContent?: boolean; readonly copyright?: boolean };
}

/** What a setting is called in a file. */
export type SettingName = keyof Settings;

/** The settings, in the order in which they are shown. */
export const settingNames: readonly SettingName[] = [
  ...([
    "model",
    "judge",
    "models",
    "embedder",
    "seed",
    "budget",
    "prices",
    "concurrency",
    "limits",
    "deadlineMs",
    "store",
    "safety",
  ] as const),
];

/**
 * The variable of a setting: `TINYTROUPE_` and its name in capitals. Only `models`, `prices`, `limits` and `safety` have none.
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

/** The settings as a file has them: models by name, a budget also in words. */
export interface ConfigDocument extends Omit<Settings, "model" | "judge" | "models" | "embedder" | "budget"> {
  readonly model?: string;
  readonly judge?: string;
  readonly models?: Readonly<Record<string, string>>;
  readonly embedder?: string;
  readonly budget?: Budget | string;
}

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
 * A configuration with settings over it; each replaces the whole of what was there, and what is not given stays. A
 * concurrency is the most for each model of the limits under it, and a wall in dollars that is lost is told.
 */
export function layered(under: Configuration, over: Given, originOf: (name: SettingName) => string): Configuration {
  const given = Object.entries(over).filter(([, value]) => value !== undefined) as [SettingName, unknown][];
  const { limits } = under.settings;
  const lower = limits && over.concurrency !== undefined && { limits: capped(limits, over.concurrency) };
  return {
    ...under,
    settings: { ...under.settings, ...lower, ...Object.fromEntries(given) },
    origins: { ...under.origins, ...Object.fromEntries(given.map(([name]) => [name, originOf(name)])) },
    warnings: [...under.warnings, ...lostWall(under, over.budget)],
  };
}

function capped(limits: Limits, most: number): Limits {
  if (limits.models === undefined) return limits;
  const models = Object.entries(limits.models).map(([id, { concurrency, ...own }]) => [
    id,
    { ...own, ...(concurrency !== undefined && { concurrency: Math.min(concurrency, most) }) },
  ]);
  return { ...limits, models: Object.fromEntries(models) };
}

function lostWall({ settings, origins }: Configuration, budget: Budget | undefined): readonly string[] {
  if (budget === undefined || budget.usd !== undefined || settings.budget?.usd === undefined) return [];
  const lost = budgetText({ usd: settings.budget.usd });
  return [`The budget of ${budgetText(budget)} replaces ${lost} from ${origins.budget}: no limit in dollars is left.`];
}
