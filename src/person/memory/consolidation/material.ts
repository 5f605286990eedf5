import type { Action, Stimulus } from "../../../kernel/contracts/person.ts";
import type { EventId } from "../../../kernel/values/ids.ts";
import { actionText, perceivedText } from "../../../kernel/values/transcript.ts";
import type { ClosedEpisode } from "../episodes/episodes.ts";
import type { TurnEpisode } from "../episodic-log.ts";
import { type KnownNote, likeness, printOf } from "../notes/likeness.ts";
import { estimateTokens } from "../token-estimate.ts";

/** One thing that happened, as it is given to be consolidated. */
export interface Happening {
  /** The event, or `<event>.<index>` for an action of a turn. */
  readonly id: EventId;
  /** CONVERSATION, TALK, THINK … */
  readonly type: string;
  /** By name; the person's own where they did it. */
  readonly from?: string;
  readonly to?: string;
  readonly text: string;
  readonly time?: string;
}

/** What is left out of it. */
export interface Leaving {
  readonly name: string;
  /** Notes that the person has: their own thoughts that only say these again are no news. */
  readonly known: readonly KnownNote[];
  /** Kinds of actions that ask the person's own memory or faculties. */
  readonly queries: ReadonlySet<string>;
}

/** Thoughts that have so much of a note, or of which a note has so much, are its echo. */
const echo = 0.6;
/** Of one thing so much is given, and how much was left off is said. */
const mostTokensOfOne = 2_000;

/**
 * All that happened in these episodes, in order, once each. What the engine told the person, what they asked their own
 * memory, and thoughts that came from notes are left out: a memory is not made of its own echoes.
 */
export function materialOf(episodes: readonly ClosedEpisode[], leaving: Leaving): readonly Happening[] {
  return episodes.flatMap(({ turns }) => turns.flatMap((turn) => happeningsOf(turn, leaving)));
}

function happeningsOf(turn: TurnEpisode, leaving: Leaving): readonly Happening[] {
  const perceived = turn.presented.flatMap(({ id, stimulus, time }) => {
    const left = stimulus.type === "FEEDBACK" || (stimulus.type === "THOUGHT" && isEcho(stimulus.content, leaving));
    return left ? [] : [{ ...heard(stimulus, id), ...(time !== undefined && { time }) }];
  });
  const done = turn.actions.flatMap((action, index) => {
    const left = action.type === "DONE" || leaving.queries.has(action.type);
    if (left || (action.type === "THINK" && isEcho(actionText(action), leaving))) return [];
    return [
      { ...did(action, `${turn.id}.${index}`, leaving.name), ...(turn.time !== undefined && { time: turn.time }) },
    ];
  });
  return [...perceived, ...done];
}

function heard(stimulus: Stimulus, id: EventId): Happening {
  const { type, source } = stimulus;
  return { id, type, ...(source !== undefined && { from: source }), text: bounded(perceivedText(stimulus)) };
}

function did(action: Action, id: EventId, name: string): Happening {
  const { type, target } = action;
  return { id, type, from: name, ...(target !== undefined && { to: target }), text: bounded(actionText(action)) };
}

function isEcho(text: string, { known }: Leaving): boolean {
  if (known.length === 0) return false;
  const print = printOf(text);
  return known.some((one) => likeness(print, one.print) >= echo);
}

function bounded(text: string): string {
  if (estimateTokens(text) <= mostTokensOfOne) return text;
  let end = text.length;
  while (estimateTokens(text.slice(0, end)) > mostTokensOfOne) end = Math.floor(end * 0.8);
  return `${text.slice(0, end).toWellFormed()} … (${text.length - end} more characters)`;
}

/** As many of the oldest episodes as a prompt has room for; always one, since each is bounded by itself. */
export function fitting(episodes: readonly ClosedEpisode[], mostTokens: number): readonly ClosedEpisode[] {
  let tokens = 0;
  const beyond = episodes.findIndex((episode, index) => {
    tokens += episode.tokens;
    return index > 0 && tokens > mostTokens;
  });
  return beyond === -1 ? episodes : episodes.slice(0, beyond);
}
