import type { Judgeable } from "../../judge/bench.ts";
import { checkProposition, computeScore } from "../../judge/judge.ts";
import type { Proposition } from "../../judge/proposition.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** A claim, and what a judge has to say of it. */
export interface Claim {
  /** In a sentence, or a proposition such as one of `stockPropositions`. */
  readonly claim: string | Omit<Proposition, "answer">;
  /** Whether it has to be true or false. Default true. Not with a score. */
  readonly holds?: boolean;
  /** The least score, from 0 to 9. */
  readonly atLeast?: number;
  /** The highest score, from 0 to 9. */
  readonly atMost?: number;
  /** Judge the last so many entries of the transcript alone. */
  readonly last?: number;
}

/** The claim in full; OPTION_INVALID for scores that are none, or that no score can meet. */
export function checkedClaim(given: string | Claim, intervention: string): Claim {
  const claim = typeof given === "string" ? { claim: given } : given;
  const { holds, atLeast, atMost } = claim;
  const bounds = [atLeast, atMost].filter((bound) => bound !== undefined);
  if (bounds.some((bound) => !(bound >= 0 && bound <= 9))) throw wrong(intervention, "Scores go from 0 to 9.");
  if ((atLeast ?? 0) > (atMost ?? 9))
    throw wrong(intervention, "`atLeast` is above `atMost`, which no score can meet.");
  if (holds !== undefined && bounds.length > 0)
    throw wrong(intervention, "Give `holds`, or bounds of a score, not both.");
  return claim;
}

/** What the judge says of a claim; one call. Errors as `judge`. */
export function judged(
  { claim, last, atLeast, atMost }: Claim,
  subject: Judgeable,
  asked: { readonly step: string; readonly label?: string; readonly signal?: AbortSignal },
): Promise<Verdict> {
  const options = { ...asked, purpose: "intervene" as const, ...(last !== undefined && { last }) };
  const ask = atLeast === undefined && atMost === undefined ? checkProposition : computeScore;
  return ask(subject, claim, options);
}

/** Whether a verdict is what was waited for; one that is undecided is not. */
export function isMet({ holds = true, atLeast = 0, atMost = 9 }: Claim, verdict: Verdict): boolean {
  if (verdict.kind === "truth") return verdict.holds === holds;
  return verdict.kind === "score" && verdict.score >= atLeast && verdict.score <= atMost;
}

function wrong(intervention: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The claim of the intervention '${intervention}' cannot be judged.`, {
    data: { option: "claim", value: intervention },
    hint,
  });
}
