import type { ChoiceReply, ChoiceRequest } from "../../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { aborted, orAborted } from "../calling/abort.ts";
import type { LlamaSequence, Token } from "../runtime.ts";
import { evaluateAllButLast } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { roomAfter } from "./generate.ts";

/**
 * How likely each option is as the model's whole answer: the product of its tokens' probabilities,
 * in quotation marks so that "yes" is not part of "yes, but", then scaled to a sum of 1.
 * Throws OPTION_INVALID, CONTEXT_EXCEEDED, ABORTED or CLOSED.
 */
export async function choose(engine: Engine, request: ChoiceRequest): Promise<ChoiceReply> {
  check(request.options);
  const prompt = engine.chat(request.messages);
  const answers = request.options.map((option) => engine.model.tokenize(JSON.stringify(option)));
  const longest = Math.max(...answers.map((answer) => answer.length));
  roomAfter(engine, prompt.length, longest);
  const { scope, signal } = request;
  const work = async () => {
    const lease = await engine.pool.acquire({ tokens: prompt, scope, signal });
    try {
      const head = await evaluateAllButLast(lease.sequence, {
        tokens: prompt.slice(lease.reused),
        block: engine.block,
        signal,
      });
      await lease.sequence.evaluateWithoutGeneratingNewTokens(head.slice(0, -1));
      return {
        weights: await likelihoods(lease.sequence, { answers, from: head.at(-1), signal }),
        reused: lease.reused,
      };
    } finally {
      lease.release();
    }
  };
  const { weights, reused } = await orAborted(work(), signal);
  const usage = { input: prompt.length, output: 0, cachedInput: reused };
  return { probabilities: shares(weights), usage };
}

function check(options: readonly string[]): void {
  if (options.length > 1 && new Set(options).size === options.length) return;
  throw new TinyTroupeError("OPTION_INVALID", "A choice needs at least two options, no two of them equal.", {
    data: { option: "options", value: options },
    hint: "Give each option its own words.",
  });
}

interface Asked {
  readonly answers: readonly (readonly Token[])[];
  readonly from: Token | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The logarithm of each answer's probability after what the sequence holds; it holds the same afterwards. */
async function likelihoods(sequence: LlamaSequence, { answers, from, signal }: Asked): Promise<number[]> {
  const start = sequence.nextTokenIndex;
  const result: number[] = [];
  for (const answer of answers) {
    if (signal?.aborted) throw aborted(signal);
    const before = [from, ...answer.slice(0, -1)].filter((token) => token !== undefined);
    const outcome = await sequence.controlledEvaluate(before.map((token, index) => [token, asking(answer[index])]));
    result.push(outcome.reduce((sum, step, index) => sum + logarithm(step?.next, answer[index]), 0));
    await sequence.eraseContextTokenRanges([{ start, end: sequence.nextTokenIndex }]);
  }
  return result;
}

function asking(wanted: Token | undefined) {
  const tokens = wanted === undefined ? [] : [wanted];
  return { generateNext: { logits: { filter: { tokens, includeMax: true } }, totalLogitWeight: true } };
}

interface Next {
  readonly logits?: Map<Token, number>;
  readonly totalLogitWeight?: number;
}

function logarithm(next: Next | undefined, wanted: Token | undefined): number {
  const logits = next?.logits ?? new Map<Token, number>();
  const logit = wanted === undefined ? undefined : logits.get(wanted);
  if (logit === undefined || next?.totalLogitWeight === undefined) return Number.NEGATIVE_INFINITY;
  return logit - Math.max(...logits.values()) - Math.log(next.totalLogitWeight);
}

function shares(logarithms: readonly number[]): number[] {
  const most = Math.max(...logarithms);
  const weights = logarithms.map((one) => Math.exp(one - most));
  const sum = weights.reduce((total, one) => total + one, 0);
  return weights.map((one) => one / sum);
}
