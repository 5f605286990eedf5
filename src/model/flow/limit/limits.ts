import { checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Timer } from "../time.ts";
import { type Allowance, createLimiter, type Limiter } from "./limiter.ts";

/**
 * What is allowed of each model, and of some by their id (`provider/model`) where it differs. Rates are a provider's:
 * models in this process (`local/…`, `builtin`) have those that are given for them by id, and no others.
 */
export interface Limits extends Allowance {
  readonly models?: Readonly<Record<string, Allowance>>;
}

/** One limiter for each model: give the same set to all runs that draw on the same account. */
export interface Limiters {
  /** The limiter of this model, the same one each time. */
  of(model: string): Limiter;
}

/**
 * Limiters that runs can share, so that together they stay within what the account allows.
 * @throws OPTION_INVALID
 * @example
 * const limits = createLimiters({ requestsPerMinute: 500, models: { "openai/gpt-5-mini": { concurrency: 64 } } });
 * limits.of("openai/gpt-5-mini").allowance; // => { requestsPerMinute: 500, concurrency: 64 }
 */
export function createLimiters(limits: Limits = {}, timer?: Timer): Limiters {
  checkKeys(limits, { ...rates, models: true }, "limits");
  const { models = {}, ...all } = limits;
  checkAllowance(all, "limits");
  for (const [model, own] of Object.entries(models)) checkAllowance(own, `limits.models.${model}`);
  const atOnce = all.concurrency === undefined ? {} : { concurrency: all.concurrency };
  const known = new Map<string, Limiter>();
  return {
    of: (model) => {
      const own = Object.hasOwn(models, model) ? models[model] : undefined;
      const limiter = known.get(model) ?? createLimiter({ ...(isInside(model) ? atOnce : all), ...own }, timer);
      known.set(model, limiter);
      return limiter;
    },
  };
}

function isInside(model: string): boolean {
  return model === "builtin" || model.startsWith("local/");
}

const rates: KeysOf<Allowance> = { concurrency: true, requestsPerMinute: true, tokensPerMinute: true };

function checkAllowance(allowance: Allowance, where: string): void {
  checkKeys(allowance, rates, where);
  for (const field of ["concurrency", "requestsPerMinute", "tokensPerMinute"] as const) {
    const value = allowance[field];
    if (value === undefined || value >= 1) continue;
    throw new TinyTroupeError("OPTION_INVALID", `${where}.${field} is ${value}, which lets no call through.`, {
      data: { option: `${where}.${field}`, value },
      hint: "Give a number from 1 up, or leave it out.",
    });
  }
}
