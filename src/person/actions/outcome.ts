import type { ActionKind } from "../../kernel/contracts/faculty.ts";
import type { Action, Outcome } from "../../kernel/contracts/person.ts";
import { isFault, isTinyTroupeError } from "../../kernel/values/errors.ts";
import type { Mind } from "../turn/mind.ts";

/** What a person who does something that is another's is told; undefined where it is theirs to do. */
export function ownership(kind: ActionKind, { who }: Mind): Outcome | undefined {
  if (kind.owner === undefined || kind.owner === who.name) return undefined;
  return { text: `Only ${kind.owner} can do that.`, failed: { code: "NOT_OWNER" } };
}

/** What was thrown by an action, as its outcome: faults of programs are none of a person's business. */
export function outcomeOfError(thrown: unknown): Outcome {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (isFault(thrown)) {
    return { text: "It did not work.", failed: { code: "UNEXPECTED", issues: [{ path: "", message }] } };
  }
  return { text: message, failed: { code: isTinyTroupeError(thrown) ? thrown.code : "FAILED" } };
}

/** An outcome as the person reads it: `BUY: one bread`, `BUY failed: too dear`. */
export function outcomeText({ type }: Action, { text, failed }: Outcome): string {
  if (failed === undefined) return `${type}: ${text}`;
  return `${type} failed${isNamed(failed.code) ? ` (${failed.code})` : ""}: ${text}`;
}

/** A failure as the caller reads it, with the fault that a person is not told. */
export function outcomeWarning(action: Action, outcome: Outcome): string {
  const fault = outcome.failed?.code === "UNEXPECTED" ? outcome.failed.issues?.[0]?.message : undefined;
  if (fault === undefined) return outcomeText(action, outcome);
  return `${action.type} failed by a fault in its program: ${fault}`;
}

const isNamed = (code: string): boolean => code !== "FAILED" && code !== "UNEXPECTED";
