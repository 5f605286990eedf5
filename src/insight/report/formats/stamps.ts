import type { ClaimKind, Report } from "../report.ts";

const stamps: Readonly<Record<ClaimKind, string>> = {
  pilot: "Pilot: it shows how the study works, and says nothing about people.",
  "theory probe": "Theory probe: it says what is worth asking people, and nothing about how many of them.",
  estimate: "Estimate: about people, only as far as what it was held against bears it.",
};

/** What a report may be taken for, in the sentences that stand on it. */
export function stampLines(report: Report): readonly string[] {
  const { kind, heldAgainst, heuristic, read, leftOut } = report;
  return [
    noticeOf(report) ?? "Simulated: no real people took part.",
    stamps[kind],
    ...(heldAgainst === undefined ? [] : [`Held against: ${heldAgainst}`]),
    ...(heuristic ? ["Written by rules, not by a language model: a rehearsal, and no insight."] : []),
    `${read} rows were read.${leftOutLine(leftOut.length)} ${heuristic ? "That a row means what a sentence says of it, nobody looked at." : "That a row means what a sentence says of it, a model said."}`,
  ];
}

/** What stands on it in place of the word that all was simulated; undefined where it was. */
export function noticeOf({ handedIn }: Pick<Report, "handedIn">): string | undefined {
  return handedIn && "Written by a program about rows that were handed in: whether people gave them, it does not know.";
}

function leftOutLine(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? " One sentence was left out, as what it rests on was not found."
    : ` ${count} sentences were left out, as what they rest on was not found.`;
}
