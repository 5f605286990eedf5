import type { Message } from "../../../kernel/contracts/model.ts";
import { liesIn, purgedWords } from "../notes/forgetting.ts";
import { estimateTokens, messageTokens } from "../token-estimate.ts";
import {
  bothLeftOut,
  type LeftOut,
  leaveOut,
  nothingLeftOut,
  type Past,
  type Quotation,
  withoutWords,
} from "./digest.ts";
import type { Block, HistoryLimits, HistoryParts, HistoryWords, InView, Kept, Piece } from "./parts.ts";

interface CountedBlock extends Block {
  readonly tokens: number;
}

/** Older pieces than these are one. */
const piecesKept = 8;
/** What summaries may take of the room. */
const summaryTokens = 150;
/** What stays once a history is shortened: the rest of the room is there to grow before the next cut. */
const keptShare = 0.4;
/** The first turn (who asked for what) stays as it is when it takes no more than this share. */
const openingShare = 0.2;
/** Letters, and what stands around them. */
const bytesOfToken = 12;
const noHistory: HistoryParts = {
  ...{ opening: undefined, note: undefined, summaries: [], left: nothingLeftOut, pieces: [], turns: 0, blocks: [] },
  lastTime: undefined,
};

/**
 * The past as messages for the prompt. Messages are only added at the end, and the same objects are handed out again,
 * until the room is full; then the oldest whole turns give way to a note on them, and all stays as it is until the next time.
 */
export class History {
  readonly #limits: HistoryLimits;
  readonly #words: HistoryWords;
  readonly #kept: Kept | undefined;
  #opening: CountedBlock | undefined;
  #note: Message | undefined;
  #summaries: readonly string[] = [];
  #left: LeftOut = nothingLeftOut;
  #pieces: readonly Piece[] = [];
  #turns = 0;
  #blocks: CountedBlock[] = [];
  #messages: Message[] = [];
  #tokens = 0;
  /** Sources that were purged since the turn that is being taken began. */
  #purged: string[] = [];
  #lastTime: string | undefined;

  constructor(limits: HistoryLimits, words: HistoryWords, kept?: Kept) {
    this.#limits = limits;
    this.#kept = kept;
    this.#words = words;
  }

  /** All of it, oldest first; the list itself grows, and is replaced when the history is shortened. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** The simulated time that the history told last. */
  get lastTime(): string | undefined {
    return this.#lastTime;
  }

  /** What is told in it: that need not be told again beside it. */
  get inView(): InView {
    const blocks = [...(this.#opening ? [this.#opening] : []), ...this.#blocks];
    const events = blocks.flatMap(({ turn, perceived }) => [...(turn ? [turn] : []), ...perceived.map(({ id }) => id)]);
    return { events: new Set(events), texts: new Set(this.#note === undefined ? [] : this.#summaries) };
  }

  /** All that it is made of. */
  get parts(): HistoryParts {
    return {
      opening: this.#opening,
      note: this.#note,
      summaries: this.#summaries,
      left: this.#left,
      pieces: this.#pieces,
      turns: this.#turns,
      blocks: this.#blocks,
      lastTime: this.#lastTime,
    };
  }

  /** Becomes what another one was; the messages are the same, to the byte. */
  restore({ opening, note, summaries, left, pieces, turns, blocks, lastTime }: HistoryParts): void {
    this.#opening = opening && counted(opening);
    this.#left = left;
    this.#pieces = pieces;
    this.#turns = turns;
    this.#note = note;
    this.#summaries = summaries;
    this.#blocks = blocks.map(counted);
    this.#lastTime = lastTime;
    this.#writeOut();
  }

  /** About how much memory it takes, in bytes. */
  get bytes(): number {
    return bytesOfToken * this.#tokens;
  }

  /** Lets go of all of it. */
  putAside(): HistoryParts {
    const { parts } = this;
    this.restore(noHistory);
    return parts;
  }

  /** A turn begins: what is purged until it is added is taken out of it, too. */
  begin(): void {
    this.#purged = [];
  }

  /** Takes out what quotes a source, and summaries that are kept no longer. */
  withdraw(source: string): void {
    this.#purged.push(source);
    const without = (block: CountedBlock): CountedBlock => {
      const left = this.#without(block, source);
      return left === block ? block : counted(left);
    };
    this.#opening = this.#opening && without(this.#opening);
    this.#blocks = this.#blocks.map(without);
    const kept = new Set(this.#kept?.summariesUntil(this.#turns - this.#blocks.length));
    if (this.#summaries.some((text) => !kept.has(text))) this.#tell();
    this.#writeOut();
  }

  #without<B extends Block>(block: B, source: string): B {
    const gone = block.quotes?.filter(({ sources }) => sources.some((place) => liesIn(place, source))) ?? [];
    if (gone.length === 0) return block;
    const messages = block.messages.map((message, at) =>
      gone.filter((quote) => quote.message === at).reduce((left, quote) => this.#unquoted(left, quote), message),
    );
    return { ...block, messages, quotes: block.quotes?.filter((quote) => !gone.includes(quote)) };
  }

  #unquoted(message: Message, { type, text }: Quotation): Message {
    return text === undefined ? this.#words.result({ type }, { text: purgedWords }) : withoutWords(message, text);
  }

  /** Adds a turn; gives about how many tokens it takes. */
  append(block: Block): number {
    this.#turns += 1;
    this.#lastTime = block.perceived.at(-1)?.time ?? this.#lastTime;
    const added = counted(this.#purged.reduce((left, source) => this.#without(left, source), block));
    this.#blocks.push(added);
    this.#messages.push(...added.messages);
    this.#tokens += added.tokens;
    if (this.#isFull()) this.#shorten();
    return added.tokens;
  }

  #isFull(): boolean {
    const { mostTokens, turns, tokens: room } = this.#limits;
    return this.#tokens > mostTokens || (this.#tokens > room && this.#blocks.length > turns);
  }

  #shorten(): void {
    this.#setOpeningApart();
    const from = this.#keptFrom();
    const dropped = this.#blocks.slice(0, from);
    if (dropped.length === 0) return;
    this.#blocks = this.#blocks.slice(from);
    this.#leave(dropped);
    this.#tell();
    this.#writeOut();
  }

  #tell(): void {
    const told = this.#told();
    this.#note = this.#words.note(told);
    this.#summaries = told.summaries ?? [];
  }

  /** The messages and their size, from the parts. */
  #writeOut(): void {
    this.#messages = [
      ...(this.#opening?.messages ?? []),
      ...(this.#note === undefined ? [] : [this.#note]),
      ...this.#blocks.flatMap((block) => block.messages),
    ];
    const note = this.#note === undefined ? 0 : messageTokens(this.#note);
    this.#tokens = this.#blocks.reduce((sum, block) => sum + block.tokens, (this.#opening?.tokens ?? 0) + note);
  }

  #leave(dropped: readonly Past[]): void {
    const left = leaveOut(dropped);
    this.#left = bothLeftOut(this.#left, left);
    const pieces = [...this.#pieces, { through: this.#turns - this.#blocks.length, left }];
    const [first, second, ...rest] = pieces;
    const full = first !== undefined && second !== undefined && pieces.length > piecesKept;
    this.#pieces = full ? [{ through: second.through, left: bothLeftOut(first.left, second.left) }, ...rest] : pieces;
  }

  /** All that was left out: in summaries as far as there are any, and what was said and heard since. */
  #told(): LeftOut {
    const { turns, events } = this.#left;
    const until = this.#turns - this.#blocks.length;
    const summaries = this.#kept?.summariesUntil(until) ?? [];
    if (summaries.length === 0) return this.#left;
    const since = this.#pieces.filter((piece) => piece.through > (this.#kept?.through ?? 0));
    const { heard, said } = since.map((piece) => piece.left).reduce(bothLeftOut, nothingLeftOut);
    const shown = latest(summaries);
    return { turns, events, heard, said, summaries: shown, earlierEpisodes: summaries.length - shown.length };
  }

  /** Index of the first block that stays: the last few turns, or as many as the room allows, but always the last. */
  #keptFrom(): number {
    const { tokens, turns, mostTokens } = this.#limits;
    let kept = 0;
    let from = this.#blocks.length;
    while (from > 0) {
      const next = kept + (this.#blocks[from - 1]?.tokens ?? 0);
      const few = this.#blocks.length - from < turns / 3;
      if (kept > 0 && next > keptShare * (few ? mostTokens : tokens)) break;
      kept = next;
      from -= 1;
    }
    return from;
  }

  #setOpeningApart(): void {
    const first = this.#blocks[0];
    if (this.#opening || this.#left.turns > 0) return;
    if (first === undefined || first.tokens > this.#limits.tokens * openingShare) return;
    this.#opening = first;
    this.#blocks = this.#blocks.slice(1);
  }
}

/** As many of the latest as there is room for. */
function latest(summaries: readonly (string | undefined)[]): readonly string[] {
  const shown: string[] = [];
  let tokens = 0;
  for (const text of summaries.toReversed()) {
    if (text === undefined || shown.includes(text)) continue;
    tokens += estimateTokens(text);
    if (shown.length > 0 && tokens > summaryTokens) break;
    shown.unshift(text);
  }
  return shown;
}

function counted(block: Block): CountedBlock {
  return { ...block, tokens: block.messages.reduce((sum, message) => sum + messageTokens(message), 0) };
}
