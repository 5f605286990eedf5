import type { Context } from "../../kernel/contracts/context.ts";
import type { ActOptions, Actor } from "../../kernel/contracts/person.ts";
import { writeMoment } from "../../kernel/time/moment.ts";
import type { Clock } from "../../kernel/values/clock.ts";
import type { PersonId, WorldId } from "../../kernel/values/ids.ts";
import { checkCount } from "../check-number.ts";
import type { Society } from "../society.ts";
import { after, type Duration, hold, present } from "../time/calendar.ts";
import type { End, Pace } from "../time/pace.ts";
import { Reminders } from "./reminders.ts";
import type { Wake } from "./wake.ts";

/** A world whose people are woken. */
export interface WakingWorld {
  readonly id: WorldId;
  readonly name: string;
  readonly context: Pick<Context, "clock" | "watch">;
}

/** How people are woken, and until when. */
export interface WakingPlan {
  readonly wake: Wake;
  readonly end: End;
  readonly every: Duration | number | undefined;
}

interface Next {
  readonly at: Date;
  /** Something begins; otherwise those who are awake go on. */
  readonly begins: boolean;
}

const nothingWakes =
  "there is nothing that wakes anybody (a routine, an appointment, or something said before the run): nobody acted.";

/** Goes from one moment at which somebody has something to do to the next. */
export class WakingPace<P extends Actor> implements Pace<P> {
  readonly movesTime = true;
  readonly #world: WakingWorld;
  readonly #clock: Clock;
  readonly #society: Society<P>;
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
  constructor(world: WakingWorld, society: Society<P>, plan: WakingPlan) {
    this.#world = world;
    this.#clock = world.context.clock;
    this.#society = society;
    this.#plan = plan;
    this.#exchanges = plan.wake.exchanges ?? 3;
    checkCount(this.#exchanges, "exchanges");
    this.#left = this.#exchanges;
    this.#start = present(this.#clock);
    this.#reminders = new Reminders(plan.wake, society.roster, {
      ...{ since: this.#start, zone: this.#clock.zone },
      unclear: ([first, ...others]) => {
        const more = others.length > 0 ? ` (and ${others.length} more)` : "";
        this.#warn(
          `the routine “${first?.written}” of ${first?.name}${more} says no day of the week and wakes nobody. Write it as in: weekdays at 08:00 open the bakery.`,
        );
      },
    });
    this.#taken = hold(this.#clock, world);
  }

  get end(): End["by"] {
    return this.#plan.end.by;
  }

  goesOn(played: number, open: boolean): boolean {
    if (open) return true;
    this.#peeked = this.#next();
    if (this.#peeked !== undefined) return true;
    if (played === 0 && !this.#anythingWakes) this.#warn(nothingWakes);
    this.#skipTo(this.#plan.end.moment);
    return false;
  }

  advance(): void {
    const next = this.#next() ?? (this.#peeked as Next);
    this.#left = next.begins ? this.#exchanges : this.#left - 1;
    this.#isFirst = false;
    if (next.begins) this.#skipTo(next.at);
    else this.#clock.set(next.at);
    for (const { person, text } of this.#reminders.take(next.at)) {
      this.#society.tell(person, { type: "THOUGHT", content: text, source: person.name }, true);
    }
  }

  /** Has somebody who slept long enough say what they did meanwhile. */
  async meanwhile(person: P, call: Pick<ActOptions, "step" | "label" | "signal">): Promise<void> {
    const { zone } = this.#clock;
    const { summaries = false } = this.#plan.wake;
    const [since, now] = [this.#lastAwake.get(person.id) ?? this.#start, present(this.#clock)];
    const least = typeof summaries === "object" ? summaries : { days: 1 };
    if (summaries !== false && after(since, least, { zone }) <= now) {
      const [from, to] = [since, now].map((moment) => writeMoment(moment, zone)) as [string, string];
      await person.liveThrough?.({ from, to }, call);
    }
    this.#lastAwake.set(person.id, now);
  }

  [Symbol.dispose](): void {
    this.#taken.giveBack();
  }

  #next(): Next | undefined {
    const { attention, post } = this.#society;
    const now = present(this.#clock);
    const isAwake = attention.news.size > 0 || attention.awaitsSteps || post.awaitsSteps;
    const { every = { minutes: 5 }, end } = this.#plan;
    const pause = typeof every === "number" ? { milliseconds: every } : every;
    const moments: Next[] = [this.#reminders.next, attention.next, post.next].flatMap((at) =>
      at === undefined ? [] : [{ at: at < now ? now : at, begins: true }],
    );
    if (isAwake && this.#isFirst) moments.push({ at: now, begins: true });
    else if (isAwake && this.#left > 0)
      moments.push({ at: after(now, pause, { zone: this.#clock.zone }), begins: false });
    const [first] = moments.toSorted((one, other) => one.at.getTime() - other.at.getTime());
    return first !== undefined && first.at <= end.moment ? first : undefined;
  }

  get #anythingWakes(): boolean {
    const { attention, post } = this.#society;
    return [this.#reminders.next, attention.next, post.next].some((at) => at !== undefined);
  }

  #warn(what: string): void {
    const { name, context } = this.#world;
    context.watch({ type: "warning", message: `${name}: ${what}` });
  }

  #skipTo(moment: Date): void {
    const now = present(this.#clock);
    if (now >= moment) return;
    const [from, to] = [now, moment].map((one) => writeMoment(one, this.#clock.zone)) as [string, string];
    this.#society.record({ type: "time-skipped", world: this.#world.id, from, to });
    this.#clock.set(moment);
  }
}
