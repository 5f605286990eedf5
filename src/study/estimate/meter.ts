import type { Embedder } from "../../kernel/contracts/embedder.ts";
import type { Message, Model, ModelRequest, Purpose } from "../../kernel/contracts/model.ts";
import { embeddingScope } from "../../model/embed/asked-as-model.ts";
import { createTokenCounter, likelyTokens, type TokenCounter } from "../../model/flow/money/likely-tokens.ts";
import { createKeys, type Keys } from "../../model/replay/keys.ts";

/** One call of a rehearsal, as the real model would be asked. Tokens are estimates. */
export interface MeteredCall extends Pick<ModelRequest<unknown>, "scope" | "step" | "label"> {
  readonly purpose: Purpose;
  readonly model: string;
  readonly prompt: number;
  /** How much of the prompt an earlier call of the same person began with. */
  readonly cacheable: number;
  readonly answer: number;
  /** The most that the answer may take. */
  readonly room: number;
}

/** Models that answer by rules and note what the real ones would have read and written. */
export interface Meter {
  /** In the order in which they were answered. */
  readonly calls: readonly MeteredCall[];
  model(real: Pick<Model, "id" | "limits" | "choose">, standIn: Model): Model;
  /** What is `kept` of the texts has vectors already, and is not asked for. */
  embedder(real: Pick<Embedder, "id">, standIn: Embedder, kept: (texts: readonly string[]) => Promise<Kept>): Embedder;
}

/** The texts that have vectors. */
export type Kept = ReadonlySet<string>;

/** Providers cache no prefix that is shorter than this, most of them; those with a longer least are flattered a little. */
const leastPrefix = 1024;
/** These cache up to marks alone; all others up to wherever two prompts part. */
const marking = /^anthropic\/|^openrouter\/anthropic\//;

export function createMeter(): Meter {
  const calls: MeteredCall[] = [];
  const counter = createTokenCounter();
  const prefixes = createPrefixes(counter);
  return {
    calls,
    model: ({ id, limits, choose }, standIn) => ({
      id,
      limits,
      generate: async (request) => {
        const { scope, purpose, step, label, schema, messages, maxOutputTokens: room = 0 } = request;
        const read = prefixes(id, request);
        const reply = await standIn.generate(request);
        const prompt = messages.reduce((sum, message) => sum + counter.message(message), counter.frame(schema));
        const answer = likelyTokens(JSON.stringify(reply.value) ?? "");
        const named = { ...(step !== undefined && { step }), ...(label !== undefined && { label }) };
        calls.push({ scope, purpose, ...named, model: id, prompt, ...read, answer, room });
        return reply;
      },
      ...(choose && standIn.choose && { choose: standIn.choose.bind(standIn) }),
    }),
    // It takes the place of the real one, whatever that compares: who asks for meaning only asks it then.
    embedder: ({ id }, standIn, kept) => ({
      ...{ id, dimensions: standIn.dimensions },
      embed: async (texts, options) => {
        const known = await kept(texts);
        const prompt = texts.reduce((sum, text) => sum + (known.has(text) ? 0 : likelyTokens(text)), 0);
        const asked = { scope: embeddingScope, purpose: "embed", model: id, cacheable: 0, answer: 0, room: 0 } as const;
        if (prompt > 0) calls.push({ ...asked, prompt });
        return standIn.embed(texts, options);
      },
    }),
  };
}

type Reading = Pick<MeteredCall, "cacheable">;

/** Knows how far a prompt is the same as an earlier one of its scope, and remembers it for the next. */
function createPrefixes(counter: TokenCounter): (model: string, request: ModelRequest<unknown>) => Reading {
  const keys: Keys = createKeys();
  const seen = new Map<string, Set<string>>();
  return (model, { scope, schema, messages }) => {
    const { links } = keys.asked({ model, messages, shape: keys.shapeOf(schema), parameters: "" });
    const name = JSON.stringify([model, scope, keys.shapeOf(schema).digest]);
    const known = seen.get(name) ?? new Set();
    seen.set(name, known);
    const same = links.findLastIndex(({ link }) => known.has(link)) + 1;
    for (const [index, { link }] of links.entries()) if (isKept(model, messages[index])) known.add(link);
    if (same === 0) return { cacheable: 0 };
    const shared = messages.slice(0, same).reduce((sum, message) => sum + counter.message(message), 0);
    const prefix = counter.frame(schema) + shared;
    return { cacheable: prefix >= leastPrefix ? prefix : 0 };
  };
}

function isKept(model: string, message: Message | undefined): boolean {
  return !marking.test(model) || message?.cacheUpToHere === true;
}
