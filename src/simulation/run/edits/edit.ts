import type { Stimulus } from "../../../kernel/contracts/person.ts";
import type { KeysOf } from "../../../kernel/text/known-keys.ts";
import type { TinyPerson } from "../../../person/tiny-person.ts";
import type { Fragment } from "../../../persona/fragment.ts";
import type { Claim } from "../../../world/intervention/claim.ts";
import type { Intervention } from "../../../world/intervention/intervention.ts";

/** What a program says by itself, and what people said in it, said otherwise. */
export interface RunEdit {
  /** By a person's name, what is laid over their persona as they enter. */
  readonly personas?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Laid over everybody's persona as they enter: fragments, their files, or names of packaged ones. */
  readonly fragments?: readonly (string | Fragment)[];
  /** Given everything that people are told from outside; returns what they are told instead. */
  readonly stimulus?: (stimulus: Stimulus) => Stimulus;
  /** What somebody said, in other words: whoever heard it hears these. */
  readonly said?: readonly SaidEdit[];
  /** Given the rules that the model of each who enters reads first, and their name; returns the rules that it reads instead. */
  readonly prompt?: (rules: string, name: string) => string;
  /** By the name of an intervention, what of it is otherwise; `false` switches it off. */
  readonly interventions?: Readonly<Record<string, false | InterventionEdit>>;
}

/** The names of all that an edit says. */
export const runEditKeys: KeysOf<RunEdit> = {
  ...{ personas: true, fragments: true, stimulus: true, said: true, prompt: true, interventions: true },
};

/** Words that somebody said, and others instead. */
export interface SaidEdit {
  /** Who said it, by whole name. */
  readonly by: string;
  /** In which turn: `room/2`, in the second step of the world `room`, or `alone/2`, in the second turn outside of a world. */
  readonly at: string;
  /** What they say there instead of all that they said. */
  readonly words: string;
  /** The type of the action that had the words, as in POST. Default: TALK. */
  readonly type?: string;
}

/** What of an intervention is otherwise. */
export interface InterventionEdit extends Partial<Omit<Intervention<TinyPerson>, "name" | "claim">> {
  /** Another claim, or what of it is otherwise, as in `{ atLeast: 7 }`. */
  readonly claim?: string | Partial<Claim>;
}
