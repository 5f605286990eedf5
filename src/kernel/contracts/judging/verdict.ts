import type { ErrorRecord } from "../../values/errors.ts";

/** Words of an entry of a transcript on which a verdict rests. */
export interface Quote {
  /** `<event>` or `<event>.<index of the action>`; `draft.<index>` for an action that is no event yet. */
  readonly entry: string;
  readonly text: string;
}

/**
 * What a judge says of one claim, and the words on which it rests: never a number without them. `undecided`: nothing
 * bears on the claim, or the samples do not agree. `inapplicable`: its precondition does not hold, and nobody was asked.
 * `error`: the judge gave no usable answer to this claim, where it gave one to another.
 */
export type Verdict =
  | ({
      readonly kind: "score" /** From 0 to 9, whole unless it lies between two samples. */;
      readonly score: number;
    } & Reasoned)
  | ({ readonly kind: "truth"; readonly holds: boolean } & Reasoned)
  | { readonly kind: "undecided"; readonly proposition: string; readonly why: string; readonly samples?: Samples }
  | { readonly kind: "inapplicable"; readonly proposition: string }
  | { readonly kind: "error"; readonly proposition: string; readonly error: ErrorRecord };

interface Reasoned {
  /** The name of the proposition. */
  readonly proposition: string;
  readonly why: string;
  readonly evidence: readonly Quote[];
  /** How sure the judge says it is, from 0 to 1; of several samples the median. */
  readonly confidence?: number;
  /** Where the verdict is the middle of several answers. */
  readonly samples?: Samples;
}

/** Several independent answers to the same question. */
export interface Samples {
  readonly asked: number;
  /** One a sample; null where it has none. */
  readonly answers: readonly (number | boolean | null)[];
  readonly undecided: number;
  /** They rested on nothing, or did not come. */
  readonly unusable: number;
  /** Between the least score and the highest; of truths the share that says otherwise. */
  readonly spread: number;
}
