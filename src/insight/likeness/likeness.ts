import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { LanguageCode } from "../../kernel/language/tongues.ts";
import { type Band, bands, type Indicator } from "./bands.ts";
import { indicators, type Talk } from "./indicators.ts";
import { bySpeaker, languagesOfSpeakers, type SpeakerOptions, type SpeechTurn, speechTurns } from "./turns.ts";

export type { Band, Indicator } from "./bands.ts";
export type { SpeakerOptions } from "./turns.ts";

/** Where a value stands to its band; `no reference`: measured, in a language that the bands are not for. */
export type Standing = "within" | "below" | "above" | "no reference" | "not measured";

/** One thing that was measured on what the speakers of one language said. */
export interface LikenessRow {
  readonly indicator: Indicator;
  /** ISO 639-1; absent for speakers whose language is not known. */
  readonly language?: LanguageCode;
  /** What it is, in a sentence. */
  readonly what: string;
  /** Undefined when it was not measured; `reason` says why. */
  readonly value: number | undefined;
  readonly unit: string;
  readonly verdict: Standing;
  readonly band?: Band;
  readonly reason?: string;
  /** How many turns it rests on. */
  readonly turns: number;
}

/** How a talk compares with talk among people. */
export interface Likeness {
  readonly speakers: readonly string[];
  readonly turns: number;
  readonly words: number;
  /** ISO 639-1; the languages of those speakers whose language is known. */
  readonly languages: readonly LanguageCode[];
  readonly rows: readonly LikenessRow[];
}

const labels: Readonly<Record<Indicator, readonly [what: string, unit: string]>> = {
  "turn-length": ["How many words a turn has, the median.", "words"],
  "turn-spread": [
    "How unequal turns are: the standard deviation of their words as a share of the mean.",
    "of the mean",
  ],
  dissent: ["Of the turns that follow somebody else's, how many open with disagreement.", "of replies"],
  "self-repetition": ["How much of a turn the same speaker said before.", "of a turn"],
  questions: ["How many turns have a question.", "of turns"],
  hedging: ["Words that make a claim less sure.", "in 100 words"],
  diversity: ["How many words in a row hold their variety: MTLD, the mean of speakers.", "words (MTLD)"],
  distinguishability: ["How far above chance turns are given back to who said them, by wording alone.", "above chance"],
};

/**
 * Holds a transcript against talk among people, offline and without any model: length of turns and its spread, dissent,
 * self-repetition, questions, hedging, lexical diversity, and whether speakers can be told apart. Each value comes with
 * its band and the band's source, or with the reason why it was not measured. It says how the words were said, and
 * nothing of whether people would say the same. Where people speak several languages, there are rows for each. Any
 * transcript will do, of a run or of real people.
 * @example
 * const { rows } = measureLikeness([]);
 * rows[0]?.verdict; // => "not measured"
 */
export function measureLikeness(entries: readonly TranscriptEntry[], options: SpeakerOptions = {}): Likeness {
  const turns = speechTurns(entries, options);
  const languages = languagesOfSpeakers(turns);
  const own = turns.filter((turn) => turn.measured);
  const speakers = [...bySpeaker(turns).keys()];
  const spoken = [...Map.groupBy(speakers, (speaker) => languages.get(speaker))];
  const groups = spoken
    .toSorted(([one = "~"], [other = "~"]) => (one < other ? -1 : 1))
    .map(([language, who]) => rowsOf({ turns: among(turns, who), languages }, language));
  const telling = groups.filter((rows) => rows.some(({ value }) => value !== undefined));
  return {
    speakers,
    turns: own.length,
    words: own.reduce((sum, turn) => sum + turn.words.length, 0),
    languages: [...new Set(languages.values())],
    rows: telling.length > 0 ? telling.flat() : rowsOf({ turns, languages }, undefined),
  };
}

/** The same turns, of which those of others are not measured. */
function among(turns: readonly SpeechTurn[], speakers: readonly string[]): readonly SpeechTurn[] {
  return turns.map((turn) => ({ ...turn, measured: turn.measured && speakers.includes(turn.speaker) }));
}

function rowsOf(talk: Talk, language: LanguageCode | undefined): readonly LikenessRow[] {
  return (Object.keys(bands) as Indicator[]).map((indicator) => {
    const [what, unit] = labels[indicator];
    const row = { indicator, ...(language !== undefined && { language }), what, unit };
    const measured = indicators[indicator](talk);
    if (!("value" in measured)) return { ...row, value: undefined, verdict: "not measured", ...measured };
    if (language !== "en") return { ...row, verdict: "no reference", ...measured };
    const band = bands[indicator];
    return { ...row, verdict: verdictOn(measured.value, band), ...measured, band };
  });
}

function verdictOn(value: number, { low, high }: Band): Standing {
  if (value < low) return "below";
  return high !== undefined && value > high ? "above" : "within";
}
