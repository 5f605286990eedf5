import { resolve } from "node:path";
import type { Store } from "../../kernel/contracts/store.ts";
import type { Budget } from "../../kernel/values/errors.ts";
import { createLimiters } from "../../model/flow/limit/limits.ts";
import type { Configuration } from "../../simulation/configuration/settings.ts";
import { type Environment, readEnvironment } from "../../simulation/environment.ts";
import { ownStore, projectStore } from "../../simulation/run/project-store.ts";
import { createSharedBudget } from "../../simulation/run/shared-budget.ts";
import type { PlayOptions } from "../play.ts";

/** How runs are played that share a store, what their providers allow, and one wall. */
export interface TogetherOptions extends Omit<PlayOptions, "seed" | "resume" | "sharedBudget"> {
  /** One wall for all of them. */
  readonly budget?: Budget;
}

/** How each of them is played. */
export interface Shared extends PlayOptions {
  readonly environment: Environment;
  readonly configuration: Configuration;
  readonly store: Store;
}

/** Whose runs they are: by its name what they spend counts over all starts. */
interface Company {
  readonly name: string;
  configuration(environment: Environment): Promise<Configuration>;
}

/** Opens what the runs share, and lets go of it when all of them are home. */
export async function together<T>(
  { budget, concurrency, limits = {}, ...options }: TogetherOptions,
  company: Company,
  play: (shared: Shared) => Promise<T>,
): Promise<T> {
  const environment = options.environment ?? readEnvironment();
  const configuration = options.configuration ?? (await company.configuration(environment));
  const { settings } = configuration;
  const most = concurrency ?? settings.concurrency;
  const limiters =
    "of" in limits
      ? limits
      : createLimiters({ ...settings.limits, ...limits, ...(most !== undefined && { concurrency: most }) });
  const wall = budget ?? settings.budget;
  const shared = wall && createSharedBudget(wall, { name: company.name });
  const all = { ...options, environment, configuration, limits: limiters, ...(shared && { sharedBudget: shared }) };
  const given = options.store ?? settings.store;
  if (typeof given === "object") return play({ ...all, store: given });
  const path = given === undefined ? projectStore(environment) : resolve(environment.folder, given);
  const store = await ownStore(path, given === undefined);
  try {
    return await play({ ...all, store });
  } finally {
    await store.close();
  }
}
