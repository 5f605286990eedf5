import type { Context } from "../../kernel/contracts/context.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import type { Usage } from "../../kernel/contracts/model.ts";
import { concernsOneAnswer, errorRecord } from "../../kernel/values/errors.ts";
import { addUsage } from "../../kernel/values/usage.ts";
import type { Proposition } from "../proposition.ts";
import { tooSmall } from "../refusals.ts";
import { type Asking, type Heard, judgeOf, withoutModel } from "./ask.ts";
import type { Hearing } from "./judge-prompt.ts";
import { pooled } from "./pool.ts";
import { inOtherOrder, takeSample } from "./sample.ts";
import { type Read, restsOnNothing } from "./verdicts.ts";

/** What came of a hearing: a verdict for each of its propositions, in any order. */
export interface HeardOut {
  readonly verdicts: readonly Verdict[];
  /** Answers of no use. */
  readonly unusable: readonly Read[];
  readonly usage: Usage;
  readonly heuristic?: true;
  /** Samples that were asked; none where no proposition needs a model. */
  readonly calls: number;
}

/** How often, and in which place of the run. */
export interface Heed extends Omit<Asking, "context" | "sample" | "temperature"> {
  readonly context: Context;
  readonly samples: number;
}

/** A sample that came, or why it did not. */
type Tried = Heard | { readonly error: unknown };

/**
 * Hears a case: what code can decide by code, the rest by so many independent answers of the judge. Where most answers to a
 * proposition are of no use, its verdict is that error.
 * @throws MODEL_UNSUPPORTED, and the model's errors
 */
export async function hear(hearing: Hearing, { samples, ...asking }: Heed): Promise<HeardOut> {
  const { settled, open } = withoutModel(hearing.propositions, hearing.judged);
  if (open.length === 0) return { verdicts: settled, unusable: [], usage: { input: 0, output: 0 }, calls: 0 };
  const model = judgeOf(asking);
  if (model.limits.following === "small") throw tooSmall(model.id);
  const asked = { ...hearing, propositions: open };
  const tried = await Promise.all(
    Array.from({ length: samples }, (_, sample) => tryOne(asked, { ...asking, samples }, sample)),
  );
  const came = tried.filter((one): one is Heard => !("error" in one));
  const failed = tried.find((one) => "error" in one);
  if (came.length * 2 <= samples && failed !== undefined) throw failed.error;
  const pools = open.map((proposition) =>
    pooled(
      proposition,
      tried.map((one) => readOf(one, proposition.name)),
    ),
  );
  const verdicts = pools.map((pool, place): Verdict => {
    if (!isUnusable(pool)) return pool;
    const { name } = open[place] as Proposition;
    return { kind: "error", proposition: name, error: errorRecord(restsOnNothing(model.id, pool)) };
  });
  const usage = came.reduce((sum, one) => addUsage(sum, one.usage), { input: 0, output: 0 });
  const heuristic = came.some((one) => one.heuristic) && { heuristic: true as const };
  const unusable = pools.filter(isUnusable).flat();
  return { verdicts: [...settled, ...verdicts], unusable, usage, calls: samples, ...heuristic };
}

const isUnusable = (pool: Verdict | readonly Read[]): pool is readonly Read[] => Array.isArray(pool);

/** One of several samples has a place of its own, another order, and the temperature that the model has by itself. */
async function tryOne(hearing: Hearing, { samples, ...asking }: Heed, sample: number): Promise<Tried> {
  try {
    if (samples === 1) return await takeSample(hearing, asking);
    const context = asking.context.fork(`sample:${sample + 1}`);
    const other = inOtherOrder(hearing, sample, asking.context.random.fork("order"));
    return await takeSample(other, { ...asking, context, sample, temperature: 1 });
  } catch (error) {
    if (!concernsOneAnswer(error)) throw error;
    return { error };
  }
}

function readOf(tried: Tried, proposition: string): Read {
  if ("error" in tried) return { kind: "unusable", proposition, issue: errorRecord(tried.error).message };
  const read = tried.reads.find((one) => one.proposition === proposition);
  return read ?? { kind: "unusable", proposition, issue: "it has no answer" };
}
