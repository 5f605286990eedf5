import type { Verdict } from "../../../kernel/contracts/judging/verdict.ts";
import type { DraftReview, QualityFinding } from "../../../kernel/contracts/person.ts";
import { failing } from "../utility.ts";

const faults: Readonly<Record<QualityFinding["check"], string>> = {
  duplicate: "you spoke twice to the same listener: all of it goes into one",
  repetition: "you said or thought this before",
  "leaked-instructions": "these words are of what you were told, not of your life",
  "broken-character": "you are a person, and nobody else speaks",
  "parroted-persona": "this recites how you are described, where you should live it",
};

/** What was wrong with a draft, one reason a line, for whoever mends it. */
export function faultsOf({ findings, verdicts }: DraftReview, threshold: number): readonly string[] {
  return [
    ...findings.map(({ check, words }) => `“${words}”: ${faults[check]}.`),
    ...failing(verdicts, threshold).map((verdict) => `${verdict.proposition.replaceAll("-", " ")}: ${whyOf(verdict)}`),
  ];
}

function whyOf(verdict: Verdict): string {
  if (verdict.kind !== "score" && verdict.kind !== "truth") return "";
  const quotes = verdict.evidence.filter(({ entry }) => entry.startsWith("draft.")).map(({ text }) => `“${text}”`);
  return `${verdict.why}${quotes.length === 0 ? "" : ` (${quotes.join(", ")})`}`;
}

/** What a person reads whose answer was taken back. */
export function feedbackText(faults: readonly string[]): string {
  return [
    "Nobody heard your last answer: it was taken back, and nothing of it happened. What was wrong with it:",
    ...faults.map((fault) => `- ${fault}`),
    "Answer what is new to you once more, as you really would: change what was wrong and keep what was good. Say nothing of this note.",
  ].join("\n");
}
