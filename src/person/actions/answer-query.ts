import type { ActionKind } from "../../kernel/contracts/faculty.ts";
import type { Action, Outcome } from "../../kernel/contracts/person.ts";
import { concernsTheRun, isFault } from "../../kernel/values/errors.ts";
import type { Mind } from "../turn/mind.ts";
import { askOutside } from "./ask-outside.ts";
import { outcomeOfError, outcomeWarning, ownership } from "./outcome.ts";

/** What a question brought, and what the caller has to know of it. */
export interface QueryAnswer {
  readonly outcome: Outcome;
  readonly warnings: readonly string[];
}

/** Runs a `query` action. What concerns the whole run, and faults in the query's program, are thrown. */
export async function answerQuery(mind: Mind, action: Action): Promise<QueryAnswer> {
  const kind = mind.kinds.get(action.type);
  const notTheirs = kind && ownership(kind, mind);
  if (notTheirs !== undefined) return { outcome: notTheirs, warnings: [] };
  if (kind?.asksOutside) {
    const outcome = await askOutside(mind, action, async () => (await tried(mind, kind, action)).outcome);
    kind.answered?.(outcome, mind.who, mind.context);
    return { outcome, warnings: outcome.failed === undefined ? [] : [outcomeWarning(action, outcome)] };
  }
  return tried(mind, kind, action);
}

async function tried(mind: Mind, kind: ActionKind | undefined, action: Action): Promise<QueryAnswer> {
  try {
    const outcome = await kind?.run?.(action.args ?? {}, mind.who, mind.context);
    return { outcome: outcome ?? { text: "Nothing came of it." }, warnings: [] };
  } catch (thrown) {
    if (concernsTheRun(thrown) || isFault(thrown)) throw thrown;
    const outcome = outcomeOfError(thrown);
    return { outcome, warnings: [outcomeWarning(action, outcome)] };
  }
}
