import type { ExperimentAnalysis } from "../analyse.ts";
import { thresholds } from "../stability/stability.ts";
import { percent } from "./words.ts";

/** What stands first: what this is made of, and what it can say. */
export function noticesOf({ plan, of }: ExperimentAnalysis): readonly string[] {
  const counts = [
    `${of.rows} rows`,
    `${of.people} people`,
    `${of.runs.length} runs`,
    `arms ${plan.arms.map(({ name }) => name).join(", ")}`,
  ];
  return [
    plan.handedIn
      ? "Simulated, as far as the rows say: they were handed in, and where they come from nobody checked."
      : "Simulated: no real people took part.",
    `${plan.name}: ${counts.join(", ")}.${of.leftOut === 0 ? "" : ` ${of.leftOut} rows are of arms or metrics that were not declared, and left out.`}`,
    plan.digest === undefined
      ? "Nothing was declared beforehand: all of this is exploratory."
      : `What was declared has the SHA-256 ${plan.digest}. Where it is not what it was before anybody looked, it was changed since.`,
    ...(of.notes ?? []),
    ...(of.models.includes("builtin")
      ? ["builtin is no language model: this rehearses the experiment, and its figures are no insight."]
      : []),
  ];
}

/** How the figures came about, so that somebody else can come to the same. */
export function methodsOf({ plan, of, crossover }: ExperimentAnalysis): readonly string[] {
  const source =
    of.source === undefined ? "" : ` Rows: ${of.source}${of.digest === undefined ? "" : `, SHA-256 ${of.digest}`}.`;
  const { sameSign, overlap, iSquared } = thresholds;
  const correction = plan.correction === "holm" ? "Holm" : "Benjamini and Hochberg";
  return [
    `Models: ${of.models.join(", ")}. Populations: ${of.populations.join(", ")}. Seeds: ${of.seeds.join(", ")}, replicates: ${of.replicates}.${source}`,
    "Effects: of each person the first side less the other, in the same cell (population, seed, replicate, model) and wording; numbers as they are, ordered options as 1, 2, 3 …, shares from 0 to 1. Sides of several arms are their mean.",
    `Intervals hold at ${percent(plan.level)}. What belongs together (a person who comes again, a session in which people met) counts as one: CR2 errors of a mean with Satterthwaite's degrees; where both is so, both variances less what they share. Shares of people who were compared once have an interval (Zou and Donner's) that lies beyond zero just where the exact test of McNemar says so.`,
    `Claims are corrected for being several by ${correction}: a claim passes at p ≤ ${(1 - plan.level).toFixed(2)}, where p is of no difference beyond the least that was declared, two-sided, and near 1 where it goes the other way; of equivalence it is the greater of two one-sided tests. What could not be measured counts among the several.`,
    `Stable: the effect as a whole differs from none, and either each level shows it by itself, or ${percent(sameSign)} of the levels have its sign, the intervals of ${percent(overlap)} meet that of the whole, and I² is at most ${percent(iSquared)}. Q is Cochran's, with what levels share of the same people. Within a level people are the clusters. With one level nothing was tried. Equivalence repeats where the interval of each level lies within the margin.`,
    ...(crossover.length === 0 ? [] : [crossedOver]),
    "Variance: by the method of moments (Henderson's method 1), arm, person, panel, model, wording, order and run crossed; run and what is left are sampling. An estimate below zero counts as none. Parts with few levels are rough.",
    "Each figure has its id in figures.csv; the pairs that an effect rests on stand in pairs.csv, by the ids of their rows in rows.csv. Figures of arms (a) and of variance (v) rest on all rows of their metric, and arm.",
  ];
}

const crossedOver =
  "Crossover: a person who goes through several orders, each time in a life of their own (a fork), is compared with themselves; of people who met the arms in one order those of the one are held against those of the other (Welch's t). A period is later values less those of the first period, over all arms; carry-over is the effect where arms are met first less that where they are met later, (J. E. Grizzle, 1965), from which it is not told apart that an arm does something else in another period by itself.";
