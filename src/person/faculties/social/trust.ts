import type { EventId } from "../../../kernel/values/ids.ts";
import type { TrustCue, TrustReason } from "./acquaintance.ts";

/** What speaks for somebody and against them, what happened lately counting most. */
export interface Credit {
  readonly good: number;
  readonly bad: number;
  readonly reasons: readonly TrustReason[];
  readonly tally: Readonly<Partial<Record<TrustCue, number>>>;
}

/** Nothing is known of them. */
export const stranger: Credit = { good: 0, bad: 0, reasons: [], tally: {} };

const weights: Readonly<Record<TrustCue, number>> = {
  reason: 0.5,
  agreement: 0.5,
  praise: 0.5,
  contradiction: -0.5,
  turnabout: -1,
};

/** What speaks against somebody counts twice: trust is lost faster than won (P. Slovic, "Perceived risk, trust, and democracy", 1993). */
const loss = 2;
/** How much of what was known still counts after one thing more. */
const kept = 0.97;
const reasonsKept = 8;

/**
 * Trust as the expected share of good experiences, one of each taken for granted, with older ones fading (A. Jøsang and
 * R. Ismail, "The Beta Reputation System", 2002).
 */
export const trustOf = ({ good, bad }: Pick<Credit, "good" | "bad">): number =>
  Math.round((1000 * (good + 1)) / (good + bad + 2)) / 1000;

/** What is thought of somebody after these happened in one event. */
export function withCues(credit: Credit, event: EventId, cues: readonly TrustCue[]): Credit {
  return cues.reduce((before, cue) => withCue(before, event, cue), credit);
}

function withCue(before: Credit, event: EventId, cue: TrustCue): Credit {
  const weight = weights[cue];
  const good = before.good * kept + Math.max(0, weight);
  const bad = before.bad * kept + loss * Math.max(0, -weight);
  const reason = { event, cue, trust: trustOf({ good, bad }) };
  return {
    ...{ good, bad, reasons: [...before.reasons, reason].slice(-reasonsKept) },
    tally: { ...before.tally, [cue]: (before.tally[cue] ?? 0) + 1 },
  };
}
