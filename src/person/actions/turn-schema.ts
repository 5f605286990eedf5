import { z } from "zod";
import type { ActionKind } from "../../kernel/contracts/faculty.ts";
import type { Action, CognitiveState } from "../../kernel/contracts/person.ts";

/** What a model's answer says, whatever its shape was. */
export interface Answer {
  readonly state: CognitiveState;
  readonly actions: readonly Action[];
}

const State = z.object({
  goals: z.string().optional(),
  context: z.array(z.string()).optional(),
  attention: z.string().optional(),
  emotions: z.string().optional(),
});

/**
 * The answer of a person with these kinds of actions: the state first, so that the words follow from it, then a list
 * of actions, each of one kind. It names no people, so that it stays the same, byte by byte, as long as the kinds do.
 */
export function turnSchema(kinds: readonly ActionKind[]) {
  const [first, ...others] = kinds.map((kind) => z.object({ type: z.literal(kind.type), ...kind.args.shape }));
  if (first === undefined) throw new RangeError("A person needs at least one kind of action.");
  const action = z.discriminatedUnion("type", [first, ...others]);
  return z.object({ state: State.optional(), actions: z.array(action) });
}

type TurnAnswer = z.infer<ReturnType<typeof turnSchema>>;

/** The answer as state and actions: what a faculty's action has beside content and target stays in `args`. */
export function readTurn(answer: TurnAnswer, own: ReadonlySet<string>): Answer {
  return { state: answer.state === undefined ? {} : readState(answer.state), actions: answer.actions.map(readAction) };

  function readAction(written: TurnAnswer["actions"][number]): Action {
    const { type, ...args } = written as { type: string; content?: unknown; target?: unknown };
    return {
      type,
      ...(typeof args.content === "string" ? { content: args.content } : {}),
      ...(typeof args.target === "string" && args.target.trim() !== "" ? { target: args.target } : {}),
      ...(own.has(type) ? {} : { args }),
    };
  }
}

/** The action as the model wrote it, to stand in the history. */
export function writeAction(action: Action): Record<string, unknown> {
  if (action.args !== undefined) return { type: action.type, ...(action.args as Record<string, unknown>) };
  return {
    type: action.type,
    ...(action.target === undefined ? {} : { target: action.target }),
    ...(action.content === undefined ? {} : { content: action.content }),
  };
}

function readState(written: z.infer<typeof State>): CognitiveState {
  return {
    ...(written.goals === undefined ? {} : { goals: written.goals }),
    ...(written.context === undefined ? {} : { context: written.context }),
    ...(written.attention === undefined ? {} : { attention: written.attention }),
    ...(written.emotions === undefined ? {} : { emotions: written.emotions }),
  };
}
