import { z } from "zod";
import { judge } from "../judge/judge.ts";
import type { Proposition } from "../judge/proposition.ts";
import type { Subject } from "../kernel/contracts/context.ts";
import type { Quote, Verdict } from "../kernel/contracts/judging/verdict.ts";
import type { Visit } from "../kernel/contracts/systems/visit.ts";
import type { Persona } from "../persona/schema.ts";
import type { ClaimRow, VisitKey } from "./rows.ts";
import type { Visitor } from "./session/visit.ts";

/** A visit as something that can be judged. */
function judgeable(visit: Visit, { name, context, persona }: Visitor): Subject & { readonly persona: Persona } {
  return { name, context, persona: persona as Persona, transcript: () => visit.transcript };
}

/** What the run's judge says of claims about a visit. Throws as `judge`. */
export async function claimsOf(
  visit: Visit,
  visitor: Visitor,
  propositions: readonly Proposition[],
): Promise<readonly Omit<ClaimRow, keyof VisitKey>[]> {
  if (propositions.length === 0 || visit.transcript.length === 0) return [];
  const { verdicts } = await judge(judgeable(visit, visitor), propositions, { signal: visitor.context.signal });
  return verdicts.map(claimOf);
}

function claimOf(verdict: Verdict): Omit<ClaimRow, keyof VisitKey> {
  const claim = verdict.proposition;
  switch (verdict.kind) {
    case "score":
      return { claim, verdict: verdict.score, ...reasons(verdict) };
    case "truth":
      return { claim, verdict: verdict.holds ? "true" : "false", ...reasons(verdict) };
    case "undecided":
      return { claim, verdict: "undecided", why: verdict.why, quote: "" };
    case "error":
      return { claim, verdict: "error", why: verdict.error.message, quote: "" };
    case "inapplicable":
      return { claim, verdict: "inapplicable", why: "", quote: "" };
  }
}

const reasons = ({ why, evidence }: { readonly why: string; readonly evidence: readonly Quote[] }) => {
  return { why, quote: evidence[0]?.text ?? "" };
};

/** The name under which the judge says whether a goal without a check was reached. */
export const reachedClaim: Proposition = {
  name: "goal-reached",
  claim: "The person got from the system what they had come for.",
  answer: "truth",
};

const Afterwards = z.object({
  because: z.string().describe("what made it so, in your words"),
  ease: z.int().min(1).max(7).describe("1 very difficult, 7 very easy"),
});

/** How easy it was, asked of the person aside once they are done: the single ease question. */
export async function easeOf(visitor: Visitor, { system, goal }: Visit, key: string): Promise<number> {
  const text = `You have just used ${system}. You came for this: ${goal}\nOverall, how difficult or easy was it, from 1 (very difficult) to 7 (very easy)?`;
  const { value } = await visitor.answer({ text, schema: Afterwards, name: `afterwards:${key}` });
  return value.ease;
}
