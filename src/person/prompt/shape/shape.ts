import type { z } from "zod";
import type { Message } from "../../../kernel/contracts/model.ts";
import type { Action, Outcome } from "../../../kernel/contracts/person.ts";
import type { Answer } from "../../actions/turn-schema.ts";
import type { LeftOut } from "../../memory/history/digest.ts";
import type { SpeechLayout } from "../../turn/speech/speech-stream.ts";
import type { Portrait } from "../persona-message.ts";
import type { Present } from "../present.ts";
import type { Perception } from "../stimuli.ts";

/**
 * How a person is put to a model: every part of the prompt, the answer's form, and how to read it. All of it is pure;
 * persons with the same kinds of actions share one shape, so that its schema and first message are the same objects.
 */
export interface PromptShape {
  readonly schema: z.ZodType<unknown>;
  /** Which of a persona's two readings it takes. */
  readonly prose: "full" | "small";
  /** The first message: rules and kinds of actions. */
  readonly rules: Message;
  persona(portrait: Portrait): Message;
  stimuli(perception: Perception): Message;
  /** What the person did, as it stands in the history. */
  turn(actions: readonly Action[]): Message;
  /** What came of a `query` action, or why an action could not be read. */
  result(action: Action, outcome: Outcome): Message;
  /** What stands for turns that were left out of the history. */
  note(left: LeftOut): Message | undefined;
  /** The end of a prompt: what is new in this turn, which the history keeps, and what holds only now. */
  end(fresh: readonly Message[], present: Present): readonly Message[];
  /** The end of a prompt in which the person is asked something aside, after what is new to them. */
  question(fresh: readonly Message[], present: Present, question: string): readonly Message[];
  /** The answer as state and actions; the value has passed the schema. */
  read(value: unknown): Answer;
  /** Where words stand in the answer while it streams. */
  readonly speech: SpeechLayout;
}
