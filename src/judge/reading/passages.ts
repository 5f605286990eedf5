import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Message, Model } from "../../kernel/contracts/model.ts";
import { transcriptLine } from "../../kernel/values/transcript.ts";
import { mostTokens } from "../../model/flow/money/estimate.ts";

/** A stretch of a transcript: the number of its first entry, and which part of how many it is. */
export interface Passage {
  readonly entries: readonly TranscriptEntry[];
  /** From 1, counted over the whole transcript. */
  readonly first: number;
  readonly part: number;
  readonly of: number;
}

/** An entry's number and the line that tells the time. */
const tokensAround = 24;
/** Of the most tokens that a text can come to, it rarely takes more than this share. */
const usualShare = 0.7;
/** Kept free for the answer and the schema: a quarter of the context, and no more than this. */
const mostKeptFree = 8_000;

/** Tokens that are left for a record in a model's context, beside the messages around it. */
export function roomFor(model: Model, frame: readonly Message[]): number {
  const { contextTokens } = model.limits;
  const framed = frame.reduce((sum, message) => sum + tokensOf(String(message.content)), 0);
  return contextTokens - Math.min(mostKeptFree, contextTokens / 4) - framed;
}

/** Neighbouring entries together as long as they fit; an entry too long for any part stands alone. */
export function partsOf(entries: readonly TranscriptEntry[], room: number): readonly (readonly TranscriptEntry[])[] {
  const parts: TranscriptEntry[][] = [[]];
  let used = 0;
  for (const entry of entries) {
    const tokens = tokensOf(transcriptLine(entry)) + tokensAround;
    const current = parts.at(-1) as TranscriptEntry[];
    if (current.length > 0 && used + tokens > room) {
      parts.push([entry]);
      used = tokens;
    } else {
      current.push(entry);
      used += tokens;
    }
  }
  return parts;
}

const tokensOf = (text: string): number => Math.ceil(mostTokens(text) * usualShare);
