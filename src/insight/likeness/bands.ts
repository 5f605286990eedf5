/** What is measured on a transcript. */
export type Indicator =
  | "turn-length"
  | "turn-spread"
  | "dissent"
  | "self-repetition"
  | "questions"
  | "hedging"
  | "diversity"
  | "distinguishability";

/** Between which values talk among people lies, and who says so. */
export interface Band {
  readonly low: number;
  /** Absent where more is never too much. */
  readonly high?: number;
  readonly source: string;
  /** Nobody measured this on people for us: the limits are what we hold to be plausible. */
  readonly ownReading: boolean;
}

const own = (low: number, high: number | undefined, source: string): Band => ({
  low,
  ...(high !== undefined && { high }),
  source: `Our own reading. ${source}`,
  ownReading: true,
});

/**
 * The reference bands, for English. Where a figure of people stands behind one, the source says so; how wide a band is
 * is our own reading everywhere.
 */
export const bands: Readonly<Record<Indicator, Band>> = {
  "turn-length": {
    low: 24,
    high: 98,
    source:
      "Turns in 5 human focus groups: 48.9 words, against about 240 in 30 simulated ones (a published comparison, hl-fg/README.md); from half to double of that. In everyday talk turns are shorter.",
    ownReading: false,
  },
  "turn-spread": own(
    0.5,
    1.5,
    "The length of turns is not fixed beforehand but varies (Sacks, Schegloff and Jefferson 1974).",
  ),
  dissent: own(0.05, 0.4, "To disagree is dispreferred, so rarer than to agree, but never absent (Pomerantz 1984)."),
  "self-repetition": own(0, 0.1, "People come back to a point in other words."),
  questions: own(0.05, 0.4, "Of a group talk with a moderator, who asks most of the questions."),
  hedging: own(0.8, 6, "Talk hedges (Lakoff 1973; Hyland 2005 for the kinds); no corpus was counted with our lists."),
  diversity: own(30, 100, "MTLD of talk; McCarthy and Jarvis (2010) give the measure, not this band."),
  distinguishability: own(
    0.15,
    undefined,
    "People have voices of their own; simulated focus groups were attributed at chance, which is 0 (hl-fg/README.md).",
  ),
};
