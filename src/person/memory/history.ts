import type { Message } from "../../kernel/contracts/model.ts";
import { enclose } from "../prompt/delimit.ts";
import { type LeftOut, leaveOut, leftOutText, nothingLeftOut, type Past } from "./digest.ts";
import { messageTokens } from "./token-estimate.ts";

/** One turn as it stands in the history: what was presented, what was answered. */
export interface Block extends Past {
  readonly messages: readonly Message[];
}

interface CountedBlock extends Block {
  readonly tokens: number;
}

/** What stays of a full history once it is shortened: the rest of the budget is room to grow before the next cut. */
const keptShare = 0.3;
/** The first turn (who asked for what) stays as it is when it takes no more than this share. */
const openingShare = 0.2;

/**
 * The past as messages for the prompt. Messages are only added at the end, and the same objects are handed out again,
 * until the budget is full; then the oldest whole turns give way to one note, and all stays as it is until the next time.
 */
export class History {
  readonly #budget: number;
  #opening: CountedBlock | undefined;
  #note: Message | undefined;
  #left: LeftOut = nothingLeftOut;
  #blocks: CountedBlock[] = [];
  #messages: readonly Message[] = [];
  #lastTime: string | undefined;

  /** A history of at most about `budget` tokens; one turn that is larger is still kept whole. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** All of it, oldest first. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** What the note stands for. */
  get leftOut(): LeftOut {
    return this.#left;
  }

  /** The simulated time that the history told last. */
  get lastTime(): string | undefined {
    return this.#lastTime;
  }

  append(block: Block): void {
    this.#lastTime = block.perceived.at(-1)?.time ?? this.#lastTime;
    const counted = { ...block, tokens: block.messages.reduce((sum, message) => sum + messageTokens(message), 0) };
    this.#blocks.push(counted);
    this.#messages = [...this.#messages, ...block.messages];
    if (this.#tokens() > this.#budget && this.#blocks.length > 1) this.#shorten();
  }

  #tokens(): number {
    const note = this.#note === undefined ? 0 : messageTokens(this.#note);
    return this.#blocks.reduce((sum, block) => sum + block.tokens, (this.#opening?.tokens ?? 0) + note);
  }

  #shorten(): void {
    this.#setOpeningApart();
    let kept = 0;
    let from = this.#blocks.length;
    while (from > 0) {
      const next = this.#blocks[from - 1]?.tokens ?? 0;
      if (kept > 0 && kept + next > this.#budget * keptShare) break;
      kept += next;
      from -= 1;
    }
    const dropped = this.#blocks.slice(0, from);
    if (dropped.length === 0) return;
    this.#left = leaveOut(this.#left, dropped);
    this.#note = { role: "user", content: enclose("earlier", leftOutText(this.#left)) };
    this.#blocks = this.#blocks.slice(from);
    this.#messages = [
      ...(this.#opening?.messages ?? []),
      this.#note,
      ...this.#blocks.flatMap((block) => block.messages),
    ];
  }

  #setOpeningApart(): void {
    const first = this.#blocks[0];
    if (this.#opening || this.#left.turns > 0) return;
    if (first === undefined || first.tokens > this.#budget * openingShare) return;
    this.#opening = first;
    this.#blocks = this.#blocks.slice(1);
  }
}
