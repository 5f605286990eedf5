import type { ModelLimits, Usage } from "../../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Answer, Call } from "../wrap.ts";
import type { Estimator } from "./estimate.ts";

/** Codes of Node and undici that mean that no request was ever sent. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const noTokens: Usage = { input: 0, output: 0 };

/**
 * What a failed attempt cost: what the error says, unless it says none at all (a cut stream, or a server that does not
 * count); nothing when the provider answered with a status of failure or was never reached; undefined when nobody can
 * know, because the provider may have worked and may charge for it.
 */
export function failedUsage(error: unknown): Usage | undefined {
  if (!(error instanceof TinyTroupeError)) return undefined;
  if (error.usage !== undefined && error.usage.input + error.usage.output > 0) return error.usage;
  switch (error.code) {
    case "MODEL_UNAVAILABLE": {
      const { status } = error.data as { status?: number };
      return (status ?? 0) >= 400 || unsent(error) ? noTokens : undefined;
    }
    case "MODEL_REJECTED":
    case "MODEL_UNSUPPORTED":
    case "CONTEXT_EXCEEDED":
    case "KEY_MISSING":
    case "PACKAGE_MISSING":
      return noTokens;
    default:
      return undefined;
  }
}

/** The most that a call can use: its prompt's upper estimate, and its bound or, without one, the whole context. */
export function mostUsage(call: Call, estimator: Estimator, limits: ModelLimits): Usage {
  return { input: estimator.promptTokens(call), output: call.maxOutputTokens ?? limits.contextTokens };
}

/**
 * Whether it is known what an answer used. Of a server that counts nothing it is not: nothing reported is not nothing
 * used, and what a model thought does not show in its answer. A stand-in uses nothing.
 */
export function isCounted({ usage, heuristic }: Answer): boolean {
  return usage.input + usage.output > 0 || heuristic === true;
}

/** Looks down the chain of causes; eight links are more than any client makes. */
function unsent(error: unknown): boolean {
  let cause: unknown = error;
  for (let depth = 0; depth < 8 && cause instanceof Error; depth++) {
    if ("code" in cause && typeof cause.code === "string" && neverSent.has(cause.code)) return true;
    cause = cause.cause;
  }
  return false;
}
