/** How far off a judge was on cases of which the answers were known. */
export interface JudgeCalibration {
  /** The model that judged. */
  readonly judge: string;
  /** Which cases, by a digest of them, and how many were asked. */
  readonly anchors: string;
  readonly asked: number;
  readonly samples: number;
  /** Cases that it left undecided, and such without a usable answer. */
  readonly undecided: number;
  readonly failed: number;
  readonly heuristic?: true;
  /** Of cases with a score, by name: `bias`, `meanError`, `kappa`, `alpha`, `rank`. */
  readonly scores?: CalibrationFigures;
  /** Of cases that are true or false: `bias`, `meanError`, `accuracy`, `kappa`, `alpha`. */
  readonly truths?: CalibrationFigures;
}

/** Figures with their intervals, or why there is none. */
export interface CalibrationFigures {
  readonly n: number;
  readonly figures: Readonly<Record<string, CalibrationFigure>>;
}

/** One figure of a calibration. */
export type CalibrationFigure =
  | { readonly value: number; readonly low?: number; readonly high?: number }
  | { readonly reason: string };
