import { withArticle } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { checkCount } from "../check-number.ts";

/** When something is due: before so many steps from here, or once a moment of simulated time has come. */
export type When = { readonly inSteps: number } | { readonly at: Date };

/** A number of steps, or a moment that there is. */
function checkWhen(when: unknown): void {
  const { inSteps, at } = Object(when);
  if (typeof inSteps === "number") checkCount(inSteps, "steps");
  else if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw noTime(when);
}

function noTime(when: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `Nothing can wait for ${withArticle(when)}.`, {
    data: { option: "when" },
    hint: "Say in how many steps, or at which moment, as in { inSteps: 2 } or { at: new Date('2030-02-01T09:00Z') }.",
  });
}

interface Timed<T> {
  readonly at: number;
  readonly item: T;
}

/** Things that wait for a step or a moment. Looking for what is due costs nothing while nothing is. */
export class Agenda<T> {
  readonly #bySteps = new Map<number, T[]>();
  /** By their moment; of equals the one that was put down first. */
  #byTime: Timed<T>[] = [];

  /** Something waits for a step that will come. */
  get awaitsSteps(): boolean {
    return this.#bySteps.size > 0;
  }

  /** The first moment that something waits for. */
  get next(): Date | undefined {
    const [first] = this.#byTime;
    return first && new Date(first.at);
  }

  /** Something waits for a moment. */
  get awaitsTime(): boolean {
    return this.#byTime.length > 0;
  }

  /** OPTION_INVALID for what is no time. */
  add(item: T, when: When, step: number): void {
    checkWhen(when);
    if ("inSteps" in when) {
      const due = step + Math.max(1, when.inSteps);
      const others = this.#bySteps.get(due);
      if (others === undefined) this.#bySteps.set(due, [item]);
      else others.push(item);
      return;
    }
    const at = when.at.getTime();
    this.#byTime.splice(this.#placeOf(at), 0, { at, item });
  }

  /** Takes what is due before this step, at this time: by its moment first, then in the order of putting it down. */
  take(step: number, now: Date | undefined): T[] {
    const due = now === undefined ? 0 : this.#placeOf(now.getTime());
    const timed = this.#byTime.slice(0, due);
    if (due > 0) this.#byTime = this.#byTime.slice(due);
    const stepped = this.#bySteps.get(step) ?? [];
    this.#bySteps.delete(step);
    return [...timed.map((one) => one.item), ...stepped];
  }

  /** After all that are due at this moment or before. */
  #placeOf(at: number): number {
    let [low, high] = [0, this.#byTime.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#byTime[middle] as Timed<T>).at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
