/** Between which values a figure lies, as far as the sample can say. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** How often such an interval holds the true value, as 0.95. */
  readonly level: number;
}
