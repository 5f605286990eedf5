import type { z } from "zod";
import type { Model, ModelLimits } from "../../kernel/contracts/model.ts";
import { createChat } from "./engine/chat.ts";
import { choose } from "./engine/choose.ts";
import { exactBlock } from "./engine/decode.ts";
import type { Answering, Engine } from "./engine/engine.ts";
import { generate } from "./engine/generate.ts";
import { createPool } from "./engine/pool.ts";
import { createStates } from "./engine/states.ts";
import { answerGrammar } from "./grammar/answer-grammar.ts";
import { loadModel, unavailable } from "./load.ts";
import { type Located, locate } from "./locate.ts";
import type { LocalOptions, Sampling } from "./options.ts";
import { type LlamaContext, type LlamaContextOptions, type LlamaModel, openRuntime, type Runtime } from "./runtime.ts";

const defaultSequences = 4;
const defaultContext = 8192;
// Below this, models lose the thread of long prompts and many fields.
const smallParameters = 2e9;
const savedStates = 1e9;
const smallBounds = { text: 600, items: 8, depth: 3, prose: true };
const fullBounds = { text: 4000, items: 40, depth: 5, prose: false };
const usualSampling: Sampling = {
  temperature: 0.6,
  minP: 0.05,
  topP: 0.95,
  topK: 40,
  repeatPenalty: 1.1,
  phrasePenalty: 0.8,
};

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
    const context = await createContext(runtime, { model, id }, options);
    return assemble({ runtime, model, context, id, located }, options);
  } catch (error) {
    await runtime.llama.dispose();
    throw error;
  }
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
  runtime: Runtime,
  { model, id }: { model: LlamaModel; id: string },
  { sequences, threads, contextTokens, repeatable = true }: LocalOptions,
): Promise<LlamaContext> {
  try {
    return await model.createContext({
      sequences: sequences ?? defaultSequences,
      contextSize: contextTokens ?? Math.min(defaultContext, model.trainContextSize),
      // Without the whole cache a sliding-window model forgets its prefix, and every turn would start from nothing.
      swaFullCache: true,
      ...(threads === undefined ? {} : { threads }),
      ...(repeatable ? oneByOne : {}),
    });
  } catch (cause) {
    throw unavailable(runtime, id, cause);
  }
}

interface Opened {
  readonly runtime: Runtime;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly id: string;
  readonly located: Located;
}

function assemble(
  { runtime, model, context, id, located }: Opened,
  { repeatable = true, sampling }: LocalOptions,
): Model {
  const states = createStates(savedStates);
  const pool = createPool(context, states, repeatable ? exactBlock : 1);
  const limits = limitsOf(model, context, located);
  const engine: Engine = {
    id,
    runtime,
    model,
    context,
    pool,
    chat: createChat(runtime, model, id),
    sampling: { ...usualSampling, ...sampling },
    maxOutputTokens: limits.following === "small" ? 512 : 2048,
    answering: grammarsOf(runtime, limits, id),
  };
  return {
    id,
    limits,
    generate: (request) => generate(engine, request),
    choose: (request) => choose(engine, request),
    async close() {
      await pool.close();
      await states.close();
      await runtime.llama.dispose();
    },
  };
}

function limitsOf(model: LlamaModel, context: LlamaContext, { entry }: Located): ModelLimits {
  const following = entry?.following ?? (parametersOf(model) < smallParameters ? "small" : "full");
  return { contextTokens: context.contextSize, structured: true, images: false, following };
}

/** How many parameters the file holds, added up over its tensors. */
function parametersOf(model: LlamaModel): number {
  const tensors = model.fileInfo.fullTensorInfo ?? [];
  return tensors.reduce(
    (sum, { dimensions }) => sum + dimensions.reduce((size: number, side) => size * Number(side), 1),
    0,
  );
}

function grammarsOf(runtime: Runtime, { following }: ModelLimits, id: string): Engine["answering"] {
  const known = new WeakMap<z.ZodType, Promise<Answering>>();
  const bounds = following === "small" ? smallBounds : fullBounds;
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
