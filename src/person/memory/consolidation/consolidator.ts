import type { Context } from "../../../kernel/contracts/context.ts";
import type { ActionKind, ActorView } from "../../../kernel/contracts/faculty.ts";
import type { NoteId } from "../../../kernel/contracts/memory/notes.ts";
import { errorRecord, isTinyTroupeError } from "../../../kernel/values/errors.ts";
import { minibio } from "../../../persona/prose.ts";
import type { Persona } from "../../../persona/schema.ts";
import type { ClosedEpisode } from "../episodes/episodes.ts";
import type { TurnEpisode } from "../episodic-log.ts";
import type { NoteBook } from "../notes/note-book.ts";
import type { RestingNotes } from "../notes/resting-notes.ts";
import type { MemorySettings } from "../options.ts";
import { Consolidation, type ConsolidationAnswer } from "./answer.ts";
import { type Asked, changesFrom, spanOf } from "./changes.ts";
import { extractedNotes } from "./extractive.ts";
import { fitting, materialOf } from "./material.ts";
import { consolidationPrompt } from "./prompt.ts";
import { relatedNotes } from "./related-notes.ts";

/** Whose memory it is. */
export interface Rememberer {
  readonly who: Pick<ActorView, "id" | "name">;
  readonly persona: Persona;
  readonly language: string | undefined;
  readonly kinds: ReadonlyMap<string, ActionKind>;
  /** Takes up what was put aside. */
  awaken(): void;
}

/** When something is begun: after so many turns, in this step of a world. */
export interface Begun {
  readonly turn: number;
  readonly step?: string | undefined;
  readonly label?: string | undefined;
}

type Outcome = { readonly answer: ConsolidationAnswer; readonly heuristic: boolean } | { readonly error: unknown };

interface Work {
  readonly turn: number;
  readonly episodes: readonly ClosedEpisode[];
  /** Once the notes were read. */
  asked?: Asked;
  outcome: Promise<Outcome>;
}

/** What is still to be done, and how far it is, to be kept and gone on with. */
export interface ConsolidatorParts {
  /** Episodes of which no notes were made yet. */
  readonly gathered: readonly ClosedEpisode[];
  readonly failedAt: number;
  readonly owed: number;
  readonly through: number;
}

export interface ConsolidatorOptions {
  /** The context of the memory: `person:lisa/memory`. */
  readonly context: () => Context;
  readonly settings: MemorySettings;
  readonly notes: RestingNotes;
  readonly whose: Rememberer;
  /** Most tokens of what happened that one call is given. */
  readonly mostTokens: number;
}

/**
 * Makes notes of episodes in the background. What is begun at the end of one turn has its effect when the turn after
 * the next begins, whoever was faster, so that the same story is told again in the same way.
 */
export class Consolidator {
  readonly #options: ConsolidatorOptions;
  #gathered: readonly ClosedEpisode[] = [];
  #work: Work | undefined;
  /** What is under way was asked in view of something that has been purged: its answer must not be used. */
  #isTainted = false;
  /** The last episode that was there when it failed: it is tried again with the next. */
  #failedAt = 0;
  /** The last episode that was there when there was room for some alone: the others follow without waiting. */
  #owed = 0;
  #through = 0;

  constructor(options: ConsolidatorOptions) {
    this.#options = options;
  }

  /** The last turn of which notes were made; 0 before the first. */
  get through(): number {
    return this.#through;
  }

  /** What is still to be done, and how far it is; nothing is under way. */
  get parts(): ConsolidatorParts {
    return { gathered: this.#gathered, failedAt: this.#failedAt, owed: this.#owed, through: this.#through };
  }

  /** Becomes what another one was. */
  restore({ gathered, failedAt, owed, through }: ConsolidatorParts): void {
    this.#gathered = gathered;
    this.#failedAt = failedAt;
    this.#owed = owed;
    this.#through = through;
  }

  /** What is under way for another one, which goes on, has its effect here, too. */
  share(other: Consolidator): void {
    this.#work = other.#work;
    this.#isTainted = other.#isTainted;
  }

  /** Lets go of the turns of each episode; how much there is of them stays. */
  putAside(): readonly (readonly TurnEpisode[])[] {
    const turns = this.#gathered.map((episode) => episode.turns);
    this.takeUp(turns.map(() => []));
    return turns;
  }

  takeUp(turns: readonly (readonly TurnEpisode[])[]): void {
    this.#gathered = this.#gathered.map((episode, at) => ({ ...episode, turns: turns[at] ?? [] }));
  }

  gather(episode: ClosedEpisode): void {
    this.#gathered = [...this.#gathered, episode];
  }

  /** Begins when enough has gathered and nothing is under way; `all` begins with whatever there is. */
  begin({ turn, ...place }: Begun, all = false): void {
    if (this.#work !== undefined || this.#gathered.length === 0) return;
    if (!all && !this.#isEnough()) return;
    this.#options.whose.awaken();
    const episodes = fitting(this.#gathered, this.#options.mostTokens);
    if (episodes.length < this.#gathered.length) this.#owed = this.#gathered.at(-1)?.episode ?? 0;
    const work: Work = { turn, episodes, outcome: nothing };
    let outcome = nothing;
    const asking = this.#options.notes.use((book) => {
      work.asked = this.#asked(book, episodes);
      if (work.asked.happened.length > 0) outcome = this.#answer(work.asked, place);
    });
    work.outcome = asking.then(
      () => outcome,
      (error: unknown) => ({ error }),
    );
    this.#work = work;
    this.#isTainted = false;
  }

  /** Whether what was begun has its effect in this turn. */
  isDue(turn: number): boolean {
    return this.#work !== undefined && turn >= this.#work.turn + 2;
  }

  get isUnderWay(): boolean {
    return this.#work !== undefined;
  }

  /**
   * Waits for what is under way, and records what came of it; gives whether notes were made. A run that is stopped or
   * out of money is no failure of the memory: nothing is recorded, and the error is thrown.
   */
  async apply(): Promise<boolean> {
    const work = this.#work;
    if (work === undefined) return false;
    this.#options.whose.awaken();
    const outcome = await work.outcome;
    return this.#options.notes.use((book) => {
      this.#work = undefined;
      if (this.#isTainted) return false;
      if ("error" in outcome) {
        this.#fail(work.episodes, outcome.error);
        return false;
      }
      if (work.asked !== undefined) this.#keep(work.asked, outcome, book);
      return true;
    });
  }

  /** These notes were purged: no answer that had them in view is used. */
  purge(ids: ReadonlySet<NoteId>): void {
    this.#isTainted ||= this.#work?.asked?.notes.some((note) => ids.has(note.id)) ?? false;
  }

  #isEnough(): boolean {
    if ((this.#gathered.at(-1)?.episode ?? 0) <= this.#failedAt) return false;
    if ((this.#gathered[0]?.episode ?? 0) <= this.#owed) return true;
    const events = this.#gathered.reduce((sum, one) => sum + one.events, 0);
    return events >= this.#options.settings.consolidateAfter;
  }

  #asked(book: NoteBook, episodes: readonly ClosedEpisode[]): Asked {
    const { whose, settings } = this.#options;
    const known = book.known();
    const queries = new Set([...whose.kinds.values()].filter(({ kind }) => kind === "query").map(({ type }) => type));
    const happened = materialOf(episodes, { name: whose.who.name, known, queries });
    const notes = relatedNotes(known, happened);
    const reflecting = book.unreflected >= settings.reflectAfter;
    return { person: whose.who.id, name: whose.who.name, episodes, happened, notes, reflecting };
  }

  /** Never rejects: whoever asks for the outcome may come long after it failed. */
  #answer(asked: Asked, { step, label }: Omit<Begun, "turn">): Promise<Outcome> {
    const { whose } = this.#options;
    const context = this.#options.context();
    const { actor } = context.models;
    if (actor.limits.following === "small") {
      return Promise.resolve({ answer: extractedNotes(asked.happened, asked.name), heuristic: true });
    }
    const { language } = whose;
    const reply = actor.generate({
      messages: consolidationPrompt({
        ...asked,
        who: minibio(whose.persona),
        ...(language !== undefined && { language }),
      }),
      schema: Consolidation,
      purpose: "consolidate",
      scope: context.scope,
      ...(step !== undefined && { step }),
      ...(label !== undefined && { label }),
      rehearsal: {
        persona: whose.persona,
        heard: asked.happened.map(({ from = "someone", text }) => ({ from, text })),
      },
    });
    return reply.then(
      ({ value, heuristic }) => ({ answer: value, heuristic: heuristic === true }),
      (error: unknown) => ({ error }),
    );
  }

  #keep(asked: Asked, { answer, heuristic }: Extract<Outcome, { answer: unknown }>, book: NoteBook): void {
    const { settings } = this.#options;
    const context = this.#options.context();
    if (asked.happened.length > 0) {
      const forgetting = { ...settings, now: context.clock.now() };
      const own = { ...asked, person: this.#options.whose.who.id };
      book.apply(context.journal.record(changesFrom(answer, own, { book, forgetting, heuristic })));
    }
    this.#gathered = this.#gathered.slice(asked.episodes.length);
    this.#through = asked.episodes.at(-1)?.lastTurn ?? this.#through;
  }

  #fail(episodes: readonly ClosedEpisode[], error: unknown): void {
    const context = this.#options.context();
    if (context.signal.aborted || isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED")) throw error;
    this.#failedAt = this.#gathered.at(-1)?.episode ?? 0;
    context.journal.record({
      type: "consolidation-failed",
      person: this.#options.whose.who.id,
      episodes: spanOf(episodes),
      error: errorRecord(error),
    });
  }
}

/** Where nothing happened that is worth a call. */
const nothing: Promise<Outcome> = Promise.resolve({
  answer: { summary: "", added: [], revised: [], reflections: [] },
  heuristic: false,
});
