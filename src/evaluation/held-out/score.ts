import { nearest } from "../../kernel/text/nearest.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { createRandom } from "../../kernel/values/random.ts";
import { brierScore, logScore, rankedProbabilityScore } from "../../statistics/distances/scores.ts";
import { bootstrapInterval } from "../../statistics/intervals/bootstrap.ts";
import type { Interval } from "../../statistics/intervals/interval.ts";
import { isMeasured, type Unmeasured } from "../../statistics/measured.ts";
import { effectiveSize } from "../../statistics/moments.ts";
import type { AnswerSet, RespondentAnswers } from "../people/answers.ts";
import { type ForetoldBy, forecastsOf, type Pair } from "./forecasts.ts";

/** Proper scores: who says what they believe fares best; the last is of scales with steps alone. */
export type ScoreName = "brier" | "log" | "ranked-probability";

/** How one way to foretell fares with one person: 0 is best. */
export interface HeldOutRow {
  readonly id: string;
  /** Of the people, from 1. */
  readonly row: number;
  /** For how many people this one counts. */
  readonly weight: number;
  readonly by: ForetoldBy;
  readonly score: ScoreName;
  readonly value: number;
}

/** One way to foretell by one score. */
export interface HeldOutFigure {
  readonly by: ForetoldBy;
  readonly score: ScoreName;
  /** On the mean over the people; 0 is best. */
  readonly value?: number;
  /** How much better the twins are, with its interval by respondent; absent for the twins themselves. */
  readonly better?: number;
  readonly interval?: Interval;
  /** Why there is no value, or no interval. */
  readonly reason?: string;
}

/** An item that was hidden and foretold. */
export interface HeldOut {
  readonly item: string;
  /** People whose twins foretold it. */
  readonly n: number;
  /** People who answered, and whose twins did not: no figure knows of them. */
  readonly unanswered: number;
  readonly figures: readonly HeldOutFigure[];
  readonly rows: readonly HeldOutRow[];
}

/**
 * How well twins foretell an item that was hidden from them, by proper scores, beside who knows nothing (uniform), how the
 * others answered (marginal), and how those like them did (conditional, by attributes). That twins are of use is shown only
 * where the interval of `better` lies above zero. People and twins are linked by id; a twin foretells by the distribution
 * of its answer, or wholly by the answer. People count by their weights; intervals ask for eight people at least, as many as
 * equal weights would be, who are not all alike. Throws OPTION_INVALID for an item that there is not, or that has no options.
 * @param seed of the draws for intervals; 2,000 are made
 */
export async function scoreHeldOut(
  human: AnswerSet,
  twins: AnswerSet,
  { item, seed = 1, level = 0.95 }: { readonly item: string; readonly seed?: number | string; readonly level?: number },
): Promise<HeldOut> {
  const options = optionsOf(human, item);
  const isOrdinal = human.items[item]?.scale.kind === "ordinal";
  const { pairs, unanswered } = linked(human.people, twins.people, item);
  const weights = pairs.map(({ person }) => person.weight);
  const came = pairs.map(({ person }) => options.indexOf(person.answers[item]?.value as string));
  const forecasts = forecastsOf(pairs, { item, options, came });
  const names: readonly ScoreName[] = isOrdinal ? ["brier", "log", "ranked-probability"] : ["brier", "log"];
  const rows: HeldOutRow[] = [];
  const figures: HeldOutFigure[] = [];
  for (const score of names) {
    const values = forecasts.map(({ by, of }) => ({
      by,
      found: of.map((one, place) => scores[score](one, came[place] as number)),
    }));
    for (const { by, found } of values)
      for (const [place, one] of found.entries()) {
        const { person } = pairs[place] as Pair;
        if (isMeasured(one))
          rows.push({ id: person.id, row: person.row, weight: person.weight, by, score, value: one.score });
      }
    const twin = values.find(({ by }) => by === "twin")?.found ?? [];
    for (const { by, found } of values)
      figures.push(
        await figureOf(
          { by, score, found, twin, weights },
          { random: createRandom(seed).fork(`${score}/${by}`), level },
        ),
      );
  }
  return { item, n: pairs.length, unanswered, figures, rows };
}

const scores = { brier: brierScore, log: logScore, "ranked-probability": rankedProbabilityScore } as const;

type Scored = ReturnType<typeof brierScore>;

interface Compared {
  readonly by: ForetoldBy;
  readonly score: ScoreName;
  readonly found: readonly Scored[];
  readonly twin: readonly Scored[];
  readonly weights: readonly number[];
}

/** Of fewer people draws say too little of chance. */
const fewest = 8;

async function figureOf(
  { by, score, found, twin, weights }: Compared,
  options: { readonly random: ReturnType<typeof createRandom>; readonly level: number },
): Promise<HeldOutFigure> {
  const own = valuesOf(found);
  if ("reason" in own) return { by, score, reason: own.reason };
  const value = weightedMean(own.values, weights);
  const others = valuesOf(twin);
  if (by === "twin" || "reason" in others) return { by, score, value };
  const gains = own.values.map((one, place) => one - (others.values[place] as number));
  const figure = { by, score, value, better: weightedMean(gains, weights) };
  const first = gains[0] as number;
  if (effectiveSize(weights) < fewest - 1e-9) return { ...figure, reason: `fewer than ${fewest} people` };
  if (gains.every((gain) => Math.abs(gain - first) < 1e-12)) return { ...figure, reason: "all are alike" };
  const at = (values: readonly number[], units: readonly number[]) => units.map((unit) => values[unit] as number);
  const interval = await bootstrapInterval(
    gains.length,
    (units) => weightedMean(at(gains, units), at(weights, units)),
    options,
  );
  return { ...figure, ...(isMeasured(interval) ? { interval } : { reason: interval.reason }) };
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, place) => sum + value * (weights[place] as number), 0) / all;
}

function valuesOf(found: readonly Scored[]): { readonly values: readonly number[] } | Unmeasured {
  if (found.length < 2) return { reason: "fewer than two people are linked to a twin that foretells" };
  const values = found.flatMap((one) => (isMeasured(one) ? [one.score] : []));
  const missing = found.length - values.length;
  if (missing === 0) return { values };
  return { reason: `what ${missing === 1 ? "one person" : `${missing} people`} answered was held to be impossible` };
}

interface Linked {
  readonly pairs: readonly Pair[];
  readonly unanswered: number;
}

/** People who answered and count for something, each with their twin. */
function linked(people: readonly RespondentAnswers[], twins: readonly RespondentAnswers[], item: string): Linked {
  const byId = new Map(twins.map((twin) => [twin.id, twin]));
  const says = (one: RespondentAnswers): boolean => (one.answers[item]?.value ?? null) !== null;
  const asked = people.flatMap((person) => {
    const twin = byId.get(person.id);
    return twin !== undefined && says(person) && person.weight > 0 ? [{ person, twin }] : [];
  });
  const pairs = asked.filter(({ twin }) => says(twin));
  return { pairs, unanswered: asked.length - pairs.length };
}

function optionsOf({ items }: AnswerSet, item: string): readonly string[] {
  const scale = items[item]?.scale;
  if (scale?.kind === "nominal" || scale?.kind === "ordinal") return scale.options;
  const [meant] = nearest(item, Object.keys(items));
  const message =
    scale === undefined ? `There is no item '${item}'.` : `'${item}' has no options of which one is chosen.`;
  throw new TinyTroupeError("OPTION_INVALID", message, {
    data: { option: "item", value: item },
    hint:
      meant === undefined || meant === item
        ? `There are: ${Object.keys(items).join(", ")}.`
        : `Did you mean '${meant}'?`,
  });
}
