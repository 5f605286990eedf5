import { aborted } from "../calling/abort.ts";
import type { LlamaSequence, Token } from "../runtime.ts";
import { wholeBlocks } from "../sequences/pool.ts";
import type { Answering, Engine } from "./engine.ts";
import { createWriting } from "./writing.ts";

export interface DecodeRequest {
  /** What is still to be evaluated of the prompt; at least one token. */
  readonly prompt: readonly Token[];
  readonly answering: Answering;
  readonly seed: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly signal?: AbortSignal | undefined;
  onText?(text: string): void;
}

export interface Decoded {
  /** JSON text, whole only when `complete`. */
  readonly text: string;
  readonly tokens: number;
  /** The grammar came to its end; otherwise the token limit did. */
  readonly complete: boolean;
}

/**
 * The engine's arithmetic gives the last bits differently for one row than for many, and for rows at the end of a
 * tile: whole blocks from the start of the prompt always come out the same, whatever was evaluated together.
 */
export const exactBlock = 32;
// Between two chunks an abort is heard; larger ones would not be faster.
const chunk = 8 * exactBlock;

/** Evaluates the rest of the prompt and lets the model write until the grammar is through or the limit is reached. */
export async function decode(engine: Engine, sequence: LlamaSequence, request: DecodeRequest): Promise<Decoded> {
  const { answering, maxTokens, signal, onText } = request;
  const last = await evaluateAllButLast(sequence, request.prompt, signal);
  const writing = createWriting(engine.model, { proseKey: answering.proseKey, onText });
  let tokens = 0;
  for await (const token of sequence.evaluate(last, samplingOf(engine, request, writing.tokens))) {
    if (signal?.aborted) throw aborted(signal);
    writing.add(token);
    if (writing.closed()) break;
    if (++tokens >= maxTokens) return { ...writing.end(false), tokens };
  }
  return { ...writing.end(true), tokens: writing.tokens.length };
}

/** Evaluates a prompt, of which whole blocks were done before, up to its last 1 to 32 tokens; these are returned. */
export async function evaluateAllButLast(
  sequence: LlamaSequence,
  tokens: readonly Token[],
  signal?: AbortSignal,
): Promise<Token[]> {
  const whole = wholeBlocks(tokens.length, exactBlock);
  for (let start = 0; start < whole; start += chunk) {
    if (signal?.aborted) throw aborted(signal);
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(start, Math.min(whole, start + chunk)));
  }
  if (signal?.aborted) throw aborted(signal);
  return tokens.slice(whole);
}

function samplingOf(engine: Engine, request: DecodeRequest, written: readonly Token[]) {
  const { LlamaGrammarEvaluationState } = engine.runtime.module;
  const { topK, topP, minP, repeatPenalty, phrasePenalty } = engine.sampling;
  const { grammar } = request.answering;
  return {
    temperature: request.temperature,
    seed: request.seed,
    topK,
    topP,
    minP,
    repeatPenalty: { punishTokens: () => [...written], penalty: repeatPenalty },
    // A limit is needed: without one the engine looks back at nothing at all.
    dryRepeatPenalty: { strength: phrasePenalty, allowedLength: 2, lastTokens: 512 },
    grammarEvaluationState: new LlamaGrammarEvaluationState({ model: engine.model, grammar }),
  };
}
