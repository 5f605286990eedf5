import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { words } from "../../kernel/language/shingles.ts";
import { type LanguageCode, surelyIn } from "../../kernel/language/tongues.ts";

/** All that one says before another speaks. */
export interface SpeechTurn {
  readonly speaker: string;
  readonly text: string;
  readonly words: readonly string[];
  /** The world's step in which it begins. */
  readonly step?: number;
  /** The entries that it is made of. */
  readonly entries: readonly string[];
  /** False for whoever only asks: an experimenter, a moderator, an advertisement. */
  readonly measured: boolean;
}

/** Whose turns are measured. */
export interface SpeakerOptions {
  /** By name; those who act in the transcript unless told. */
  readonly speakers?: readonly string[];
}

/**
 * The turns at talk of a transcript: what one person says in a row is one turn, as in transcripts of people. Thoughts,
 * deeds and narration are none, and part none.
 */
export function speechTurns(entries: readonly TranscriptEntry[], options: SpeakerOptions = {}): readonly SpeechTurn[] {
  const acting = entries.flatMap((entry) => (entry.kind === "action" && entry.from !== undefined ? [entry.from] : []));
  const measured = new Set(options.speakers ?? acting);
  const groups: TranscriptEntry[][] = [];
  for (const entry of entries) {
    if ((entry.type !== "TALK" && entry.type !== "CONVERSATION") || entry.text.trim() === "") continue;
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.from === entry.from) last.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => turnOf(group, measured));
}

function turnOf(group: readonly TranscriptEntry[], measured: ReadonlySet<string>): SpeechTurn {
  const [first] = group;
  const speaker = first?.from ?? "";
  const text = group.map((entry) => entry.text.trim()).join("\n");
  const step = first?.step === undefined ? {} : { step: first.step };
  const ids = group.map((entry) => entry.id);
  return { speaker, text, words: words(text), ...step, entries: ids, measured: measured.has(speaker) };
}

/** The turns of each measured speaker, in the order of their first ones. */
export function bySpeaker(turns: readonly SpeechTurn[]): ReadonlyMap<string, readonly SpeechTurn[]> {
  const found = new Map<string, SpeechTurn[]>();
  for (const turn of turns) {
    if (!turn.measured) continue;
    const own = found.get(turn.speaker) ?? [];
    own.push(turn);
    found.set(turn.speaker, own);
  }
  return found;
}

/** The language of each measured speaker, by all that they say; who speaks none that is known has none. */
export function languagesOfSpeakers(turns: readonly SpeechTurn[]): ReadonlyMap<string, LanguageCode> {
  return new Map(
    [...bySpeaker(turns)].flatMap(([speaker, own]) => {
      const language = surelyIn(own.map((turn) => turn.text).join("\n"));
      return language === undefined ? [] : [[speaker, language] as const];
    }),
  );
}

/** A measured turn and the turn before it, where that is somebody else's who is measured, too. */
export interface ReplyTurn {
  readonly turn: SpeechTurn;
  readonly before: SpeechTurn;
}

/** The turns that follow another's. */
export function repliesIn(turns: readonly SpeechTurn[]): readonly ReplyTurn[] {
  return turns.flatMap((turn, index) => {
    const before = turns[index - 1];
    const follows = turn.measured && before?.measured === true && before.speaker !== turn.speaker;
    return follows ? [{ turn, before }] : [];
  });
}
