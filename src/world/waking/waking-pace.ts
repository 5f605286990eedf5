import type { EventBody, JournalEvent, Listener } from "../../kernel/contracts/events.ts";
import type { ActOptions, Actor, Stimulus } from "../../kernel/contracts/person.ts";
import { writeMoment } from "../../kernel/time/moment.ts";
import type { Clock } from "../../kernel/values/clock.ts";
import type { PersonId, WorldId } from "../../kernel/values/ids.ts";
import { checkCount } from "../check-number.ts";
import type { Post } from "../delivery/post.ts";
import type { Roster } from "../delivery/roster.ts";
import type { Attention } from "../schedule/attention.ts";
import { after, type Duration, hold, present } from "../time/calendar.ts";
import type { Pace } from "../time/pace.ts";
import { Reminders } from "./reminders.ts";
import type { Wake } from "./wake.ts";

/** What a waking run needs of its world. */
export interface WakingParts<P extends Actor> {
  readonly id: WorldId;
  readonly name: string;
  readonly clock: Clock;
  readonly watch: Listener;
  readonly roster: Roster<P>;
  readonly attention: Attention<P>;
  readonly post: Post<P>;
  tell(person: P, stimulus: Stimulus, addressed: boolean): void;
  readonly record: <B extends EventBody>(body: B) => JournalEvent<B>;
}

/** How people are woken, and until when. */
export interface WakingPlan {
  readonly wake: Wake;
  readonly end: Date;
  readonly every: Duration | number | undefined;
}

interface Next {
  readonly at: Date;
  /** Something begins; otherwise those who are awake go on. */
  readonly begins: boolean;
}

/** Goes from one moment at which somebody has something to do to the next. */
export class WakingPace<P extends Actor> implements Pace<P> {
  readonly end = "until";
  readonly movesTime = true;
  readonly #parts: WakingParts<P>;
  readonly #plan: WakingPlan;
  readonly #reminders: Reminders<P>;
  readonly #taken: { giveBack(): void };
  readonly #exchanges: number;
  readonly #lastAwake = new Map<PersonId, Date>();
  readonly #start: Date;
  #left: number;
  #isFirst = true;
  #peeked: Next | undefined;

  /** OPTION_INVALID without a calendar, and as reminders; TARGET_UNKNOWN for routines of nobody here. */
  constructor(parts: WakingParts<P>, plan: WakingPlan, world: object) {
    this.#parts = parts;
    this.#plan = plan;
    this.#exchanges = plan.wake.exchanges ?? 3;
    checkCount(this.#exchanges, "exchanges");
    this.#left = this.#exchanges;
    this.#start = present(parts.clock);
    this.#reminders = new Reminders(plan.wake, parts.roster, { since: this.#start, zone: parts.clock.zone });
    this.#taken = hold(parts.clock, world);
  }

  goesOn(played: number, open: boolean): boolean {
    if (open) return true;
    this.#peeked = this.#next();
    if (this.#peeked !== undefined) return true;
    if (played === 0 && !this.#anythingWakes) this.#warn();
    this.#skipTo(this.#plan.end);
    return false;
  }

  advance(): void {
    const { clock, tell } = this.#parts;
    const next = this.#next() ?? (this.#peeked as Next);
    this.#left = next.begins ? this.#exchanges : this.#left - 1;
    this.#isFirst = false;
    if (next.begins) this.#skipTo(next.at);
    else clock.set(next.at);
    for (const { person, text } of this.#reminders.take(next.at)) {
      tell(person, { type: "THOUGHT", content: text, source: person.name }, true);
    }
  }

  /** Has somebody who slept long enough say what they did meanwhile. */
  async meanwhile(person: P, call: Pick<ActOptions, "step" | "label" | "signal">): Promise<void> {
    const { clock } = this.#parts;
    const { summaries = false } = this.#plan.wake;
    const [since, now] = [this.#lastAwake.get(person.id) ?? this.#start, present(clock)];
    const least = typeof summaries === "object" ? summaries : { days: 1 };
    if (summaries !== false && after(since, least, { zone: clock.zone }) <= now) {
      const [from, to] = [since, now].map((moment) => writeMoment(moment, clock.zone)) as [string, string];
      await person.liveThrough?.({ from, to }, call);
    }
    this.#lastAwake.set(person.id, now);
  }

  [Symbol.dispose](): void {
    this.#taken.giveBack();
  }

  #next(): Next | undefined {
    const { clock, attention, post } = this.#parts;
    const now = present(clock);
    const isAwake = attention.news.size > 0 || attention.awaitsSteps || post.awaitsSteps;
    const { every = { minutes: 5 }, end } = this.#plan;
    const pause = typeof every === "number" ? { milliseconds: every } : every;
    const moments: Next[] = [this.#reminders.next, attention.next, post.next].flatMap((at) =>
      at === undefined ? [] : [{ at: at < now ? now : at, begins: true }],
    );
    if (isAwake && this.#isFirst) moments.push({ at: now, begins: true });
    else if (isAwake && this.#left > 0) moments.push({ at: after(now, pause, { zone: clock.zone }), begins: false });
    const [first] = moments.toSorted((one, other) => one.at.getTime() - other.at.getTime());
    return first !== undefined && first.at <= end ? first : undefined;
  }

  get #anythingWakes(): boolean {
    const { attention, post } = this.#parts;
    return [this.#reminders.next, attention.next, post.next].some((at) => at !== undefined);
  }

  #warn(): void {
    const { name, watch } = this.#parts;
    const ways = "a routine, an appointment, or something said before the run";
    watch({ type: "warning", message: `${name}: there is nothing that wakes anybody (${ways}): nobody acted.` });
  }

  #skipTo(moment: Date): void {
    const { clock, id, record } = this.#parts;
    const now = present(clock);
    if (now >= moment) return;
    const [from, to] = [now, moment].map((one) => writeMoment(one, clock.zone)) as [string, string];
    record({ type: "time-skipped", world: id, from, to });
    clock.set(moment);
  }
}
