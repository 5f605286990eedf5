import { z } from "zod";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { StoryBeat } from "../../kernel/contracts/told/story.ts";
import { NameIndex } from "../../kernel/language/names.ts";
import { wordCount } from "../../kernel/language/terms.ts";

/** What a narrator answers. */
export const Telling = z.object({
  beats: z
    .array(
      z.object({
        heading: z.string().describe("A few words."),
        text: z.string().describe("The prose of this beat."),
        people: z.array(z.string()).describe("Full names of those who are in it."),
        from: z.array(z.int().min(1)).describe("Numbers of the entries that it rests on; none for what is made up."),
      }),
    )
    .min(1),
});
export type Telling = z.infer<typeof Telling>;

/** A beat before it has its place in the journal. */
export type ToldBeat = Omit<StoryBeat, "id">;

/** What an answer is held to. */
export interface Terms {
  /** All that was read so far; entries are numbered from 1. */
  readonly entries: readonly TranscriptEntry[];
  /** Everybody who belongs to the story. */
  readonly people: readonly string[];
  readonly words: number;
}

/** An answer, looked at. */
export interface Examined {
  readonly beats: readonly ToldBeat[];
  /** What cannot stand, to be told to the narrator. */
  readonly wrong: readonly string[];
  /** How many words it has more than it may. */
  readonly excess: number;
}

/** Holds an answer to its terms: names are made full names, numbers become the ids of entries. */
export function examine({ beats }: Telling, { entries, people, words }: Terms): Examined {
  const index = new NameIndex([...new Set(people)].map((name) => ({ name })));
  const wrong: string[] = [];
  const told = beats.map((beat): ToldBeat => {
    const named = beat.people.map((name) => {
      const meant = index.find(name);
      if (meant.length !== 1) wrong.push(`${JSON.stringify(name)} is ${meant.length === 0 ? "nobody" : "not clear"}.`);
      return meant[0]?.name ?? name;
    });
    const from = beat.from.map((number) => {
      const entry = entries[number - 1];
      if (entry === undefined) wrong.push(`There is no entry ${number}.`);
      return entry?.id ?? "";
    });
    return { heading: beat.heading.trim(), text: beat.text.trim(), people: unique(named), from: unique(from) };
  });
  if (told.every((beat) => beat.text === "")) wrong.push("There is no text.");
  const total = told.reduce((sum, beat) => sum + wordCount(beat.text), 0);
  return { beats: told.filter((beat) => beat.text !== ""), wrong: unique(wrong), excess: Math.max(0, total - words) };
}

/** The beats as an answer that would have told them, for the narrator to go on from. */
export function asTold(beats: readonly ToldBeat[], entries: readonly TranscriptEntry[]): Telling {
  const numbers = new Map(entries.map(({ id }, place) => [id, place + 1]));
  const numbered = ({ heading, text, people, from }: ToldBeat): Telling["beats"][number] => ({
    ...{ heading, text, people: [...people] },
    from: from.flatMap((id) => numbers.get(id) ?? []),
  });
  return { beats: beats.map(numbered) };
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
