import type { Proposition } from "../judge/proposition.ts";
import type { Visit } from "../kernel/contracts/systems/visit.ts";
import { concernsOneAnswer, errorRecord } from "../kernel/values/errors.ts";
import { exchangeOf } from "./findings/exchange.ts";
import { observe } from "./findings/observed.ts";
import { ruledFindings } from "./findings/rules.ts";
import { moveText } from "./findings/told.ts";
import { meets, type Success } from "./goals/goal.ts";
import { claimsOf, easeOf, reachedClaim } from "./judged.ts";
import type { ClaimRow, FailedVisit, FindingRow, KeyedVisit, SessionRow, VisitKey } from "./rows.ts";
import type { Visitor } from "./session/visit.ts";

/** What came of one visit. */
export interface Tried {
  readonly session: SessionRow;
  readonly findings: readonly FindingRow[];
  readonly claims: readonly ClaimRow[];
  readonly visit: KeyedVisit;
  /** Findings of the judge whose quote stands nowhere. */
  readonly unsupported: number;
  /** Who gave no answer that can be used; what they were asked for is missing. */
  readonly failures: readonly FailedVisit[];
  readonly heuristic: boolean;
}

interface Visited {
  readonly visit: Visit;
  readonly visitor: Visitor;
  readonly key: VisitKey;
  /** Which visit of the person it is. */
  readonly name: string;
  readonly success: Success | undefined;
}

/** How it is looked at. */
export interface Assessment {
  readonly propositions?: readonly Proposition[];
  readonly opinions?: boolean;
}

/** Counts and judges a visit: by code, by the run's judge, and by what the person says of it. */
export async function assessed(visited: Visited, { propositions = [], opinions = true }: Assessment): Promise<Tried> {
  const { visit, visitor, key, name } = visited;
  const failures: FailedVisit[] = [];
  const asked = async <T>(ask: Promise<T>): Promise<T | undefined> => {
    try {
      return await ask;
    } catch (error) {
      if (!concernsOneAnswer(error)) throw error;
      failures.push({ ...key, error: errorRecord(error) });
      return undefined;
    }
  };
  const checked = meets(visit, visited.success);
  const canJudge = visitor.context.models.judge.limits.following !== "small";
  const judging = opinions && canJudge && checked === undefined ? [reachedClaim, ...propositions] : propositions;
  const claims = (await asked(claimsOf(visit, visitor, judging))) ?? [];
  const outcome = outcomeOf(visit, checked, claims);
  const ease = opinions ? await asked(easeOf(visitor, visit, name)) : undefined;
  const observation = opinions && canJudge ? await asked(observe(visit, visitor.context)) : undefined;
  const rules = ruledFindings(visit, outcome.success).map((one) => ({ ...key, ...one, by: "rule" as const }));
  const seen = observation?.findings.map((one) => ({ ...key, ...one, by: "judge" as const })) ?? [];
  return {
    session: { ...key, ...outcome, ...figuresOf(visit), ease: ease ?? null },
    findings: [...rules, ...seen],
    claims: claims.map((claim) => ({ ...key, ...claim })),
    visit: { ...key, visit, success: outcome.success, check: visited.success },
    unsupported: observation?.unsupported ?? 0,
    heuristic: visit.heuristic === true || observation?.heuristic === true,
    failures,
  };
}

function outcomeOf(
  visit: Visit,
  checked: boolean | undefined,
  claims: readonly Pick<ClaimRow, "claim" | "verdict">[],
): Pick<SessionRow, "success" | "by"> {
  if (checked !== undefined) return { success: checked, by: "check" };
  const verdict = claims.find(({ claim }) => claim === reachedClaim.name)?.verdict;
  if (verdict === "true" || verdict === "false") return { success: verdict === "true", by: "judge" };
  return { success: visit.end === "reached" ? true : visit.end === "gave up" ? false : null, by: "person" };
}

function figuresOf(
  visit: Visit,
): Pick<SessionRow, "end" | "steps" | "failures" | "seconds" | "path" | "did" | "showed" | "why"> {
  const { steps, end, why = "" } = visit;
  const { did, showed } = exchangeOf(visit, steps.at(-1));
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  return {
    ...{ end, steps: steps.length, seconds: Math.round(seconds * 10) / 10, why },
    failures: steps.filter(({ shown }) => shown.failed !== undefined).length,
    path: steps.map(({ move }) => moveText(move)).join(" → "),
    ...{ did, showed },
  };
}
