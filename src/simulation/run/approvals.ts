import { type ApprovalQuestion, TinyTroupeError } from "../../kernel/values/errors.ts";
import { turnAborted, unlessAborted } from "../../person/turn/turn-queue.ts";
import type { Signals } from "./ending/signals.ts";

/** Who decides whether effects may happen. */
export interface ApprovalOptions {
  /** Asked about each effect whose policy is `ask`, one at a time. */
  readonly approve?: (question: ApprovalQuestion) => boolean | Promise<boolean>;
  /** Answers given beforehand, by the question's id or, for all of a kind, by the type of the action. */
  readonly approvals?: Readonly<Record<string, boolean>>;
}

/**
 * Decides about effects: by what was said beforehand, else by whoever can be asked, else nobody knows, and the run
 * stops with APPROVAL_NEEDED. What may have happened already is approved of by its own id only.
 */
export function createApproval(options: ApprovalOptions, { stop, stopping }: Pick<Signals, "stop" | "stopping">) {
  const { approve, approvals = {} } = options;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (question: ApprovalQuestion, ask: NonNullable<typeof approve>): Promise<boolean> => {
    const answer = last.then(() => {
      if (stopping.aborted) throw turnAborted(stopping.reason);
      return ask(question);
    });
    last = answer.catch(() => undefined); // whoever asked hears of the failure
    return answer;
  };
  return async (question: ApprovalQuestion): Promise<boolean> => {
    const { id, type, earlier } = question;
    const said = answerOf(approvals, id) ?? (earlier === "begun" ? undefined : answerOf(approvals, type));
    if (said !== undefined) return said;
    if (earlier === "refused") return false;
    if (approve !== undefined) return unlessAborted(inTurn(question, approve), stopping);
    const needed = approvalNeeded(question);
    stop(needed);
    throw needed;
  };
}

function answerOf(approvals: Readonly<Record<string, boolean>>, key: string): boolean | undefined {
  return Object.hasOwn(approvals, key) ? approvals[key] : undefined;
}

function approvalNeeded(question: ApprovalQuestion): TinyTroupeError<"APPROVAL_NEEDED"> {
  const { id, person, type, earlier } = question;
  const may = earlier === "begun" ? " It was begun before, and may have happened." : "";
  return new TinyTroupeError("APPROVAL_NEEDED", `${person} wants to ${type}: may that happen?${may}`, {
    data: { question },
    hint: `Open the run again with approvals: { "${id}": true } or false (run --approve ${id}, --refuse ${id}); nothing is paid for again.`,
  });
}
