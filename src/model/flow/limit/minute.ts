const minuteMs = 60_000;
/** Amounts of one slot are counted together, and until the last of them is a minute old. */
const slotMs = 100;

interface Slot {
  readonly until: number;
  amount: number;
}

/** An amount that was taken; it may turn out to have been another. */
export interface Taken {
  settle(actual: number): void;
}

/** A sliding window: of what is counted here, never more than the limit in any 60 seconds. */
export class Minute {
  readonly limit: number;
  #slots: Slot[] = [];
  #used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The first moment at which so much more fits; what is more than the limit fits into an empty minute. */
  opensAt(now: number, amount: number): number {
    this.#forget(now);
    let over = this.#used + Math.min(amount, this.limit) - this.limit;
    if (over <= 0) return now;
    for (const { until, amount: freed } of this.#slots) {
      over -= freed;
      if (over <= 0) return until;
    }
    return now;
  }

  take(now: number, amount: number): Taken {
    this.#forget(now);
    const until = (Math.floor(now / slotMs) + 1) * slotMs + minuteMs;
    const last = this.#slots.at(-1);
    const slot = last?.until === until ? last : { until, amount: 0 };
    if (slot !== last) this.#slots.push(slot);
    this.#add(slot, amount);
    return { settle: (actual) => this.#add(slot, actual - amount) };
  }

  #add(slot: Slot, amount: number): void {
    slot.amount += amount;
    const [oldest] = this.#slots;
    if (oldest !== undefined && slot.until >= oldest.until) this.#used += amount;
  }

  #forget(now: number): void {
    const kept = this.#slots.findIndex(({ until }) => until > now);
    const gone = this.#slots.splice(0, kept === -1 ? this.#slots.length : kept);
    for (const { amount } of gone) this.#used -= amount;
  }
}
