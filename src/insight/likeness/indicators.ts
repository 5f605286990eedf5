import { type CueReader, cueReader } from "../../kernel/language/cues.ts";
import { containment, shinglesOf } from "../../kernel/language/shingles.ts";
import type { LanguageCode } from "../../kernel/language/tongues.ts";
import { coefficientOfVariation, mean, median } from "../../statistics/moments.ts";
import { attribution } from "./attribution.ts";
import type { Indicator } from "./bands.ts";
import { fewestWords, lexicalDiversity } from "./diversity.ts";
import { bySpeaker, repliesIn, type SpeechTurn } from "./turns.ts";

/** A value and how many turns it rests on, or why there is none. */
export type Measured =
  | { readonly value: number; readonly turns: number }
  | { readonly reason: string; readonly turns: number };

/** A talk as the indicators read it. */
export interface Talk {
  readonly turns: readonly SpeechTurn[];
  readonly languages: ReadonlyMap<string, LanguageCode>;
}

/** Of fewer turns a value says more about chance than about the talk. */
const fewestTurns = 5;

/** How each indicator is measured. */
export const indicators: Readonly<Record<Indicator, (talk: Talk) => Measured>> = {
  "turn-length": (talk) => overTurns(own(talk), (turns) => median(lengths(turns))),
  "turn-spread": (talk) => overTurns(own(talk), (turns) => coefficientOfVariation(lengths(turns))),
  dissent,
  "self-repetition": selfRepetition,
  questions: (talk) => overTurns(own(talk), (turns) => share(turns, (turn) => /[?？؟]/u.test(turn.text))),
  hedging,
  diversity,
  distinguishability,
};

const own = ({ turns }: Talk): readonly SpeechTurn[] => turns.filter((turn) => turn.measured);
const lengths = (turns: readonly SpeechTurn[]): readonly number[] => turns.map((turn) => turn.words.length);

/** The share of items of which it holds. */
export function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

function overTurns(turns: readonly SpeechTurn[], value: (turns: readonly SpeechTurn[]) => number): Measured {
  return turns.length < fewestTurns ? tooFew(turns.length, "turns") : { value: value(turns), turns: turns.length };
}

const tooFew = (turns: number, what: string): Measured => ({
  reason: `Only ${turns} ${what}; ${fewestTurns} are needed.`,
  turns,
});

const unknownLanguage = (turns: number): Measured => ({
  reason: "There are no word lists for the language of these speakers.",
  turns,
});

/** The reader of a speaker's language; each is made once. */
export function readersOf(languages: Talk["languages"]): (speaker: string) => CueReader | undefined {
  const made = new Map<LanguageCode, CueReader>();
  return (speaker) => {
    const language = languages.get(speaker);
    if (language === undefined) return undefined;
    const reader = made.get(language) ?? cueReader(language);
    made.set(language, reader);
    return reader;
  };
}

/** The share of turns after somebody else's that open with disagreement. */
function dissent({ turns, languages }: Talk): Measured {
  const replies = repliesIn(turns);
  if (replies.length < fewestTurns) return tooFew(replies.length, "turns follow somebody else's");
  const readerOf = readersOf(languages);
  const read = replies.filter(({ turn }) => readerOf(turn.speaker) !== undefined);
  if (read.length < fewestTurns) return unknownLanguage(read.length);
  const value = share(read, ({ turn }) => readerOf(turn.speaker)?.opens("disagreement", turn.text) === true);
  return { value, turns: read.length };
}

/**
 * How much of what somebody says they said before: for each turn but a speaker's first, the largest share of its word
 * shingles that one earlier turn of theirs has (containment, A. Broder 1997), in the mean.
 */
function selfRepetition({ turns }: Talk): Measured {
  const shares = [...bySpeaker(turns).values()].flatMap((own) => {
    const sets = own.filter((turn) => turn.words.length >= 3).map((turn) => shinglesOf(turn.words));
    return sets.slice(1).map((set, index) => Math.max(...sets.slice(0, index + 1).map((old) => containment(set, old))));
  });
  if (shares.length < fewestTurns) return tooFew(shares.length, "turns follow an earlier one of the same speaker");
  return { value: mean(shares), turns: shares.length };
}

/** Hedges in a hundred words. */
function hedging(talk: Talk): Measured {
  const readerOf = readersOf(talk.languages);
  const turns = own(talk);
  if (turns.length < fewestTurns) return tooFew(turns.length, "turns");
  const read = turns.filter((turn) => readerOf(turn.speaker) !== undefined);
  if (read.length < fewestTurns) return unknownLanguage(read.length);
  const hedges = read.reduce((sum, turn) => sum + (readerOf(turn.speaker)?.count("hedges", turn.text) ?? 0), 0);
  const words = read.reduce((sum, turn) => sum + turn.words.length, 0);
  return { value: (100 * hedges) / words, turns: read.length };
}

/** The mean over those speakers who say enough. */
function diversity({ turns }: Talk): Measured {
  const found = [...bySpeaker(turns).values()].flatMap((own) => {
    const value = lexicalDiversity(own.flatMap((turn) => turn.words));
    return value === undefined ? [] : [{ value, turns: own.length }];
  });
  if (found.length === 0) return { reason: `Nobody says ${fewestWords} words, some of them twice.`, turns: 0 };
  return { value: mean(found.map((one) => one.value)), turns: found.reduce((sum, one) => sum + one.turns, 0) };
}

function distinguishability(talk: Talk): Measured {
  const turns = own(talk);
  const found = attribution(turns, [...new Set(talk.turns.map((turn) => turn.speaker))]);
  if (found === undefined) return { reason: "Two speakers with three turns each are needed.", turns: turns.length };
  return { value: found.aboveChance, turns: found.turns };
}
