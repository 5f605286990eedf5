import { z } from "zod";
import type { ActionKind } from "../../kernel/contracts/faculty.ts";
import type { Action, CognitiveState } from "../../kernel/contracts/person.ts";
import { issuesInWords } from "../../kernel/text/issues.ts";
import type { Issue } from "../../kernel/values/errors.ts";

/** What a model's answer says, whatever its shape was. */
export interface Answer {
  readonly state: CognitiveState;
  readonly actions: readonly WrittenAction[];
}

/** What a model wrote as an action; one with `misfit` is none of the person's, and why. */
export interface WrittenAction extends Action {
  readonly misfit?: readonly Issue[];
}

const Wrong = z.strictObject({ path: z.string(), message: z.string() });

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
  // What is no action of theirs is kept as it was written: the rest of the answer stands. The schema that a model is
  // sent says nothing of it; for that it is called once without anything.
  const written = action.catch((context) => misfitOf(context?.value, kinds) as never);
  return z.object({ state: State.optional(), actions: z.array(written) });
}

const Misfit = z.strictObject({ misfit: z.strictObject({ written: z.unknown(), issues: z.array(Wrong) }) });

/** An answer that is read once more keeps what was found wrong with it at first. */
function misfitOf(written: unknown, kinds: readonly ActionKind[]): z.infer<typeof Misfit> | undefined {
  if (written === undefined) return undefined;
  const known = Misfit.safeParse(written);
  return known.success ? known.data : { misfit: { written, issues: wrongWith(written, kinds) } };
}

function wrongWith(written: unknown, kinds: readonly ActionKind[]): Issue[] {
  const type = typeOf(written);
  const kind = kinds.find((one) => one.type === type);
  if (kind === undefined) {
    const known = kinds.map((one) => one.type).join(", ");
    return [{ path: "type", message: `There is no such action; there are ${known}.` }];
  }
  const issues = kind.args.safeParse(written).error?.issues ?? [];
  return [...issuesInWords(issues, { schema: kind.args, whole: written })];
}

function typeOf(written: unknown): string {
  const type = typeof written === "object" && written !== null ? Reflect.get(written, "type") : undefined;
  return typeof type === "string" ? type : "?";
}

type TurnAnswer = z.infer<ReturnType<typeof turnSchema>>;

/** The answer as state and actions: what a faculty's action has beside content and target stays in `args`. */
export function readTurn(answer: TurnAnswer, own: ReadonlySet<string>): Answer {
  return { state: answer.state === undefined ? {} : readState(answer.state), actions: answer.actions.map(readAction) };

  function readAction(written: TurnAnswer["actions"][number]): WrittenAction {
    const misfit = "misfit" in written ? Misfit.safeParse(written).data?.misfit : undefined;
    if (misfit !== undefined) return readMisfit(misfit);
    const { type, ...args } = written as { type: string; content?: unknown; target?: unknown };
    return {
      type,
      ...(typeof args.content === "string" ? { content: args.content } : {}),
      ...(typeof args.target === "string" && args.target.trim() !== "" ? { target: args.target } : {}),
      ...(own.has(type) ? {} : { args }),
    };
  }
}

function readMisfit({ written, issues }: z.infer<typeof Misfit>["misfit"]): WrittenAction {
  const { type: _type, ...args } = typeof written === "object" ? (written as { type?: unknown }) : { written };
  return { type: typeOf(written), args, misfit: issues };
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
