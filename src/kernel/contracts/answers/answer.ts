import type { AnswerValue } from "./scale.ts";

/**
 * Why there is no value: the item was `not-asked` (by the flow of the questionnaire), `skipped` by somebody who may, who
 * `refused`; it does not concern them (`not-applicable`); or no usable answer came (`failed`).
 */
export type Missing = "not-asked" | "skipped" | "refused" | "not-applicable" | "failed";

/** One answer of somebody, by the scale of what was asked. */
export type Answer = GivenAnswer | MissingAnswer;

/** An answer with a value. */
export interface GivenAnswer extends HowAnswered {
  readonly value: AnswerValue;
  /** Values, as text, with their probabilities, which add up to 1; the value is one draw of them. */
  readonly distribution?: Readonly<Record<string, number>>;
  /** Of choices: how likely each option was to be among them; the value is one draw of them, held to what goes together. */
  readonly inclusion?: Readonly<Record<string, number>>;
  /** What was written beside an option that asks for it, as "Other, namely". */
  readonly other?: string;
}

/** A place without an answer, which says why. */
export interface MissingAnswer extends HowAnswered {
  readonly value: null;
  readonly missing: Missing;
}

interface HowAnswered {
  /** The item, or the part of it: `service`, `service.speed`. */
  readonly item: string;
  /** What was said that led to it. */
  readonly words?: string;
  /** By which elicitation it came; `person` for people, `computed` for what follows from other answers. */
  readonly method: string;
}
