import type { Action } from "../../../kernel/contracts/person.ts";
import type { WrittenAction } from "../../actions/turn-schema.ts";
import type { StimulusEpisode } from "../../memory/episodic-log.ts";
import type { Mind } from "../mind.ts";

/** One answer of a model, checked: what of it stands. */
export interface CheckedAnswer {
  readonly actions: readonly Action[];
  /** The `query` action with which it pauses; the last of the actions. */
  readonly query?: Action;
  /** What was written in its place and is no action of theirs: it pauses there, and the person learns why. */
  readonly misfit?: WrittenAction;
  readonly ended?: "done" | "cap";
  readonly repeated: readonly Action[];
  /** What was no action of theirs, and was left out without another word to them. */
  readonly unread: readonly WrittenAction[];
  readonly warnings: readonly string[];
}

/** What holds while an answer is checked. */
export interface CheckOptions {
  /** What was done before in the same turn. */
  readonly done: readonly Action[];
  readonly presented: readonly StimulusEpisode[];
  readonly maxActions: number;
  readonly mayQuery: boolean;
  readonly mayCorrect: boolean;
}

/** Cuts an answer at its first DONE, `query` or at the cap, and takes out empty words and what was said before. */
export function checkAnswer(mind: Mind, written: readonly WrittenAction[], options: CheckOptions): CheckedAnswer {
  const warnings: string[] = [];
  const told = written.filter((action) => !isBlank(action));
  if (told.length < written.length) warnings.push(`${written.length - told.length} empty actions were left out.`);

  const isQuery = (action: Action): boolean => mind.kinds.get(action.type)?.kind === "query";
  const stops = (action: WrittenAction): boolean =>
    action.misfit === undefined ? action.type === "DONE" || isQuery(action) : options.mayCorrect;
  const stop = told.findIndex(stops);
  const last = stop === -1 ? undefined : told[stop];
  const before = told.slice(0, stop === -1 ? told.length : stop);
  const unread = before.filter((action) => action.misfit);
  for (const action of last?.misfit ? [...unread, last] : unread) warnings.push(misfitWarning(action));
  let actions = before.filter((action) => !action.misfit);
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
  const checked = { actions: sifted.kept, repeated: sifted.repeated, unread, warnings };
  if (tooMany) return { ...checked, ended: "cap" };
  if (last === undefined) return checked;
  if (last.misfit) return { ...checked, misfit: last };
  if (last.type === "DONE") return { ...checked, actions: [...sifted.kept, last], ended: "done" };
  if (options.mayQuery) return { ...checked, actions: [...sifted.kept, last], query: last };
  warnings.push(`${last.type} was left out: no more than the allowed questions are answered in one turn.`);
  return checked;
}

/** What is wrong with an action, as one line. */
export function misfitText({ misfit = [] }: WrittenAction): string {
  return misfit.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" ");
}

function misfitWarning(action: WrittenAction): string {
  return `${action.type} could not be read. ${misfitText(action)}`;
}

function isBlank(action: Action): boolean {
  return (action.type === "TALK" || action.type === "THINK") && (action.content ?? "").trim() === "";
}
