import type { Candidate } from "../answer.ts";
import type { Question } from "../plays/play.ts";

/** What goes over at once. */
export interface Parcel {
  /** All that was sent before is to be forgotten. */
  readonly afresh: boolean;
  /** Messages, personas and shapes that are not known there, by number. */
  readonly things: readonly (readonly [number: number, thing: object])[];
  readonly asked: readonly Asked[];
}

/** A question as it crosses over: its messages, persona and shape are told by their numbers. */
export interface Asked {
  readonly ticket: number;
  readonly shape: number;
  readonly messages: readonly number[];
  readonly persona: number | undefined;
  readonly question: Omit<Question, "messages">;
}

/** What came of a question; nothing where the first attempt found none, or failed. */
export interface Told {
  readonly ticket: number;
  readonly said: Said | undefined;
}

/** What the rules say at the first attempt, with the tokens of the messages and of the value as JSON. */
export interface Said extends Candidate {
  readonly input: number;
  readonly output: number;
}
