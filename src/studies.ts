// The part of the front door that is about studies and their figures; `src/index.ts` passes it on.

export { chiSquareFit, chiSquareTable } from "./statistics/counts/chi-square.ts";
export { type McNemar, mcNemar } from "./statistics/counts/mcnemar.ts";
export { armOf, crossover, type DealOptions, dealtArms } from "./statistics/designs/dealt.ts";
export { williamsDesign } from "./statistics/designs/latin-square.ts";
export { type JensenShannon, jensenShannon, totalVariation } from "./statistics/distances/nominal.ts";
export { type EarthMovers, earthMovers, ksSimilarity } from "./statistics/distances/ordinal.ts";
export { brierScore, logScore, rankedProbabilityScore, type Score } from "./statistics/distances/scores.ts";
export { overOptions } from "./statistics/distances/shares.ts";
export type { Interval } from "./statistics/intervals/interval.ts";
export { type PairedT, pairedT } from "./statistics/means/paired-t.ts";
export { studentT, type TwoSampleT, welchT } from "./statistics/means/two-sample-t.ts";
export { isMeasured, type Unmeasured } from "./statistics/measured.ts";
export { type SignTest, signTest } from "./statistics/ranks/sign.ts";
export { type Wilcoxon, wilcoxon } from "./statistics/ranks/wilcoxon.ts";
