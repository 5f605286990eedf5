import type { Actor } from "../../kernel/contracts/person.ts";
import type { Zone } from "../../kernel/time/zone.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { Roster } from "../delivery/roster.ts";
import { Agenda } from "../time/agenda.ts";
import { type Appointment, appointmentText, expectedAt, startOf } from "./appointments.ts";
import { checkedRecurrence, type Recurrence, recurrence, saysTime } from "./routine.ts";
import type { Wake } from "./wake.ts";

/** What comes to somebody's mind when its time has come. */
export interface Reminder<P> {
  readonly person: P;
  readonly text: string;
}

interface Due<P> {
  readonly person: P;
  readonly routine: Recurrence;
}

interface ReminderParts {
  readonly since: Date;
  readonly zone: Zone;
  /** Told of routines of personas that say a time of the day, and on no day that is understood. */
  unclear(routines: readonly { readonly name: string; readonly written: string }[]): void;
}

/** The routines and appointments of a world's people, those of its newcomers from when they come. */
export class Reminders<P extends Actor> {
  readonly #wake: Wake;
  readonly #roster: Roster<P>;
  readonly #zone: Zone;
  readonly #unclear: ReminderParts["unclear"];
  readonly #routines = new Agenda<Due<P>>();
  readonly #enrolled = new Set<PersonId>();
  #list: readonly P[] = [];
  #since: Date;

  /** OPTION_INVALID for routines that say no day or no time, TARGET_UNKNOWN for routines of nobody here. */
  constructor(wake: Wake, roster: Roster<P>, { since, zone, unclear }: ReminderParts) {
    this.#wake = wake;
    this.#roster = roster;
    this.#zone = zone;
    this.#unclear = unclear;
    this.#since = since;
    for (const appointment of this.#appointments) startOf(appointment, zone);
    for (const [name, routines] of Object.entries(wake.routines ?? {})) {
      const person = roster.one(name);
      for (const routine of [routines].flat()) this.#put({ person, routine: checkedRecurrence(routine) });
    }
  }

  /** When the next is due. */
  get next(): Date | undefined {
    this.#enrol();
    const starts = this.#appointments
      .map((one) => startOf(one, this.#zone))
      .filter((start) => start > this.#since.getTime());
    const moments = [...starts, ...(this.#routines.next === undefined ? [] : [this.#routines.next.getTime()])];
    return moments.length === 0 ? undefined : new Date(moments.reduce((one, other) => Math.min(one, other)));
  }

  /** Takes those that are due, routines first. */
  take(now: Date): readonly Reminder<P>[] {
    this.#enrol();
    const due = this.#routines.take(0, now).filter(({ person }) => this.#roster.get(person.id) === person);
    const planned = this.#appointments.filter((one) => {
      const start = startOf(one, this.#zone);
      return start > this.#since.getTime() && start <= now.getTime();
    });
    this.#since = now;
    for (const one of due) this.#put(one);
    return [
      ...due.map(({ person, routine }) => ({ person, text: `It is time: ${routine.what}.` })),
      ...planned.flatMap((one) => this.#expected(one).map((person) => ({ person, text: appointmentText(one) }))),
    ];
  }

  get #appointments(): readonly Appointment[] {
    const { appointments = [] } = this.#wake;
    return "events" in appointments ? appointments.events : appointments;
  }

  #expected(appointment: Appointment): readonly P[] {
    const found = expectedAt(appointment).flatMap((name) => {
      const called = this.#roster.find(name);
      return called.length === 1 ? called : [];
    });
    return [...new Set(found)];
  }

  /** What a persona says of routines in prose, without a day and a time, wakes nobody. */
  #enrol(): void {
    if (this.#list === this.#roster.list) return;
    this.#list = this.#roster.list;
    const unclear: { readonly name: string; readonly written: string }[] = [];
    for (const person of this.#list) {
      if (this.#enrolled.has(person.id)) continue;
      this.#enrolled.add(person.id);
      for (const written of person.routines ?? []) {
        const routine = recurrence(written);
        if (routine !== undefined) this.#put({ person, routine });
        else if (saysTime(written)) unclear.push({ name: person.name, written });
      }
    }
    if (unclear.length > 0) this.#unclear(unclear);
  }

  #put(due: Due<P>): void {
    this.#routines.add(due, { at: due.routine.next(this.#since, this.#zone) }, 0);
  }
}
