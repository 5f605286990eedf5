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

/** Between two chunks an abort is heard; larger ones would not be faster. A multiple of every block. */
const chunk = 256;

/** Evaluates the rest of the prompt and lets the model write until the grammar is through or the limit is reached. */
export async function decode(engine: Engine, sequence: LlamaSequence, request: DecodeRequest): Promise<Decoded> {
  const { answering, maxTokens, signal, onText } = request;
  const last = await evaluateAllButLast(sequence, { tokens: request.prompt, block: engine.block, signal });
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

interface Unevaluated {
  readonly tokens: readonly Token[];
  readonly block: number;
  readonly signal?: AbortSignal | undefined;
}

/** Evaluates a prompt, of which whole blocks were done before, up to its last tokens, 1 to a block; these are returned. */
export async function evaluateAllButLast(
  sequence: LlamaSequence,
  { tokens, block, signal }: Unevaluated,
): Promise<Token[]> {
  const whole = wholeBlocks(tokens.length, block);
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
