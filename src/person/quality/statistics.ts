import type { Usage } from "../../kernel/contracts/model.ts";
import type { TurnQuality } from "../../kernel/contracts/person.ts";
import { addUsage } from "../../kernel/values/usage.ts";
import { scoreOf } from "./utility.ts";

/** The scores that a rubric gave to the drafts of a person. */
export interface ScoreSummary {
  readonly count: number;
  readonly mean: number;
  readonly least: number;
}

/** What became of what a person was about to say. Turns without words are not looked at and count nowhere. */
export interface QualityReport {
  /** Turns that were looked at: the whole of the next six. */
  readonly turns: number;
  readonly passed: number;
  readonly repaired: number;
  /** Taken as the best, though no draft passed. */
  readonly failed: number;
  readonly dropped: number;
  /** Rules found nothing, and there was no verdict. */
  readonly unjudged: number;
  /** Ended with QUALITY_FAILED, so that there was no turn. */
  readonly raised: number;
  /** The share of those turns that passed at the first try, 0 to 1; undefined while there are none. */
  readonly firstTryShare: number | undefined;
  /** The share of the turns that were mended, of those whose first draft failed; undefined while there are none. */
  readonly repairedShare: number | undefined;
  readonly drafts: number;
  /** What judging and repairing took. Dollars stand in the run's ledger, under the purposes `judge` and `repair`. */
  readonly calls: number;
  readonly usage: Usage;
  /** By rubric, over the drafts that were judged by it. */
  readonly scores: Readonly<Record<string, ScoreSummary>>;
}

type Counts = Record<TurnQuality["outcome"] | "raised", number>;

/** Adds up what became of a person's turns. */
export class QualityStatistics {
  readonly #counts: Counts = { passed: 0, repaired: 0, failed: 0, dropped: 0, unjudged: 0, raised: 0 };
  readonly #scores = new Map<string, { count: number; sum: number; least: number }>();
  #drafts = 0;
  #calls = 0;
  #usage: Usage = { input: 0, output: 0 };

  /** Counts a turn that was committed, or one of which nothing is left (`raised`). */
  count(quality: TurnQuality, outcome: keyof Counts = quality.outcome): void {
    this.#counts[outcome] += 1;
    this.#drafts += quality.drafts.length;
    this.#calls += quality.calls;
    this.#usage = addUsage(this.#usage, quality.usage);
    for (const verdict of quality.drafts.flatMap((draft) => draft.verdicts)) {
      for (const score of scoreOf(verdict)) {
        const { count, sum, least } = this.#scores.get(verdict.proposition) ?? { count: 0, sum: 0, least: 9 };
        this.#scores.set(verdict.proposition, { count: count + 1, sum: sum + score, least: Math.min(least, score) });
      }
    }
  }

  /** What was taken so far, turns that came to nothing included. */
  get spent(): { readonly calls: number; readonly tokens: number } {
    return { calls: this.#calls, tokens: this.#usage.input + this.#usage.output };
  }

  get report(): QualityReport {
    const { passed, unjudged, ...rest } = this.#counts;
    const failedFirst = rest.repaired + rest.failed + rest.dropped + rest.raised;
    const turns = passed + unjudged + failedFirst;
    const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
    const scores = [...this.#scores].map(([name, { count, sum, least }]) => [
      name,
      { count, mean: sum / count, least },
    ]);
    return {
      ...{ turns, passed, unjudged, ...rest, drafts: this.#drafts, calls: this.#calls, usage: this.#usage },
      firstTryShare: share(passed, passed + failedFirst),
      repairedShare: share(rest.repaired, failedFirst),
      scores: Object.fromEntries(scores),
    };
  }
}
