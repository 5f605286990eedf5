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
  /** What it answers when it is asked what a person keeps of the last episodes; little, and nothing new, unless told. */
  readonly consolidations?: Script;
}

/** A model that answers from a script and keeps what it was asked. */
export interface ScriptedModel extends Model {
  /** Every request but the consolidations, oldest first. */
  readonly requests: ModelRequest<unknown>[];
  /** The requests to consolidate a memory, oldest first: these come in the background of a longer life. */
  readonly consolidations: ModelRequest<unknown>[];
}

/**
 * A model that says what the test tells it to. Answers pass the request's schema, so that a script that does not fit
 * fails the test; a list that runs out throws; an abort is obeyed before and after the answer.
 */
export function scriptedModel(script: Script, options: ScriptedOptions = {}): ScriptedModel {
  const requests: ModelRequest<unknown>[] = [];
  const consolidations: ModelRequest<unknown>[] = [];
  const answer = async (request: ModelRequest<unknown>): Promise<unknown> => {
    const consolidates = request.purpose === "consolidate";
    const call = (consolidates ? consolidations : requests).push(request) - 1;
    const asked = consolidates ? (options.consolidations ?? littleKept) : script;
    if (typeof asked === "function") return asked(request, call);
    if (call >= asked.length) throw new Error(`The script has ${asked.length} answers; call ${call + 1} was made.`);
    return asked[call];
  };
  return {
    id: options.id ?? "test/scripted",
    limits: { contextTokens: 128_000, structured: true, images: false, following: "full", ...options.limits },
    requests,
    consolidations,
    async generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>> {
      request.signal?.throwIfAborted();
      const found = await answer(request as ModelRequest<unknown>);
      request.signal?.throwIfAborted();
      if (found instanceof Error) throw found;
      const value = request.schema.parse(found);
      if (request.onDelta) stream(JSON.stringify(found), options.piece ?? 7, request.onDelta);
      const usage = options.usage ?? { input: 100, output: 20 };
      return { value, usage, origin: "model", ...(options.heuristic ? { heuristic: true } : {}) };
    },
  };
}

const littleKept: Script = () => ({ summary: "Little happened.", added: [], revised: [], reflections: [] });

function stream(text: string, piece: number, onDelta: NonNullable<ModelRequest<unknown>["onDelta"]>): void {
  for (let at = 0; at < text.length; at += piece) onDelta({ type: "text", text: text.slice(at, at + piece) });
}
