import type { EpisodeClosed, EpisodeEnd } from "../../../kernel/contracts/memory/events.ts";
import type { TurnEpisode } from "../episodic-log.ts";

/** An episode that ended: whole turns, in order. */
export interface ClosedEpisode {
  /** The how-manieth, from 1. */
  readonly episode: number;
  readonly end: EpisodeEnd;
  readonly turns: readonly TurnEpisode[];
  /** The how-manieth of the person's turns the last of these is, from 1. */
  readonly lastTurn: number;
  readonly events: number;
  /** About how much a model reads of it. */
  readonly tokens: number;
}

/** When episodes end. */
export interface EpisodeLimits {
  /** So much happened that a quiet moment or another place ends the episode … */
  readonly least: number;
  /** … and so much that it ends anyway. */
  readonly most: number;
  /** The same for what a model has to read of it. */
  readonly mostTokens: number;
}

/** Episodes taken apart, to be kept and put together again. */
export interface EpisodesParts {
  /** The turns of the episode that has not ended. */
  readonly open: readonly TurnEpisode[];
  /** About how much a model reads of these. */
  readonly tokens: number;
  /** How many turns were taken, and how many episodes ended. */
  readonly turns: number;
  readonly closed: number;
}

/** Parts a life into episodes. They are made of whole turns, so that none ends in the middle of one. */
export class Episodes {
  readonly #limits: EpisodeLimits;
  #open: TurnEpisode[] = [];
  #events = 0;
  #tokens = 0;
  #turns = 0;
  #closed = 0;

  constructor(limits: EpisodeLimits) {
    this.#limits = limits;
  }

  /** So much happened that a pause ends the episode. */
  get isLong(): boolean {
    return this.#events >= this.#limits.least;
  }

  /** Lets go of the turns that have not ended; how much there was stays. */
  putAside(): readonly TurnEpisode[] {
    const open = this.#open;
    this.#open = [];
    return open;
  }

  takeUp(open: readonly TurnEpisode[]): void {
    this.#open = [...open];
  }

  /** How many turns were taken. */
  get turns(): number {
    return this.#turns;
  }

  /** What has not ended, and how much there was. */
  get parts(): EpisodesParts {
    return { open: this.#open, tokens: this.#tokens, turns: this.#turns, closed: this.#closed };
  }

  /** Becomes what another one was. */
  restore({ open, tokens, turns, closed }: EpisodesParts): void {
    this.#open = [...open];
    this.#turns = turns;
    this.#closed = closed;
    this.#events = open.reduce((sum, turn) => sum + eventsIn(turn), 0);
    this.#tokens = tokens;
  }

  /** Adds a turn; gives the episode when it ends with it. */
  add(turn: TurnEpisode, tokens: number): ClosedEpisode | undefined {
    this.#turns += 1;
    this.#open.push(turn);
    this.#events += eventsIn(turn);
    this.#tokens += tokens;
    if (this.#events >= this.#limits.most || this.#tokens >= this.#limits.mostTokens) return this.close("size");
    return isQuiet(turn) ? this.pause("quiet") : undefined;
  }

  /** Nothing happened, or the person goes elsewhere: the episode ends when enough happened in it. */
  pause(end: "quiet" | "place"): ClosedEpisode | undefined {
    return this.isLong ? this.close(end) : undefined;
  }

  /** Ends the episode; there is none when no turn was taken since the last. */
  close(end: EpisodeEnd): ClosedEpisode | undefined {
    if (this.#open.length === 0) return undefined;
    this.#closed += 1;
    const closed = {
      episode: this.#closed,
      end,
      turns: [...this.#open],
      lastTurn: this.#turns,
      events: this.#events,
      tokens: this.#tokens,
    };
    this.#open = [];
    this.#events = 0;
    this.#tokens = 0;
    return closed;
  }
}

/** The event that tells of it. */
export function episodeEvent(person: string, { episode, end, turns, events }: ClosedEpisode): EpisodeClosed {
  const ids = turns.map((turn) => turn.id);
  return { type: "episode-closed", person, episode, end, turns: [ids[0] ?? "", ids.at(-1) ?? ""], events };
}

const deeds = ({ actions }: Pick<TurnEpisode, "actions">) => actions.filter((action) => action.type !== "DONE");

function eventsIn(turn: TurnEpisode): number {
  return turn.presented.length + deeds(turn).length;
}

function isQuiet(turn: TurnEpisode): boolean {
  return deeds(turn).length === 0;
}
