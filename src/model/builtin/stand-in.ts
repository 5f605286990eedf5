import type { ChoiceReply, ChoiceRequest, ModelReply, ModelRequest } from "../../kernel/contracts/model.ts";
import { answerTo } from "./answer.ts";
import { createCast } from "./cast.ts";
import { choiceReply } from "./choose.ts";
import { createOffers } from "./plays/tools/offer.ts";
import { createReader, tokensIn } from "./reading.ts";
import { compile } from "./shape/compile.ts";
import type { Shape } from "./shape/shape.ts";
import { stopIfAborted, stream } from "./stream.ts";

/** What the built-in model does when it is asked. */
export interface StandIn {
  generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>>;
  choose(request: ChoiceRequest): Promise<ChoiceReply>;
}

/** The rules and words themselves; see `createBuiltin`. */
export function createStandIn(options: { latencyMs?: number }): StandIn {
  const { latencyMs = 0 } = options;
  const shapes = new WeakMap<object, Shape>();
  const reader = createReader();
  const cast = createCast(reader);
  const offerOf = createOffers();
  return {
    async generate(request) {
      stopIfAborted(request.signal);
      const shape = shapes.get(request.schema) ?? compile(request.schema);
      shapes.set(request.schema, shape);
      const { value, text } = await answerTo(request, shape, { reader, cast, offerOf });
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
