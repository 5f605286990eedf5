import type { AnswerComparison } from "../comparison/compare-answers.ts";
import type { AnswersSource } from "../people/answers.ts";

/** How the figures came about, so that somebody else can come to the same. */
export function methodsOf({ human, simulated, settings, linked, linkage }: AnswerComparison): readonly string[] {
  const { seed, resamples, halves, level, floor, fewest } = settings;
  return [
    `People: ${fileOf(human)}. Simulated: ${fileOf(simulated)}.`,
    `Twins: ${linkages[linkage](linked)}`,
    `Intervals hold at ${100 * level} %: people are drawn again ${resamples} times with all of their answers (seed ${seed}), and the draws are centred on the figure, as distances grow by drawing; where halves of the people lie as far apart, full agreement is within the interval.`,
    `"people apart" (the ceiling): the people in halves, ${halves} times, foretold for samples of the sizes that are compared: distances times √((1/n + 1/m) / (4/n)), with n people and m simulated; orders as Spearman and Brown have it.`,
    `"floor apart": the ${floor === "nearest" ? "nearest" : floor} baseline that is farther from the people than nineteen of twenty samples of theirs: evenly spread answers (uniform), everybody as most people (majority), on scales as their median (middle), or, where attributes are declared, as most of the others who are alike in all of them (demographic; five others at least).`,
    `"place" and score: (floor − value) / (floor − ceiling), of the headline distance: earth mover's in points of the scale for steps and numbers, total variation for options, the energy distance √(2 E|X − Y| − E|X − X'| − E|Y − Y'|) for rankings, choices and amounts, over Euclid's distance between two answers (of rankings the root of Kendall's): 0 only where both sides are the same, camps and all. spread: the mean distance between two people.`,
    `mean, sd and shares: simulated less people. dispersion-ratio: simulated by people. order: Kendall's τ-b. Groups have ${fewest} on each side at least.`,
    `Each figure has its id in figures.csv; it rests on the rows of answers.csv that have its item, and of a group its attribute.`,
  ];
}

/** By what people and simulated people are linked, in words. */
const linkages: Readonly<Record<AnswerComparison["linkage"], (linked: number) => string>> = {
  declared: (linked) => `${linked} simulated people are linked to people by their id, as it was declared.`,
  ids: (linked) => `${linked} simulated people are linked to people by their id.`,
  counts: () =>
    "nobody is linked: the ids only count rows, so that the same number need not be the same person. `twins: true` in the description links them.",
  none: () => "nobody is linked.",
};

/** Which table a side was read from. */
export function fileOf({ source, digest, people }: AnswersSource): string {
  return `${source}, n = ${people}${digest === undefined ? "" : `, SHA-256 ${digest}`}`;
}
