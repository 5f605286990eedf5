import type { ChoiceReply, ChoiceRequest, ModelReply, ModelRequest } from "../../kernel/contracts/model.ts";
import { answerTo } from "./answer.ts";
import { createCast } from "./cast.ts";
import { choiceReply } from "./choose.ts";
import { createOffers } from "./plays/tools/offer.ts";
import { createReader, tokensIn } from "./reading.ts";
import { compile } from "./shape/compile.ts";
import type { Shape } from "./shape/shape.ts";
import { stopIfAborted, stream } from "./stream.ts";
import { Crowd, type Rehearsed } from "./thread/crowd.ts";

/** How the built-in model answers. */
export interface BuiltinOptions {
  /** How long an answer takes, in milliseconds; 0 when absent. */
  readonly latencyMs?: number;
  /**
   * MiB of memory for a thread of its own, which answers where many ask at once while the program plays on; none when
   * absent. Answers are the same with and without one.
   */
  readonly threadMegabytes?: number;
}

/** What the built-in model does when it is asked. */
export interface StandIn {
  generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>>;
  choose(request: ChoiceRequest): Promise<ChoiceReply>;
  close(): void;
}

/** The rules and words themselves; see `createBuiltin`. */
export function createStandIn({ latencyMs = 0, threadMegabytes = 0 }: BuiltinOptions): StandIn {
  const shapes = new WeakMap<object, Shape>();
  const reader = createReader();
  const cast = createCast(reader);
  const offerOf = createOffers();
  const crowd = new Crowd(threadMegabytes * 2 ** 20);
  const rehearsed = async <T>(request: ModelRequest<T>): Promise<Rehearsed<T>> => {
    const shape = shapes.get(request.schema) ?? compile(request.schema);
    shapes.set(request.schema, shape);
    const elsewhere = crowd.isElsewhere ? await crowd.answerTo(request, shape) : undefined;
    if (elsewhere !== undefined) return elsewhere;
    const answer = await answerTo(request, shape, { reader, cast, offerOf });
    return { ...answer, input: reader.tokens(request.messages), output: tokensIn(answer.text) };
  };
  return {
    async generate(request) {
      stopIfAborted(request.signal);
      crowd.notice();
      const { value, text, input, output } = await rehearsed(request);
      await stream(text, { latencyMs, onDelta: request.onDelta?.bind(request), signal: request.signal });
      return { value, usage: { input, output, cachedInput: 0 }, origin: "model", heuristic: true };
    },
    async choose(request) {
      stopIfAborted(request.signal);
      await stream("", { latencyMs, onDelta: undefined, signal: request.signal });
      return choiceReply(request, { reader, cast });
    },
    close: () => crowd.close(),
  };
}
