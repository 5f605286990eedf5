import type { Message } from "../../kernel/contracts/model.ts";
import { type LeftOut, leaveOut, nothingLeftOut, type Past } from "./digest.ts";
import { messageTokens } from "./token-estimate.ts";

/** One turn as it stands in the history: what was presented, what was answered. */
export interface Block extends Past {
  readonly messages: readonly Message[];
}

interface CountedBlock extends Block {
  readonly tokens: number;
}

/** How much of the past a prompt may hold. Tokens are estimates. */
export interface HistoryLimits {
  /** From here on the oldest turns are left out … */
  readonly tokens: number;
  /** … as long as more turns than this stand; turns in which much was heard must not push out the last few. */
  readonly turns: number;
  /** Never more than this, but for one turn that is larger by itself. */
  readonly mostTokens: number;
}

/** What stays once a history is shortened: the rest of the room is there to grow before the next cut. */
const keptShare = 0.4;
/** The first turn (who asked for what) stays as it is when it takes no more than this share. */
const openingShare = 0.2;

/**
 * The past as messages for the prompt. Messages are only added at the end, and the same objects are handed out again,
 * until the room is full; then the oldest whole turns give way to a note on them, and all stays as it is until the next time.
 */
export class History {
  readonly #limits: HistoryLimits;
  readonly #noteOn: (left: LeftOut) => Message | undefined;
  #opening: CountedBlock | undefined;
  #note: Message | undefined;
  #left: LeftOut = nothingLeftOut;
  #blocks: CountedBlock[] = [];
  #messages: Message[] = [];
  #tokens = 0;
  #lastTime: string | undefined;

  constructor(limits: HistoryLimits, noteOn: (left: LeftOut) => Message | undefined) {
    this.#limits = limits;
    this.#noteOn = noteOn;
  }

  /** All of it, oldest first; the list itself grows, and is replaced when the history is shortened. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** The simulated time that the history told last. */
  get lastTime(): string | undefined {
    return this.#lastTime;
  }

  append(block: Block): void {
    this.#lastTime = block.perceived.at(-1)?.time ?? this.#lastTime;
    const counted = { ...block, tokens: block.messages.reduce((sum, message) => sum + messageTokens(message), 0) };
    this.#blocks.push(counted);
    this.#messages.push(...block.messages);
    this.#tokens += counted.tokens;
    if (this.#isFull()) this.#shorten();
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
    this.#left = leaveOut(this.#left, dropped);
    this.#note = this.#noteOn(this.#left);
    this.#blocks = this.#blocks.slice(from);
    this.#messages = [
      ...(this.#opening?.messages ?? []),
      ...(this.#note === undefined ? [] : [this.#note]),
      ...this.#blocks.flatMap((block) => block.messages),
    ];
    const note = this.#note === undefined ? 0 : messageTokens(this.#note);
    this.#tokens = this.#blocks.reduce((sum, block) => sum + block.tokens, (this.#opening?.tokens ?? 0) + note);
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
