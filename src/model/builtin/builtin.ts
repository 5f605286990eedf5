import type { Model } from "../../kernel/contracts/model.ts";
import type { BuiltinOptions, StandIn } from "./stand-in.ts";

/**
 * The stand-in without a language model: it reads the persona and plays its part by seeded rules, for rehearsals,
 * dry runs and tests. It fills every zod schema validly and marks every answer `heuristic`. Its rules and words are
 * loaded when it is first asked.
 * @throws MODEL_INVALID when no valid value was found, MODEL_TRUNCATED when none is short enough, ABORTED, OPTION_INVALID
 * @example
 * (await createBuiltin().generate({ messages: [], schema: z.literal("yes"), purpose: "other", scope: "doc" })).value; // => "yes"
 */
export function createBuiltin(options: BuiltinOptions = {}): Model {
  let loading: Promise<StandIn> | undefined;
  const standIn = (): Promise<StandIn> => {
    loading ??= import("./stand-in.ts").then(({ createStandIn }) => createStandIn(options));
    return loading;
  };
  return {
    id: "builtin",
    limits: { contextTokens: 1_000_000, structured: true, images: true, following: "full" },
    ...(!options.latencyMs && { atOnce: true as const }),
    generate: async (request) => (await standIn()).generate(request),
    choose: async (request) => (await standIn()).choose(request),
    close: async () => (await loading)?.close(),
  };
}
