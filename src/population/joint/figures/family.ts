import type { Scope } from "./where.ts";

/** What a figure of the specification is about, as reports name it. */
export type FigureKind = "margin" | "joint" | "conditional" | "quota";

/** Combinations sorted into classes, with what each class is to have. */
export interface Family {
  /** Where it stands in the specification: `dimensions.age`, `conditionals.1`. */
  readonly part: string;
  readonly kind: FigureKind;
  /** The dimensions in words: `age`, `sex × region`, `education | age 18-29`. */
  readonly about: string;
  readonly scope: Scope;
  /** The class of each combination of the scope; -1 for those that the figures are not about. */
  readonly classOf: Int32Array;
  readonly labels: readonly string[];
  /** `shares`: of all people; `within`: of those who are in any class; `bounds`: `low` and `high`, as shares of all. */
  readonly rule: "shares" | "within" | "bounds";
  /** The share that each class is to have; of `bounds` the least. */
  readonly low: Float64Array;
  /** The most that each class may have; the same as `low` but for quotas with a range. */
  readonly high: Float64Array;
  /** What the specification says, where the share had to give way to other figures. */
  readonly target?: Float64Array;
  readonly unverified: boolean;
}

/** Combinations that nobody has. */
export interface Exclusion {
  readonly part: string;
  readonly scope: Scope;
  /** 1 at what may be. */
  readonly allowed: Uint8Array;
  /** `never age 18-29, employment retired`. */
  readonly words: string;
  readonly because?: string;
}

/** A group that is drawn more often. */
export interface Raised {
  readonly scope: Scope;
  readonly mask: Uint8Array;
  readonly times: number;
}

/** `age 18-29, sex female`. */
export function whereText(where: object): string {
  const testText = (test: unknown): string => {
    if (Array.isArray(test)) return test.map(testText).join(" or ");
    if (typeof test !== "object" || test === null) return String(test);
    const { from, to } = test as { from?: number; to?: number };
    if (to === undefined) return `from ${from}`;
    return from === undefined ? `up to ${to}` : `${from}-${to}`;
  };
  return Object.entries(where)
    .map(([id, test]) => `${id} ${testText(test)}`)
    .join(", ");
}
