import type { Context } from "../../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../../kernel/contracts/events.ts";
import type { ActorView } from "../../../kernel/contracts/faculty.ts";
import type { ActorMemory, RecallBounds } from "../../../kernel/contracts/memory/actor-memory.ts";
import type { MemoryNote } from "../../../kernel/contracts/memory/notes.ts";
import type { CognitiveState, Stimulus } from "../../../kernel/contracts/person.ts";
import { withoutControls } from "../../../kernel/text/controls.ts";
import { transcriptLine } from "../../../kernel/values/transcript.ts";
import { type EpisodicLog, transcriptOfLog } from "../episodic-log.ts";
import type { InView } from "../history/parts.ts";
import type { NoteBook } from "../notes/note-book.ts";
import type { RestingNotes } from "../notes/resting-notes.ts";
import { estimateTokens } from "../token-estimate.ts";
import { Lexicon, termsOf } from "./lexicon.ts";
import type { RecallSettings } from "./options.ts";
import { type Recalled, Recollection } from "./recollection.ts";

/** Whose memory it is, and what there is to be remembered. */
export interface ReminderOptions {
  readonly context: Context;
  readonly settings: RecallSettings;
  readonly notes: RestingNotes;
  readonly whose: Lived;
}

/** Somebody, with what they lived through. */
export interface Lived {
  readonly who: Pick<ActorView, "id" | "name">;
  readonly log: EpisodicLog;
}

/** What is new to a person, and what they have before their eyes. */
export interface Occasion {
  readonly stimuli: readonly Stimulus[];
  readonly state: CognitiveState;
  readonly history: { readonly inView: InView };
}

/** Letters of what is new that are searched for: of more, the last say best what it is about. */
const lettersAsked = 1_200;
/** Moments that share less than this with what is asked are not brought up. */
const leastLikeness = 0.1;

/** Reminds a person of what they know: by itself in every turn, and when it is asked. */
export class Reminder implements ActorMemory {
  readonly #options: ReminderOptions;
  readonly #recollection: Recollection;

  constructor(options: ReminderOptions) {
    this.#options = options;
    this.#recollection = new Recollection(options.context, options.settings);
  }

  /** What comes to mind by itself, oldest first; nothing is searched for somebody who keeps nothing. */
  async remind({ stimuli, state, history }: Occasion): Promise<readonly MemoryNote[]> {
    const book = await this.#book();
    if (book.size === 0) return [];
    const { notes: most, tokens } = this.#options.settings;
    const recalled = await this.recalled(questionOf(stimuli, state), { most, tokens }, history.inView);
    const found = new Set(recalled.map(({ note }) => note.id));
    return book.notes.filter(({ id }) => found.has(id));
  }

  async recall(about: string, bounds: RecallBounds): Promise<readonly MemoryNote[]> {
    return (await this.recalled(about, bounds)).map(({ note }) => note);
  }

  /** The same with their scores. */
  async recalled(about: string, bounds: RecallBounds, inView?: InView): Promise<readonly Recalled[]> {
    const { context, whose } = this.#options;
    const moment = { about, now: context.clock.now(), events: whose.log.episodes.length, ...bounds };
    return this.#recollection.recall(await this.#book(), {
      ...{ ...moment, lived: () => whose.log.episodes.map(({ id }) => id) },
      ...(inView && { inView }),
    });
  }

  recallEpisodes(about: string, { most, tokens }: RecallBounds): readonly TranscriptEntry[] {
    const { happened } = this;
    const lexicon = new Lexicon();
    const lines = happened.map((entry) => transcriptLine(entry));
    for (const [at, line] of lines.entries()) lexicon.add(at, termsOf(line));
    const likeness = lexicon.match(termsOf(about));
    const best = [...happened.keys()]
      .filter((at) => (likeness[at] ?? 0) >= leastLikeness)
      .toSorted((one, other) => (likeness[other] ?? 0) - (likeness[one] ?? 0) || other - one);
    const chosen: number[] = [];
    let left = tokens;
    for (const at of best) {
      const cost = estimateTokens(lines[at] ?? "");
      if (cost > left) continue;
      chosen.push(at);
      left -= cost;
      if (chosen.length === most) break;
    }
    return chosen.toSorted((one, other) => one - other).flatMap((at) => happened[at] ?? []);
  }

  async kept(): Promise<readonly MemoryNote[]> {
    return (await this.#book()).notes;
  }

  get happened(): readonly TranscriptEntry[] {
    const { log, who } = this.#options.whose;
    const pending = new Set<unknown>(log.pending);
    return transcriptOfLog(
      log.episodes.filter((episode) => !pending.has(episode)),
      who.name,
    );
  }

  #book(): Promise<NoteBook> {
    return this.#options.notes.use((book) => book);
  }
}

/**
 * What is new, and who it comes from, the newest first where it is too much; then what they attend to. All as prompts
 * have it, without characters that steer a terminal: a saved life holds none of them.
 */
function questionOf(stimuli: readonly Stimulus[], { attention = "" }: CognitiveState): string {
  const told = stimuli.filter(({ type }) => type !== "FEEDBACK");
  const lines = told.map(({ source, content }) => (source === undefined ? content : `${source}: ${content}`));
  const text = withoutControls(lines.join("\n")).slice(-lettersAsked).toWellFormed();
  return told.length === 0 ? "" : `${text}\n${withoutControls(attention)}`.trim();
}
