import type { Model } from "../../kernel/contracts/model.ts";
import { answerTo } from "./answer.ts";
import { createCast } from "./cast.ts";
import { choiceReply } from "./choose.ts";
import { createReader, tokensIn } from "./reading.ts";
import { compile } from "./shape/compile.ts";
import type { Shape } from "./shape/shape.ts";
import { stopIfAborted, stream } from "./stream.ts";

/**
 * The stand-in without a language model: it reads the persona and plays its part by seeded rules, for rehearsals,
 * dry runs and tests. It fills every zod schema validly and marks every answer `heuristic`.
 * @param options `latencyMs`: how long an answer takes, in milliseconds (0 when absent)
 * @throws MODEL_INVALID when no valid value was found, MODEL_TRUNCATED when none is short enough, ABORTED, OPTION_INVALID
 * @example
 * (await createBuiltin().generate({ messages: [], schema: z.literal("yes"), purpose: "other", scope: "doc" })).value; // => "yes"
 */
export function createBuiltin(options: { latencyMs?: number } = {}): Model {
  const { latencyMs = 0 } = options;
  const shapes = new WeakMap<object, Shape>();
  const reader = createReader();
  const cast = createCast(reader);
  return {
    id: "builtin",
    limits: { contextTokens: 1_000_000, structured: true, images: true, following: "full" },
    async generate(request) {
      stopIfAborted(request.signal);
      const shape = shapes.get(request.schema) ?? compile(request.schema);
      shapes.set(request.schema, shape);
      const { value, text } = await answerTo(request, shape, { reader, cast });
      await stream(text, { latencyMs, onDelta: request.onDelta?.bind(request), signal: request.signal });
      const usage = { input: reader.tokens(request.messages), output: tokensIn(text), cachedInput: 0 };
      return { value, usage, origin: "model", heuristic: true };
    },
    async choose(request) {
      stopIfAborted(request.signal);
      await stream("", { latencyMs, onDelta: undefined, signal: request.signal });
      return choiceReply(request, { reader, cast });
    },
  };
}
