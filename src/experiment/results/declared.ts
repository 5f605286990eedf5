import type { ExperimentRecord } from "./save.ts";

/** When a design was declared, and whether anybody could have seen its answers by then. */
export interface ExperimentDeclaration {
  /** ISO 8601. */
  readonly at: string;
  /** Since when answers of these very runs had been there; absent where it was declared before them. */
  readonly answeredBefore?: string;
  /** Other designs that were declared under this name before. */
  readonly others: number;
  /** The same in a sentence or two. */
  readonly words: string;
}

/**
 * When the design that the rows are by was declared: before its answers were there, or after, as runs answered an earlier
 * design, too; undefined where the record does not say.
 */
export function declarationOf({
  digest,
  declared,
  runs,
  answered,
}: ExperimentRecord): ExperimentDeclaration | undefined {
  const others = declared.findIndex((one) => one.digest === digest);
  const at = declared[others]?.at;
  if (at === undefined) return undefined;
  const [first] = runs.flatMap(({ run }) => answered?.[run ?? ""] ?? []).toSorted();
  if (first !== undefined && first < at) {
    const words = `Declared on ${minuteOf(at)}, after its answers were there (first run ${minuteOf(first)}): its claims are exploratory.`;
    return { at, answeredBefore: first, others, words };
  }
  const before = `Declared on ${at.slice(0, 10)}, before its first run.`;
  const seen = `It was declared and begun otherwise before (${others}): what was seen then may have led to this.`;
  return { at, others, words: others > 0 ? `${before} ${seen}` : before };
}

const minuteOf = (at: string): string => `${at.slice(0, 16).replace("T", " ")} UTC`;
