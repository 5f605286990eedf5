import type { Action } from "../../kernel/contracts/person.ts";
import type { StimulusEpisode } from "../memory/episodic-log.ts";
import type { Mind } from "./mind.ts";

/** One answer of a model, checked: what of it stands. */
export interface CheckedAnswer {
  readonly actions: readonly Action[];
  /** The `query` action with which it pauses; the last of the actions. */
  readonly query?: Action;
  readonly ended?: "done" | "cap";
  readonly repeated: readonly Action[];
  readonly warnings: readonly string[];
}

/** What holds while an answer is checked. */
export interface CheckOptions {
  /** What was done before in the same turn. */
  readonly done: readonly Action[];
  readonly presented: readonly StimulusEpisode[];
  readonly maxActions: number;
  readonly mayQuery: boolean;
}

/** Cuts an answer at its first DONE, `query` or at the cap, and takes out empty words and what was said before. */
export function checkAnswer(mind: Mind, written: readonly Action[], options: CheckOptions): CheckedAnswer {
  const warnings: string[] = [];
  const told = written.filter((action) => !isBlank(action));
  if (told.length < written.length) warnings.push(`${written.length - told.length} empty actions were left out.`);

  const isQuery = (action: Action): boolean => mind.kinds.get(action.type)?.kind === "query";
  const stop = told.findIndex((action) => action.type === "DONE" || isQuery(action));
  const last = stop === -1 ? undefined : told[stop];
  let actions = told.slice(0, stop === -1 ? told.length : stop);
  const room = options.maxActions - options.done.length;
  const tooMany = actions.length > room || (last !== undefined && isQuery(last) && actions.length === room);
  if (tooMany) {
    actions = actions.slice(0, room);
    warnings.push(`The turn was cut at ${options.maxActions} actions.`);
  }

  const stimuli = options.presented.map((episode) => episode.stimulus);
  const sifted = mind.guard?.sift(actions, { done: options.done, stimuli }) ?? { kept: actions, repeated: [] };
  for (const action of sifted.repeated) {
    warnings.push(
      `${action.type}${action.target ? ` to ${action.target}` : ""} was left out: it repeats what was said before.`,
    );
  }
  const checked = { actions: sifted.kept, repeated: sifted.repeated, warnings };
  if (tooMany) return { ...checked, ended: "cap" };
  if (last === undefined) return checked;
  if (last.type === "DONE") return { ...checked, actions: [...sifted.kept, last], ended: "done" };
  if (options.mayQuery) return { ...checked, actions: [...sifted.kept, last], query: last };
  warnings.push(`${last.type} was left out: no more than the allowed questions are answered in one turn.`);
  return checked;
}

function isBlank(action: Action): boolean {
  return (action.type === "TALK" || action.type === "THINK") && (action.content ?? "").trim() === "";
}
