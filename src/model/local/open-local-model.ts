import type { z } from "zod";
import type { Model } from "../../kernel/contracts/model.ts";
import { createCalls } from "./calling/calls.ts";
import { createChat } from "./engine/chat.ts";
import { choose } from "./engine/choose.ts";
import type { Answering, Engine } from "./engine/engine.ts";
import { generate } from "./engine/generate.ts";
import { type AnswerBounds, answerGrammar } from "./grammar/answer-grammar.ts";
import { loadModel, unavailable } from "./load.ts";
import { locate } from "./locate.ts";
import type { LocalOptions } from "./options.ts";
import { type Profile, profileOf } from "./profile.ts";
import {
  exactBlock,
  type LlamaContext,
  type LlamaContextOptions,
  type LlamaModel,
  openRuntime,
  type Runtime,
} from "./runtime.ts";
import { createPool } from "./sequences/pool.ts";
import { createStates } from "./sequences/states.ts";

const usualSequences = 2;
const savedStatesBytes = 1e9;

/**
 * Opens a model that runs on this machine, by catalogue name or path of a .gguf file.
 * Every answer is held to the schema by a grammar; prompts that begin alike are evaluated once.
 * Throws MODEL_UNKNOWN, MODEL_DOWNLOAD, FILE_UNREADABLE, PACKAGE_MISSING, MODEL_UNAVAILABLE or ABORTED.
 */
export async function openLocalModel(nameOrPath: string, options: LocalOptions): Promise<Model> {
  const located = await locate(nameOrPath, options);
  const id = `local/${located.name}`;
  const runtime = await openRuntime(options.gpu ?? "auto");
  try {
    const model = await loadModel(runtime, located, options);
    const profile = profileOf(model, located.entry);
    const context = await createContext({ runtime, model, id, profile }, options);
    return assemble({ runtime, model, id, profile }, context, options);
  } catch (error) {
    await runtime.llama.dispose();
    throw error;
  }
}

interface Loaded {
  readonly runtime: Runtime;
  readonly model: LlamaModel;
  readonly id: string;
  readonly profile: Profile;
}

// Evaluated together, or with flash attention, sequences change one another's last bits, and so in the end their words.
const oneByOne: LlamaContextOptions = {
  flashAttention: false,
  batching: {
    itemPrioritizationStrategy: ({ items, size }) =>
      items.slice(0, 1).map((item) => ({ item, processAmount: Math.min(size, item.tokens.length) })),
  },
};

async function createContext(
  { runtime, model, id, profile }: Loaded,
  { sequences = usualSequences, threads = profile.threads, contextTokens, repeatable = true }: LocalOptions,
): Promise<LlamaContext> {
  try {
    return await model.createContext({
      sequences,
      contextSize: contextTokens ?? profile.contextTokens,
      // Without the whole cache a sliding-window model forgets its prefix, and every turn would start from nothing.
      swaFullCache: true,
      ...(threads === undefined ? {} : { threads }),
      ...(repeatable ? oneByOne : {}),
    });
  } catch (cause) {
    throw unavailable(runtime, id, cause);
  }
}

function assemble({ runtime, model, id, profile }: Loaded, context: LlamaContext, options: LocalOptions): Model {
  const { following, maxOutputTokens, bounds } = profile;
  const { repeatable = true, sampling } = options;
  const states = createStates(savedStatesBytes);
  const block = repeatable ? exactBlock(runtime) : 1;
  const pool = createPool(context, states, block);
  const calls = createCalls(id);
  const engine: Engine = {
    id,
    runtime,
    model,
    context,
    pool,
    block,
    maxOutputTokens,
    chat: createChat(runtime, model, id),
    sampling: { ...profile.sampling, ...sampling },
    answering: grammars(runtime, bounds, id),
  };
  return {
    id,
    limits: { contextTokens: context.contextSize, structured: true, images: false, following },
    generate: (request) => calls.run(() => generate(engine, request)),
    choose: (request) => calls.run(() => choose(engine, request)),
    async close() {
      await calls.close();
      await pool.quiet();
      await states.close();
      await runtime.llama.dispose();
    },
  };
}

/** A schema's grammar is made once: calls keep the same schema object. */
function grammars(runtime: Runtime, bounds: AnswerBounds, id: string): Engine["answering"] {
  const known = new WeakMap<z.ZodType, Promise<Answering>>();
  const build = async (schema: z.ZodType): Promise<Answering> => {
    const answer = answerGrammar(schema, bounds, id);
    return { ...answer, grammar: await runtime.llama.createGrammar({ grammar: answer.grammar }) };
  };
  return (schema) => {
    const answering = known.get(schema) ?? build(schema);
    known.set(schema, answering);
    return answering;
  };
}
