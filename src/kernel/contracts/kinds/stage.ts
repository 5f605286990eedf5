/** A meeting passes on to its next part: a topic of a guide, the rebuttals, the questions. */
export interface Stage {
  readonly type: "stage-entered";
  readonly stage: string;
}
