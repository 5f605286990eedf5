import { aborted } from "../abort.ts";
import type { LlamaSequence, Token } from "../runtime.ts";
import type { Engine, Grammar } from "./engine.ts";
import { wholeBlocks } from "./pool.ts";

export interface DecodeRequest {
  /** What is still to be evaluated of the prompt; at least one token. */
  readonly prompt: readonly Token[];
  readonly grammar: Grammar;
  readonly seed: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly signal?: AbortSignal | undefined;
  onText?(text: string): void;
}

export interface Decoded {
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
  const last = await evaluateAllButLast(sequence, request.prompt, request.signal);
  const written = createWriting(engine, request.onText);
  for await (const token of sequence.evaluate(last, samplingOf(engine, request))) {
    if (request.signal?.aborted) throw aborted(request.signal);
    written.add(token);
    if (written.closed()) break;
    if (written.count() >= request.maxTokens) return { text: written.end(), tokens: written.count(), complete: false };
  }
  return { text: written.end(), tokens: written.count(), complete: true };
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

function samplingOf(engine: Engine, request: DecodeRequest) {
  const { LlamaGrammarEvaluationState } = engine.runtime.module;
  return {
    temperature: request.temperature,
    seed: request.seed,
    topK: 40,
    topP: 0.95,
    minP: 0.05,
    dryRepeatPenalty: { strength: 0.8, allowedLength: 3 },
    grammarEvaluationState: new LlamaGrammarEvaluationState({ model: engine.model, grammar: request.grammar }),
  };
}

/** Tokens as text, in whole characters: a token may end in the middle of one. */
function createWriting(engine: Engine, onText?: (text: string) => void) {
  let [text, count] = ["", 0];
  let pending: Token[] = [];
  let before: Token[] = [];
  const flush = (): void => {
    const piece = engine.model.detokenize(pending, false, before);
    if (piece.endsWith("\uFFFD") && pending.length < 8) return;
    before = [...before, ...pending].slice(-8);
    pending = [];
    text += piece;
    if (piece !== "") onText?.(piece);
  };
  return {
    add(token: Token) {
      count++;
      pending.push(token);
      flush();
    },
    count: () => count,
    /** The answer is whole JSON already: no token is spent on hearing that it ends. */
    closed: () => pending.length === 0 && /[}\]]$/.test(text) && isJson(text),
    end: () => text + engine.model.detokenize(pending, false, before),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
