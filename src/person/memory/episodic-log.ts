import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Action, Stimulus } from "../../kernel/contracts/person.ts";
import type { EventId } from "../../kernel/values/ids.ts";
import { actionText, perceivedText } from "../../kernel/values/transcript.ts";
import { liesIn, purgedWords } from "./notes/forgetting.ts";

/** Something that reached the person. */
export interface StimulusEpisode {
  readonly kind: "stimulus";
  /** The event that brought it. */
  readonly id: EventId;
  /** Simulated time, ISO 8601. */
  readonly time?: string;
  /** Written again by the log alone, where a source that it quotes is purged. */
  stimulus: Stimulus;
  /** False for what only waits to be read: it is no reason to act. */
  readonly wakes: boolean;
}

/** What the person did between stimuli and DONE. */
export interface TurnEpisode {
  readonly kind: "turn";
  readonly id: EventId;
  readonly time?: string;
  readonly actions: readonly Action[];
  /** What was new to the person in it. */
  readonly presented: readonly StimulusEpisode[];
  /** No language model answered. */
  readonly heuristic?: true;
}

export type Episode = StimulusEpisode | TurnEpisode;

/**
 * All that a person perceived and did, in order. It only grows: nothing is cut or taken out, and what is shortened for
 * a prompt is shortened there. Nothing is changed but words that quote what was purged.
 */
export class EpisodicLog {
  readonly #episodes: Episode[] = [];
  readonly #turns: TurnEpisode[] = [];
  #pending: StimulusEpisode[] = [];
  #former = 0;

  /** Everything, oldest first. */
  get episodes(): readonly Episode[] {
    return this.#episodes;
  }

  /** The turns among them; the same list grows at its end. */
  get turns(): readonly TurnEpisode[] {
    return this.#turns;
  }

  /** What was perceived and not yet presented in a committed turn, oldest first. */
  get pending(): readonly StimulusEpisode[] {
    return this.#pending;
  }

  /** How many of the episodes are of earlier runs. */
  get former(): number {
    return this.#former;
  }

  /** What happened in this run, oldest first. */
  get ofThisRun(): readonly Episode[] {
    return this.#former === 0 ? this.#episodes : this.#episodes.slice(this.#former);
  }

  /** Takes up, before anything else happened, what was lived through in earlier runs. */
  restore(episodes: readonly Episode[], pending: readonly StimulusEpisode[]): void {
    this.#episodes.push(...episodes);
    this.#turns.push(...episodes.filter((episode) => episode.kind === "turn"));
    this.#pending = [...pending];
    this.#former = episodes.length;
  }

  perceive({ id, time, stimulus, wakes }: Omit<StimulusEpisode, "kind">): void {
    const added: StimulusEpisode = { kind: "stimulus", id, stimulus, wakes, ...(time !== undefined && { time }) };
    this.#episodes.push(added);
    this.#pending.push(added);
  }

  /** Takes words that quote a source out of what was perceived. */
  withdraw(source: string): void {
    for (const episode of this.#episodes) {
      if (episode.kind !== "stimulus" || !episode.stimulus.quotes?.some((place) => liesIn(place, source))) continue;
      const { quotes: _gone, ...stimulus } = episode.stimulus;
      episode.stimulus = { ...stimulus, content: purgedWords };
    }
  }

  /** Closes a turn; what came while it was taken stays pending. */
  commit(taken: Omit<TurnEpisode, "kind">): TurnEpisode {
    const seen = new Set(taken.presented);
    this.#pending = this.#pending.filter((episode) => !seen.has(episode));
    const turn: TurnEpisode = { kind: "turn", ...taken };
    this.#episodes.push(turn);
    this.#turns.push(turn);
    return turn;
  }
}

/**
 * The log as a transcript: each thing once, in order. DONE and what the engine told the person are left out.
 */
export function transcriptOfLog(episodes: readonly Episode[], name: string): readonly TranscriptEntry[] {
  return episodes.flatMap((episode) => (episode.kind === "stimulus" ? heard(episode, name) : done(episode, name)));
}

function heard({ id, time, stimulus }: StimulusEpisode, name: string): readonly TranscriptEntry[] {
  if (stimulus.type === "FEEDBACK") return [];
  const from = stimulus.source === undefined ? {} : { from: stimulus.source };
  const at = time === undefined ? {} : { time };
  return [{ id, kind: "stimulus", type: stimulus.type, ...from, to: [name], text: perceivedText(stimulus), ...at }];
}

function done({ id, time, actions }: TurnEpisode, name: string): readonly TranscriptEntry[] {
  const at = time === undefined ? {} : { time };
  return actions.flatMap((action, index): readonly TranscriptEntry[] => {
    if (action.type === "DONE") return [];
    const to = action.target === undefined ? [] : [action.target];
    return [
      { id: `${id}.${index}`, kind: "action", type: action.type, from: name, to, text: actionText(action), ...at },
    ];
  });
}
