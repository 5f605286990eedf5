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

/** A log taken apart, to be put together again. */
export interface LogParts {
  readonly episodes: readonly Episode[];
  /** What is new of it. */
  readonly pending: readonly StimulusEpisode[];
  /** How many of the episodes are of earlier runs. */
  readonly former?: number;
}

/**
 * All that a person perceived and did, in order. It only grows: nothing is cut or taken out, and what is shortened for
 * a prompt is shortened there. Nothing is changed but words that quote what was purged.
 */
export class EpisodicLog {
  #episodes: Episode[] = [];
  #turns: TurnEpisode[] = [];
  #pending: StimulusEpisode[] = [];
  #former = 0;
  /** Where what this log itself was told begins. */
  #begin = 0;
  #letters = 0;
  #hasPictures = false;
  #hasQuotes = false;
  #isAside = false;

  /** Everything, oldest first. */
  get episodes(): readonly Episode[] {
    return this.#episodes;
  }

  /** The turns among them; the same list grows at its end until it is put aside. */
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

  /** What happened in this run, oldest first; to a fork, what did since it is one. */
  get ofThisRun(): readonly Episode[] {
    return this.#begin === 0 ? this.#episodes : this.#episodes.slice(this.#begin);
  }

  /** All that it is made of. */
  get parts(): LogParts {
    return { episodes: this.#episodes, pending: this.#pending, former: this.#former };
  }

  /** Something in it may be written again: where a source that it quotes is purged. */
  get hasQuotes(): boolean {
    return this.#hasQuotes;
  }

  /** Takes up, before anything else happened, what was lived through before, all of it in earlier runs unless told. */
  restore({ episodes, pending, former = episodes.length }: LogParts): void {
    this.#episodes.push(...episodes);
    for (const episode of episodes) this.#count(episode);
    this.#turns.push(...episodes.filter((episode) => episode.kind === "turn"));
    this.#pending = [...pending];
    this.#former = former;
    this.#begin = episodes.length;
  }

  perceive({ id, time, stimulus, wakes }: Omit<StimulusEpisode, "kind">): void {
    const added: StimulusEpisode = { kind: "stimulus", id, stimulus, wakes, ...(time !== undefined && { time }) };
    if (!this.#isAside) this.#episodes = withOneMore(this.#episodes, added);
    this.#pending = withOneMore(this.#pending, added);
    this.#count(added);
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
    this.#count(turn);
    return turn;
  }

  /** Something in it was seen, and not only told. */
  get hasPictures(): boolean {
    return this.#hasPictures;
  }

  /** About how much memory it takes, in bytes. */
  get bytes(): number {
    return bytesOfEpisode * this.#episodes.length + 2 * this.#letters;
  }

  /** Lets go of everything but what is new, which stays, grows, and is not in what is given. */
  putAside(): readonly (Episode | undefined)[] {
    const fresh = new Set<Episode>(this.#pending);
    const kept = this.#episodes.map((episode) => (fresh.has(episode) ? undefined : episode));
    [this.#episodes, this.#turns, this.#isAside] = [[], [], true];
    return kept;
  }

  /** Takes up what was put aside, and what has come since. */
  takeUp(kept: readonly (Episode | undefined)[]): void {
    const fresh = this.#pending.values();
    this.#episodes = kept.map((episode) => episode ?? (fresh.next().value as StimulusEpisode));
    this.#episodes.push(...fresh);
    this.#turns = this.#episodes.filter((episode) => episode.kind === "turn");
    this.#isAside = false;
  }

  #count(episode: Episode): void {
    this.#letters += lettersOf(episode);
    if (episode.kind !== "stimulus") return;
    this.#hasPictures ||= episode.stimulus.images !== undefined;
    this.#hasQuotes ||= episode.stimulus.quotes !== undefined;
  }
}

/** The list with one more; to push something into an empty list makes room for sixteen, and most who sleep were told one. */
function withOneMore<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** An episode beside its text: objects, ids, times. */
const bytesOfEpisode = 600;

function lettersOf(episode: Episode): number {
  if (episode.kind === "stimulus") return episode.stimulus.content.length;
  return episode.actions.reduce((sum, { content = "" }) => sum + content.length, 0);
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
