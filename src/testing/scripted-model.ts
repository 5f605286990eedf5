import type { Model, ModelLimits, ModelReply, ModelRequest, Usage } from "../models.ts";

/** What a scripted model answers: in order from a list (an Error is thrown), or by a function. */
export type Script =
  | readonly unknown[]
  | ((request: ModelRequest<unknown>, call: number) => unknown | Promise<unknown>);

/** What a scripted model says of itself. */
export interface ScriptedOptions {
  readonly id?: string;
  readonly limits?: Partial<ModelLimits>;
  readonly usage?: Usage;
  readonly heuristic?: true;
  /** Characters in a piece when the request listens with `onDelta`; 7 unless told. */
  readonly piece?: number;
}

/** A model that answers from a script and keeps what it was asked. */
export interface ScriptedModel extends Model {
  /** Every request, oldest first. */
  readonly requests: ModelRequest<unknown>[];
}

/**
 * A model that says what the test tells it to. Answers pass the request's schema, so that a script that does not fit
 * fails the test; a list that runs out throws; an abort is obeyed before and after the answer.
 */
export function scriptedModel(script: Script, options: ScriptedOptions = {}): ScriptedModel {
  const requests: ModelRequest<unknown>[] = [];
  const answer = async (request: ModelRequest<unknown>, call: number): Promise<unknown> => {
    if (typeof script === "function") return script(request, call);
    if (call >= script.length) throw new Error(`The script has ${script.length} answers; call ${call + 1} was made.`);
    return script[call];
  };
  return {
    id: options.id ?? "test/scripted",
    limits: { contextTokens: 128_000, structured: true, images: false, following: "full", ...options.limits },
    requests,
    async generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>> {
      request.signal?.throwIfAborted();
      const found = await answer(request as ModelRequest<unknown>, requests.push(request as ModelRequest<unknown>) - 1);
      request.signal?.throwIfAborted();
      if (found instanceof Error) throw found;
      const value = request.schema.parse(found);
      if (request.onDelta) stream(JSON.stringify(found), options.piece ?? 7, request.onDelta);
      const usage = options.usage ?? { input: 100, output: 20 };
      return { value, usage, origin: "model", ...(options.heuristic ? { heuristic: true } : {}) };
    },
  };
}

function stream(text: string, piece: number, onDelta: NonNullable<ModelRequest<unknown>["onDelta"]>): void {
  for (let at = 0; at < text.length; at += piece) onDelta({ type: "text", text: text.slice(at, at + piece) });
}
