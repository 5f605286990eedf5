import type { Samples, Verdict } from "../../kernel/contracts/judging/verdict.ts";
import { median } from "../../statistics/moments.ts";
import type { Proposition } from "../proposition.ts";
import type { Read } from "./verdicts.ts";

type Decided = Extract<Verdict, { kind: "score" | "truth" }>;

/**
 * One verdict from several independent answers: the median of scores, what most say of truths. Most of the samples have
 * to be of use, and most of these to have an answer; a tie of truths is undecided.
 * @param reads one a sample
 * @returns the answers themselves where too few are of use
 */
export function pooled({ name }: Proposition, reads: readonly Read[]): Verdict | readonly Read[] {
  const [only] = reads;
  if (reads.length === 1 && only !== undefined) return only.kind === "unusable" ? reads : only;
  const usable = reads.filter((read) => read.kind !== "unusable");
  if (usable.length * 2 <= reads.length) return reads;
  const decided = usable.filter((read) => read.kind === "score" || read.kind === "truth");
  const samples = samplesOf(reads, decided);
  const none = usable.find((read) => read.kind === "undecided");
  if (decided.length * 2 <= usable.length) {
    return { kind: "undecided", proposition: name, why: none?.why ?? "", samples };
  }
  return middle(name, decided, samples);
}

function samplesOf(reads: readonly Read[], decided: readonly Decided[]): Samples {
  const answers = decided.map((read) => (read.kind === "score" ? read.score : read.holds));
  return {
    asked: reads.length,
    answers: reads.map((read) => (read.kind === "score" ? read.score : read.kind === "truth" ? read.holds : null)),
    undecided: reads.filter(({ kind }) => kind === "undecided").length,
    unusable: reads.filter(({ kind }) => kind === "unusable").length,
    spread: spreadOf(answers),
  };
}

function spreadOf(answers: readonly (number | boolean)[]): number {
  const numbers = answers.map(Number);
  if (answers.every((answer) => typeof answer === "boolean")) {
    const holding = numbers.filter((number) => number === 1).length;
    return Math.min(holding, numbers.length - holding) / Math.max(1, numbers.length);
  }
  return Math.max(...numbers) - Math.min(...numbers);
}

/** The answer in the middle, with the words of the sample that comes nearest to it. */
function middle(proposition: string, decided: readonly Decided[], samples: Samples): Verdict {
  const sure = decided.flatMap(({ confidence }) => confidence ?? []);
  const rest = { samples, ...(sure.length > 0 && { confidence: median(sure) }) };
  const number = (read: Decided): number => (read.kind === "score" ? read.score : Number(read.holds));
  const centre = median(decided.map(number));
  const nearest = decided.reduce((best, read) =>
    Math.abs(number(read) - centre) < Math.abs(number(best) - centre) ? read : best,
  );
  if (nearest.kind === "score") return { ...nearest, score: centre, ...rest };
  if (centre === 0.5) return { kind: "undecided", proposition, why: "As many samples say yes as no.", samples };
  return { ...nearest, ...rest };
}
