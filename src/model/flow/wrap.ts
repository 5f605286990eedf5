import type { z } from "zod";
import type {
  ChoiceRequest,
  Layer,
  Message,
  Model,
  ModelReply,
  ModelRequest,
  Purpose,
  Usage,
} from "../../kernel/contracts/model.ts";

/** Puts layers around a model, from the inside out: the last one is asked first. */
export function wrap(model: Model, ...layers: readonly Layer[]): Model {
  return layers.reduce((inner, layer) => layer(inner), model);
}

/** What the layers need to know of a call, whichever of the model's verbs it goes to. */
export interface Call {
  readonly model: string;
  readonly scope: string;
  readonly purpose: Purpose;
  readonly step?: string;
  readonly label?: string;
  readonly messages: readonly Message[];
  readonly schema?: z.ZodType;
  /** Absent when nothing bounds the answer. */
  readonly maxOutputTokens?: number;
  readonly signal?: AbortSignal;
  /** Takes back what was streamed so far, if anything was. */
  restart(): void;
}

/** What all answers have in common. */
export interface Answer {
  readonly usage: Usage;
  readonly origin?: ModelReply<unknown>["origin"];
  readonly heuristic?: true;
  readonly value?: unknown;
}

/** Asks the model inside; a signal given here takes the place of the call's own. */
type Ask<R> = (signal?: AbortSignal) => Promise<R>;

/** What a layer does around one call: ask once, several times, or not at all. */
export type Around = <R extends Answer>(call: Call, ask: Ask<R>) => Promise<R>;

/** The same model with another way to answer in a schema; all else of it is its own. */
export function answering(model: Model, generate: Model["generate"]): Model {
  return {
    id: model.id,
    limits: model.limits,
    ...(model.atOnce && { atOnce: true as const }),
    generate,
    ...(model.choose && { choose: model.choose.bind(model) }),
    ...(model.close && { close: model.close.bind(model) }),
  };
}

/** The same model with something done around each of its calls, `choose` included. */
export function around(model: Model, handle: Around): Model {
  return {
    id: model.id,
    limits: model.limits,
    ...(model.atOnce && { atOnce: true as const }),
    generate: (request) => generateAround(model, handle, request),
    ...(model.choose === undefined ? {} : { choose: (request) => chooseAround(model, handle, request) }),
    ...(model.close === undefined ? {} : { close: async () => model.close?.() }),
  };
}

function generateAround<T>(model: Model, handle: Around, request: ModelRequest<T>): Promise<ModelReply<T>> {
  let streamed = false;
  const call: Call = {
    ...shared(model, request),
    purpose: request.purpose,
    schema: request.schema,
    ...(request.maxOutputTokens === undefined ? {} : { maxOutputTokens: request.maxOutputTokens }),
    restart: () => {
      if (streamed) request.onDelta?.({ type: "restart" });
      streamed = false;
    },
  };
  return handle(call, async (signal = request.signal) => {
    if (signal === request.signal && request.onDelta === undefined) return model.generate(request);
    // What an attempt still says after it was given up must not mix with the words of the next one.
    let live = true;
    const listening = request.onDelta !== undefined && {
      onDelta: (delta: Parameters<NonNullable<typeof request.onDelta>>[0]) => {
        if (!live) return;
        streamed = delta.type === "text";
        request.onDelta?.(delta);
      },
    };
    try {
      return await model.generate({ ...request, ...(signal && { signal }), ...listening });
    } finally {
      live = false;
    }
  });
}

async function chooseAround(model: Model, handle: Around, request: ChoiceRequest) {
  // At most every option is read out: no more tokens than bytes, and one that ends each.
  const maxOutputTokens = Buffer.byteLength(request.options.join(" ")) + 1;
  const call: Call = { ...shared(model, request), purpose: "elicit", maxOutputTokens, restart: () => undefined };
  return handle(call, async (signal = request.signal) => {
    if (model.choose === undefined) throw new TypeError(`${model.id} no longer tells the probabilities of options.`);
    return model.choose({ ...request, ...(signal && { signal }) });
  });
}

function shared(model: Model, request: Pick<ChoiceRequest, "scope" | "step" | "label" | "messages" | "signal">) {
  return {
    model: model.id,
    scope: request.scope,
    messages: request.messages,
    ...(request.step === undefined ? {} : { step: request.step }),
    ...(request.label === undefined ? {} : { label: request.label }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  };
}
