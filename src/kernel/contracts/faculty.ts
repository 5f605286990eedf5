import type { z } from "zod";
import type { PersonId } from "../values/ids.ts";
import type { Context } from "./context.ts";
import type { Stimulus } from "./person.ts";

/** Something a person is able to do: adds kinds of actions, and may bring memories to mind. */
export interface Faculty {
  readonly name: string;
  readonly actions: readonly ActionKind[];
  recall?(moment: Moment): Promise<readonly Note[]>;
}

/**
 * One kind of action. `expressive` ones are what others perceive; a `query` asks something and its result comes back
 * within the same turn; an `effect` changes the world outside.
 */
export interface ActionKind<A = unknown> {
  /** Upper case, as the model writes it: TALK. */
  readonly type: string;
  readonly description: string;
  /** The fields beside `type`. */
  readonly args: z.ZodObject;
  readonly kind: "expressive" | "query" | "effect";
  run?(args: A, who: ActorView, context: Context): Promise<Outcome>;
}

/** The person who acts, as an action kind sees them. */
export interface ActorView {
  readonly id: PersonId;
  readonly name: string;
}

/** What came of an action, as the person is told it. */
export interface Outcome {
  readonly text: string;
}

/** The situation in which something may come to mind. */
export interface Moment {
  readonly who: ActorView;
  readonly stimuli: readonly Stimulus[];
}

/** Something that came to a person's mind. */
export interface Note {
  readonly text: string;
}
