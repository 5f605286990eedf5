import type { z } from "zod";
import type { PersonId } from "../../values/ids.ts";
import type { ChoiceReply, ModelReply, Rehearsal } from "../model.ts";

/** What somebody is asked aside: they answer in its shape, and it leaves no trace in what they live through. */
export interface Question<T> {
  /** As it is put to them; they have all that they lived through before their eyes. */
  readonly text: string;
  readonly schema: z.ZodType<T>;
  /** Its place in the run, below the person's: `vote` asks in `person:lisa/vote`. Default `question`. */
  readonly name?: string;
  /** The n-th independent answer to the same question, from 0. */
  readonly sample?: number;
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
  /** The step of a world in which it is asked. */
  readonly step?: string;
  /** What the ledger adds it up by, beside its purpose: `survey`, say. */
  readonly label?: string;
  /** Weights of what can be answered, by which a stand-in without language rehearses. */
  readonly distribution?: Rehearsal["distribution"];
  readonly signal?: AbortSignal;
}

/** A question of which it is wanted how likely each answer is. */
export interface ChoiceQuestion
  extends Pick<Question<unknown>, "text" | "name" | "step" | "label" | "distribution" | "signal"> {
  /** Two at least, no two of them equal. */
  readonly options: readonly string[];
}

/** Somebody who can be asked aside. */
export interface Respondent {
  readonly id: PersonId;
  readonly name: string;
  answer<T>(question: Question<T>): Promise<ModelReply<T>>;
  /** How likely each answer is, of models that tell. Throws MODEL_UNSUPPORTED where theirs does not. */
  choose(question: ChoiceQuestion): Promise<ChoiceReply>;
}
