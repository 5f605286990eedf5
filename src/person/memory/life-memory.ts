import type { Context } from "../../kernel/contracts/context.ts";
import type { Journal } from "../../kernel/contracts/journal.ts";
import type { NotesChanged } from "../../kernel/contracts/memory/events.ts";
import type { ForgetReason, MemoryNote, NoteId } from "../../kernel/contracts/memory/notes.ts";
import { atLeast } from "../invalid-option.ts";
import { after } from "./consolidation/changes.ts";
import { type Begun, Consolidator, type ConsolidatorParts, type Rememberer } from "./consolidation/consolidator.ts";
import { type EpisodeQuery, type EpisodeSelection, selectEpisodes } from "./episodes/episode-query.ts";
import { type ClosedEpisode, Episodes, type EpisodesParts, episodeEvent } from "./episodes/episodes.ts";
import { type TurnEpisode, transcriptOfLog } from "./episodic-log.ts";
import type { Kept } from "./history/parts.ts";
import { draftOf } from "./notes/draft-of.ts";
import { derivedFrom, forgettable } from "./notes/forgetting.ts";
import { NoteBook, type NoteBookParts, notePartsOf } from "./notes/note-book.ts";
import { type NoteQuery, selectNotes } from "./notes/note-query.ts";
import { locationOf, readSource, rememberDocuments } from "./notes/reading.ts";
import { RestingNotes, readAgain } from "./notes/resting-notes.ts";
import { takeIn } from "./notes/take-in.ts";
import type { MemorySettings } from "./options.ts";
import type {
  PersonMemory,
  ReadMemoryOptions,
  ReadReport,
  RecallLimits,
  Remembered,
  RememberOptions,
  TextToRead,
} from "./person-memory.ts";
import type { Recalled } from "./recall/recollection.ts";
import type { Lived, Reminder } from "./recall/reminder.ts";

/** What a memory needs of its person. */
export interface LifeMemoryOptions {
  /** The person's own context; the memory forks it. */
  readonly context: Context;
  readonly settings: MemorySettings;
  readonly whose: Owner;
}

/** Whose memory it is. */
interface Owner extends Rememberer, Lived {
  /** Takes what quotes a source out of what the model reads. */
  withdraw(source: string): void;
  /** Searches the notes. */
  readonly reminder: Pick<Reminder, "recalled">;
  /** Runs a job when no turn is being taken. */
  run<T>(job: () => Promise<T>): Promise<T>;
}

/** A memory taken apart between two turns, to be kept and put together again. */
export interface MemoryParts extends NoteBookParts, EpisodesParts, ConsolidatorParts {
  /** The first turn of each episode that ended. */
  readonly began: readonly number[];
}

/** The turns of the episode that has not ended, and of each that was gathered. */
interface MemoryAside {
  readonly open: readonly TurnEpisode[];
  readonly gathered: readonly (readonly TurnEpisode[])[];
}

/** What is to be forgotten, and why. */
interface Forgotten {
  readonly ids: ReadonlySet<NoteId>;
  readonly reason: ForgetReason;
  readonly purged?: string;
}

/** Most tokens of what happened that are consolidated at once. */
const mostTokensAtOnce = 6_000;
const notesRecalled = 12;

/** The memory of a person as their turns feed it. */
export class LifeMemory implements PersonMemory, Kept {
  /** The notes themselves, for those who search them. */
  readonly resting: RestingNotes;
  readonly #options: LifeMemoryOptions;
  readonly #episodes: Episodes;
  readonly #consolidator: Consolidator;
  /** The first turn of each episode, in order. */
  readonly #began: number[] = [];
  #forked: Context | undefined;
  /** Where the notes are that the person brought with them, or the notes. */
  #brought: Journal | NoteBookParts | undefined;

  constructor(options: LifeMemoryOptions) {
    const { settings, whose } = options;
    this.#options = options;
    this.resting = new RestingNotes(options.context.shelf.place(), () =>
      readAgain(this.#context.journal, this.#brought),
    );
    const mostTokens = Math.min(mostTokensAtOnce, Math.floor(options.context.models.actor.limits.contextTokens / 4));
    const most = settings.consolidateAfter;
    this.#episodes = new Episodes({ least: Math.ceil(most / 3), most, mostTokens });
    const [context, notes] = [() => this.#context, this.resting];
    this.#consolidator = new Consolidator({ context, settings, notes, whose, mostTokens });
  }

  episodes(query?: EpisodeQuery): EpisodeSelection {
    const { log, who } = this.#options.whose;
    return selectEpisodes(transcriptOfLog(log.episodes, who.name), query);
  }

  notes(query?: NoteQuery): Promise<readonly MemoryNote[]> {
    return this.resting.use((book) => selectNotes(book.notes, query));
  }

  async recall(about: string, { limit = notesRecalled }: RecallLimits = {}): Promise<readonly Recalled[]> {
    return this.#options.whose.reminder.recalled(about, {
      most: atLeast(1, "limit", limit),
      tokens: Number.POSITIVE_INFINITY,
    });
  }

  async remember(text: string, options: RememberOptions = {}): Promise<MemoryNote> {
    const [note] = await this.rememberAll([{ ...options, text }]);
    if (note === undefined) throw new Error("A draft has its note.");
    return note;
  }

  async rememberAll(notes: readonly Remembered[]): Promise<readonly MemoryNote[]> {
    return this.resting.use((book) => this.#takeIn(book, notes));
  }

  forget(...ids: readonly NoteId[]): Promise<number> {
    return this.resting.use((book) => this.#forget(book, { ids: new Set(ids), reason: "told" }));
  }

  async read(source: string | TextToRead, options: ReadMemoryOptions = {}): Promise<ReadReport> {
    const { journal, outside, signal } = this.#context;
    const { calls } = journal;
    const { documents, refused } = await readSource(source, { signal, ...options, calls, variable: outside.variable });
    const read = await this.resting.use((book) => {
      const from = (location: string) => selectNotes(book.notes, { from: location });
      const keep = (notes: readonly Remembered[]) => this.#takeIn(book, notes);
      // What was looked up in what it said before did happen.
      const purge = (location: string) => this.#purge(book, location);
      return rememberDocuments({ from, keep, purge }, documents, options.importance);
    });
    return { documents: read, refused };
  }

  purge(location: string): Promise<number> {
    const source = locationOf(location);
    return this.resting.use((book) => {
      const notes = this.#purge(book, source);
      this.#options.whose.withdraw(source);
      return notes;
    });
  }

  settle(): Promise<void> {
    return this.#options.whose.run(async () => {
      await this.#consolidator.apply();
    });
  }

  consolidate(): Promise<void> {
    return this.#options.whose.run(async () => {
      this.#options.whose.awaken();
      this.#close(this.#episodes.close("asked"));
      if (this.#consolidator.isUnderWay) await this.#consolidator.apply();
      do this.#consolidator.begin({ turn: this.#episodes.turns }, true);
      while (await this.#consolidator.apply());
    });
  }

  // ── what the person's turns tell it ──

  /** A turn begins: what was begun two turns ago is there from here on. */
  async beginTurn(): Promise<void> {
    if (this.#consolidator.isDue(this.#episodes.turns + 1)) await this.#consolidator.apply();
  }

  /** A turn was taken, of about so many tokens. */
  turnTaken(turn: TurnEpisode, { tokens, ...place }: { readonly tokens: number } & Omit<Begun, "turn">): void {
    if (!this.#options.settings.consolidates) return;
    this.#close(this.#episodes.add(turn, tokens));
    this.#consolidator.begin({ turn: this.#episodes.turns, ...place });
  }

  /** Nothing new reached the person, or they go elsewhere. */
  pause(end: "quiet" | "place"): void {
    if (this.#episodes.isLong) this.#options.whose.awaken();
    this.#close(this.#episodes.pause(end));
    this.#consolidator.begin({ turn: this.#episodes.turns });
  }

  // ── being kept ──

  /** All that it is made of, once what is under way has had its effect; between two turns. */
  async parts(): Promise<MemoryParts> {
    await this.#consolidator.apply();
    this.#options.whose.awaken();
    return this.partsNow();
  }

  async partsNow(): Promise<MemoryParts> {
    const notes = await this.resting.use((book) => book.parts);
    return { ...notes, began: this.#began, ...this.#episodes.parts, ...this.#consolidator.parts };
  }

  /** Becomes what another one was; nothing is asked or recorded. */
  restore(parts: MemoryParts): void {
    // Who keeps nothing takes no room on the shelf.
    if (parts.notes.length + parts.forgotten.length > 0) this.resting.fill(NoteBook.of(parts));
    this.#brought = this.#options.context.journal;
    this.#episodes.restore(parts);
    this.#consolidator.restore(parts);
    this.#began.push(...parts.began);
  }

  /** Becomes what another one is, which goes on: of these parts, and with what is under way there. */
  join(other: LifeMemory, parts: MemoryParts): void {
    this.restore(parts);
    // Nobody wrote down which of the other's notes there were at this moment.
    this.#brought = notePartsOf(parts);
    this.#consolidator.share(other.#consolidator);
  }

  /** Lets go of the turns of which no notes were made yet; how many there are stays. */
  putAside(): MemoryAside {
    return { open: this.#episodes.putAside(), gathered: this.#consolidator.putAside() };
  }

  takeUp({ open, gathered }: MemoryAside): void {
    this.#episodes.takeUp(open);
    this.#consolidator.takeUp(gathered);
  }

  // ── what stands for the past in the prompt ──

  get through(): number {
    return this.#consolidator.through;
  }

  summariesUntil(turn: number): readonly (string | undefined)[] {
    const book = this.resting.atHand;
    return book.summaries
      .filter(({ episodes: [first] }) => (this.#began[first - 1] ?? Number.POSITIVE_INFINITY) <= turn)
      .map(({ note }) => book.get(note)?.text);
  }

  /** Made when something is first kept: most lives in a crowd are short. */
  get #context(): Context {
    this.#forked ??= this.#options.context.fork("memory");
    return this.#forked;
  }

  #close(episode: ClosedEpisode | undefined): void {
    if (episode === undefined) return;
    this.#began.push(episode.lastTurn - episode.turns.length + 1);
    this.#context.journal.record(episodeEvent(this.#options.whose.who.id, episode));
    this.#consolidator.gather(episode);
  }

  #takeIn(book: NoteBook, notes: readonly Remembered[]): readonly MemoryNote[] {
    const now = this.#context.clock.written();
    const drafts = notes.map((note) => draftOf(note, now));
    const intake = takeIn(book, drafts);
    const { added, revised } = intake;
    const full = book.size + added.length > this.#options.settings.capacity;
    const forgotten = full ? forgettable(after(book, intake), this.#forgetting()) : [];
    this.#change(book, {
      ...(added.length > 0 && { added }),
      ...(revised.length > 0 && { revised }),
      ...(forgotten.length > 0 && { forgotten }),
    });
    return intake.notes;
  }

  #purge(book: NoteBook, purged: string): number {
    return this.#forget(book, { ids: derivedFrom(book.notes, purged), reason: "purged", purged });
  }

  #forget(book: NoteBook, { ids, reason, purged }: Forgotten): number {
    const known = [...ids].filter((id) => book.get(id) !== undefined);
    this.#consolidator.purge(new Set(known));
    this.#change(book, {
      ...(known.length > 0 && { forgotten: known.map((id) => ({ id, reason })) }),
      ...(purged !== undefined && { purged }),
    });
    return known.length;
  }

  #change(book: NoteBook, change: Omit<NotesChanged, "type" | "person">): void {
    if (Object.keys(change).length === 0) return;
    const { id: person } = this.#options.whose.who;
    book.apply(this.#context.journal.record({ type: "notes-changed", person, ...change }));
  }

  #forgetting() {
    return { ...this.#options.settings, now: this.#context.clock.now() };
  }
}
