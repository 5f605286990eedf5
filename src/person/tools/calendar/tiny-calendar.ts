import { z } from "zod";
import type { ArtifactSink } from "../../../document/write/artifacts.ts";
import type { Context } from "../../../kernel/contracts/context.ts";
import type { ActionKind, ActorView } from "../../../kernel/contracts/faculty.ts";
import type { Artefact, Outcome } from "../../../kernel/contracts/person.ts";
import { utc, type Zone } from "../../../kernel/time/zone.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { defineAction } from "../../actions/define-action.ts";
import { SharedState } from "../shared-state.ts";
import type { TinyTool } from "../tiny-tool.ts";
import {
  type CalendarChange,
  type CalendarEvent,
  changed,
  collisions,
  type Entries,
  eventsWithin,
  spanOf,
} from "./events.ts";
import { freeTime } from "./free-time.ts";
import { asICalendar } from "./icalendar.ts";
import { day, dayOrMoment, momentOf, type Span, spanText } from "./moments.ts";
import { answered, cancelled, eventOf, moved, type Plan, type Planner, planned } from "./planning.ts";
import { listed, notices } from "./wording.ts";

/** How a calendar is set up. */
export interface CalendarOptions {
  /** Who may use it, by name. Default: whoever has it. */
  readonly owner?: string;
  /** The hours of a day in which free time is looked for. Default: from 8 until 18. */
  readonly hours?: readonly [number, number];
  /** What stands in it from the beginning. */
  readonly events?: readonly FixedEvent[];
}

/** An entry that stands in a calendar from the beginning: all who attend have accepted. */
export interface FixedEvent {
  readonly title: string;
  /** Simulated time, as in `2030-01-31 09:00`. */
  readonly start: string;
  readonly end: string;
  readonly organizer: string;
  readonly place?: string;
  readonly attendees?: readonly string[];
  readonly description?: string;
}

const isTime = (text: string): boolean => momentOf(text) !== undefined;
const Time = z.string().refine(isTime, "has to be a time of a day that there is, as in 2030-01-31 09:00");
const Until = z
  .string()
  .refine((text) => dayOrMoment(text) !== undefined, "has to be a date or a time, as in 2030-01-31");
const Id = z.string().max(200);
const Range = { from: Until.optional(), to: Until.optional() };

const Created = z.object({
  title: z.string().min(1).max(200),
  start: Time,
  end: Time.optional(),
  place: z.string().max(200).optional(),
  attendees: z.array(z.string().max(200)).max(50).optional(),
  description: z.string().max(2_000).optional(),
});
const Moved = z.object({ event: Id, start: Time, end: Time.optional() });
const Cancelled = z.object({ event: Id });
const Answered = z.object({ event: Id, answer: z.enum(["accept", "decline"]) });
const Listed = z.object(Range);
const FreeTime = z.object({
  minutes: z.number().int().min(1).max(1_440),
  ...Range,
  people: z.array(z.string().max(200)).max(50).optional(),
});
/** More of them than this is not read to a person. */
const shown = { events: 20, free: 8, days: 366 };

/**
 * A calendar that people share: they plan events, invite each other, accept and decline, move, cancel, list, and look
 * for free time. In a world everybody acts on what stood in it when the step began; invitations reach those in reach.
 * @example
 * const calendar = new TinyCalendar({ hours: [9, 17] });
 * const lisa = await simulation.person("lisa", { faculties: [toolUse([calendar])] });
 * calendar.events; // => []
 */
export class TinyCalendar implements TinyTool {
  readonly name = "calendar";
  readonly actions: readonly ActionKind[];
  readonly owner?: string;
  readonly #hours: readonly [number, number];
  readonly #book: SharedState<Entries, CalendarChange>;

  /** Throws OPTION_INVALID for events whose times are none, and for hours that are none. */
  constructor({ owner, hours = [8, 18], events = [] }: CalendarOptions = {}) {
    if (owner !== undefined) this.owner = owner;
    if (!(hours[0] >= 0 && hours[0] < hours[1] && hours[1] <= 24)) throw invalid("hours", hours);
    this.#hours = hours;
    const entries = events.map(fixedEvent);
    this.#book = new SharedState(new Map(entries.map((event) => [event.id, event])), changed);
    this.actions = [...this.#changes(), ...this.#questions()];
  }

  /** All that is planned, in the order of time, without what was cancelled. */
  get events(): readonly CalendarEvent[] {
    return eventsWithin(this.#book.settled, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
  }

  /** Writes it as an iCalendar file, with what was cancelled as such. Throws PACKAGE_MISSING, FILE_UNWRITABLE. */
  async export(exporter: ArtifactSink, name = "calendar"): Promise<Artefact> {
    const content = await asICalendar(name, [...this.#book.settled.values()]);
    return exporter.export({ name, kind: "calendars", content }, "ics");
  }

  #changes(): readonly ActionKind[] {
    const start = "`start` and `end` as in 2030-01-31 09:00";
    return [
      this.#change({
        type: "CREATE_EVENT",
        description: `plan an event in the calendar: \`title\`, ${start}, \`place\`, \`attendees\` (full names) who are invited, \`description\``,
        args: Created,
        plan: planned,
      }),
      this.#change({
        type: "ANSWER_INVITATION",
        description: "`accept` or `decline` an `event` of the calendar, by its id",
        args: Answered,
        plan: answered,
      }),
      this.#change({
        type: "MOVE_EVENT",
        description: "move an `event` of yours, by its id, to another `start` and `end`",
        args: Moved,
        plan: moved,
      }),
      this.#change({
        type: "CANCEL_EVENT",
        description: "cancel an `event` of yours, by its id",
        args: Cancelled,
        plan: cancelled,
      }),
    ];
  }

  #change<Args extends z.ZodObject>({ plan, ...kind }: Change<Args>): ActionKind {
    return defineAction({
      ...kind,
      kind: "effect",
      // The calendar lives in this process: it follows from the story, whenever that is told.
      effect: {
        repeat: "always",
        settle: (args, who) => {
          const settled = this.#book.settle(who.id, args);
          return settled === undefined ? [] : notices(settled);
        },
      },
      run: async (args, who, context) => this.#stage(plan(args, this.#planner(who, context)), args, who),
    });
  }

  #planner(who: ActorView, { clock }: Context): Planner {
    return { who, entries: this.#book.seenBy(who.id), now: clock.now(), zone: clock.zone };
  }

  #stage(plan: Plan, args: unknown, who: ActorView): Outcome {
    if ("refused" in plan) return plan.refused;
    this.#book.stage(who.id, args, plan.change);
    return { text: plan.text };
  }

  #questions(): readonly ActionKind[] {
    return [
      defineAction({
        type: "LIST_EVENTS",
        kind: "query",
        description: "read what the calendar has `from` a day until and with the day `to`; the next seven days without",
        args: Listed,
        run: async (range, who, context) => this.#list(rangeOf(range, context), who, context),
      }),
      defineAction({
        type: "FIND_FREE_TIME",
        kind: "query",
        description:
          "look when you and these `people` are free for so many `minutes`, `from` a day until and with `to`",
        args: FreeTime,
        run: async (wanted, who, context) =>
          this.#free(wanted, { range: comingIn(rangeOf(wanted, context), context), who, zone: context.clock.zone }),
      }),
    ];
  }

  #list(range: Span | Outcome, who: ActorView, { clock }: Context): Outcome {
    if ("text" in range) return range;
    const events = eventsWithin(this.#book.seenBy(who.id), range);
    if (events.length === 0) return { text: `The calendar has nothing for ${spanText(range, clock.zone)}.` };
    const rest = events.length > shown.events ? [`and ${events.length - shown.events} more`] : [];
    return { text: [...events.slice(0, shown.events).map(listed), ...rest].join("\n") };
  }

  #free({ minutes, people = [] }: z.infer<typeof FreeTime>, { range, who, zone }: Looking): Outcome {
    if ("text" in range) return range;
    const entries = this.#book.seenBy(who.id);
    const busy = [who.name, ...people].flatMap((name) => collisions(entries, name, range).map(spanOf));
    const free = freeTime({ busy, within: range, least: minutes * 60_000, hours: this.#hours, zone });
    if (free.length === 0) return { text: `Nothing is free for ${minutes} minutes in ${spanText(range, zone)}.` };
    return {
      text: `Free: ${free
        .slice(0, shown.free)
        .map((span) => spanText(span, zone))
        .join("; ")}`,
    };
  }
}

/** Where somebody looks for free time, and by whose clocks. */
interface Looking {
  readonly range: Span | Outcome;
  readonly who: ActorView;
  readonly zone: Zone;
}

interface Change<Args extends z.ZodObject> {
  readonly type: string;
  readonly description: string;
  readonly args: Args;
  plan(args: z.infer<Args>, planner: Planner): Plan;
}

/** From a day until and with another; from now on and for seven days unless it is said otherwise. */
function rangeOf(range: { from?: string | undefined; to?: string | undefined }, { clock }: Context): Span | Outcome {
  const from = range.from === undefined ? clock.now()?.getTime() : dayOrMoment(range.from, clock.zone)?.from;
  if (from === undefined) return wrongRange("from", "Nobody knows what day it is: say `from` which.");
  const to = range.to === undefined ? from + 7 * day : dayOrMoment(range.to, clock.zone)?.to;
  if (to === undefined || to <= from) return wrongRange("to", "It has to end after it begins.");
  if (to - from > shown.days * day) return wrongRange("to", `At most ${shown.days} days can be looked at.`);
  return { from, to };
}

/** What of a time is still to come. */
function comingIn(range: Span | Outcome, { clock }: Context): Span | Outcome {
  const now = clock.now()?.getTime();
  if ("text" in range || now === undefined || range.from >= now) return range;
  return range.to <= now ? wrongRange("to", "That time is over.") : { ...range, from: now };
}

function wrongRange(path: string, message: string): Outcome {
  return { text: message, failed: { code: "RANGE_INVALID", issues: [{ path, message }] } };
}

function fixedEvent(written: FixedEvent, index: number): CalendarEvent {
  const [from, to] = [momentOf(written.start), momentOf(written.end)];
  if (from === undefined || to === undefined || to <= from) throw invalid(`events[${index}]`, written);
  const event = eventOf(written, { id: `fixed.${index + 1}`, organizer: written.organizer, from, to, zone: utc });
  return { ...event, attendees: event.attendees.map(({ name }) => ({ name, answer: "accepted" })) };
}

function invalid(option: string, value: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A calendar cannot have such ${option}.`, {
    data: { option, value },
    hint: "Times are written as in 2030-01-31 09:00 and end after they start; hours are from 0 to 24.",
  });
}
