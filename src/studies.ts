// The part of the front door that is about studies and their figures; `src/index.ts` passes it on.

export { armOf, crossover, type DealOptions, dealtArms } from "./statistics/designs/dealt.ts";
export { williamsDesign } from "./statistics/designs/latin-square.ts";
export { type JensenShannon, jensenShannon, totalVariation } from "./statistics/distances/nominal.ts";
export { type EarthMovers, earthMovers, ksSimilarity } from "./statistics/distances/ordinal.ts";
export { brierScore, logScore, rankedProbabilityScore, type Score } from "./statistics/distances/scores.ts";
export { overOptions } from "./statistics/distances/shares.ts";
export { isMeasured, type Unmeasured } from "./statistics/measured.ts";
