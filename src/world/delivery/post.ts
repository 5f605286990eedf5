import type { Journal } from "../../kernel/contracts/journal.ts";
import type { Actor, Stimulus } from "../../kernel/contracts/person.ts";
import type { Hearers } from "../../kernel/contracts/world/events.ts";
import { writeMoment } from "../../kernel/time/moment.ts";
import type { WorldId } from "../../kernel/values/ids.ts";
import type { Random } from "../../kernel/values/random.ts";
import { Agenda, type When } from "../time/agenda.ts";
import { lostText } from "./feedback.ts";
import type { DeliveryPolicy, Parcel, Transit } from "./policies/policy.ts";
import type { Roster } from "./roster.ts";

export interface PostParts<P extends Actor> {
  readonly id: WorldId;
  readonly roster: Roster<P>;
  readonly policy: DeliveryPolicy;
  readonly random: Random;
  readonly now: () => Pick<Parcel, "step" | "time" | "zone">;
  tell(person: P, stimulus: Stimulus, addressed: boolean): void;
  readonly record: Journal["record"];
}

/** Words for somebody. */
export interface Words<P> {
  readonly from: P;
  readonly content: string;
  /** `<turn event>.<index of the action>` */
  readonly reference: string;
  /** They are for those who hear them, and not for whoever is here. */
  readonly addressed: boolean;
  /** Whom they are meant for, where others hear them, too. */
  readonly meant?: readonly P[];
}

/** Words that wait, and who is to hear them. */
interface UnderWay<P> {
  readonly words: Words<P>;
  readonly hearers: readonly P[];
}

/** Carries words to those who are to hear them, each once, when the policy says so. One stimulus is shared by all. */
export class Post<P extends Actor> {
  readonly #parts: PostParts<P>;
  readonly #underWay = new Agenda<UnderWay<P>>();

  constructor(parts: PostParts<P>) {
    this.#parts = parts;
  }

  /** Words wait for a step. */
  get awaitsSteps(): boolean {
    return this.#underWay.awaitsSteps;
  }

  /** When words arrive next. */
  get next(): Date | undefined {
    return this.#underWay.next;
  }

  /** Words wait for a moment. */
  get awaitsTime(): boolean {
    return this.#underWay.awaitsTime;
  }

  /** Sends words to these people, who are `to` where all hear them at once. */
  send(words: Words<P>, hearers: readonly P[], to: Hearers): void {
    const ways = this.#sorted(words, hearers);
    const atOnce = ways.get("now")?.hearers ?? [];
    if (atOnce.length === hearers.length) {
      this.#arrive(words, hearers, to);
      return;
    }
    for (const { arrival, hearers: some } of ways.values()) {
      if (arrival === "now") this.#arrive(words, some, some.map(idOf));
      else if ("lost" in arrival) this.#lose(words, some, arrival.told === true);
      else this.#keep(words, some, arrival);
    }
  }

  /** Brings what is due before a step. Words to somebody who has left come back to nobody, and are on record. */
  bring(): void {
    const { roster, id, record, now } = this.#parts;
    const { step, time } = now();
    for (const { words, hearers } of this.#underWay.take(step, time)) {
      const here = hearers.filter((person) => roster.get(person.id) === person);
      if (here.length > 0) this.#arrive(words, here, here.map(idOf));
      if (here.length === hearers.length) continue;
      for (const { name: target } of hearers.filter((person) => roster.get(person.id) !== person)) {
        const what = { from: words.from.id, target, action: words.reference };
        record({ type: "undelivered", world: id, ...what, reason: "left" });
      }
    }
  }

  /** Those who hear it at the same time together, in their order. */
  #sorted(words: Words<P>, hearers: readonly P[]): ReadonlyMap<string, { arrival: Transit; hearers: P[] }> {
    const ways = new Map<string, { arrival: Transit; hearers: P[] }>();
    for (const hearer of hearers) {
      const arrival = this.#parts.policy.arrival(this.#parcel(words, hearer));
      const key = keyOf(arrival);
      const others = ways.get(key);
      if (others === undefined) ways.set(key, { arrival, hearers: [hearer] });
      else others.hearers.push(hearer);
    }
    return ways;
  }

  #parcel({ from, reference, content }: Words<P>, hearer: P) {
    const { random, now } = this.#parts;
    return {
      ...{ from: from.id, to: hearer.id, action: reference, content, ...now() },
      get random(): Random {
        return random.fork(`post:${reference}`).fork(hearer.id);
      },
    };
  }

  #arrive({ from, content, reference, addressed, meant }: Words<P>, hearers: readonly P[], to: Hearers): void {
    const { id, record, tell } = this.#parts;
    const whom = meant === undefined ? {} : { meant: meant.map(idOf) };
    const event = record({ type: "delivered", world: id, from: from.id, to, action: reference, ...whom });
    const stimulus: Stimulus = { type: "CONVERSATION", content, source: from.name, via: event.id };
    for (const hearer of hearers) tell(hearer, stimulus, addressed && meant?.includes(hearer) !== false);
  }

  #keep(words: Words<P>, hearers: readonly P[], when: When): void {
    const { id, record, now } = this.#parts;
    const { step, zone } = now();
    const due = "at" in when ? writeMoment(when.at, zone) : step + Math.max(1, when.inSteps);
    const what = { from: words.from.id, to: hearers.map(idOf), action: words.reference };
    record({ type: "sent", world: id, ...what, due });
    this.#underWay.add({ words, hearers }, when, step);
  }

  #lose({ from, reference }: Words<P>, hearers: readonly P[], told: boolean): void {
    const { id, record, tell } = this.#parts;
    const event = record({ type: "lost", world: id, from: from.id, to: hearers.map(idOf), action: reference });
    const content = lostText(hearers.map((person) => person.name));
    if (told) tell(from, { type: "FEEDBACK", content, via: event.id }, true);
  }
}

const idOf = (person: Actor) => person.id;

function keyOf(arrival: Transit): string {
  if (arrival === "now") return arrival;
  if ("lost" in arrival) return `lost ${arrival.told === true}`;
  return "at" in arrival ? arrival.at.toISOString() : String(Math.max(1, arrival.inSteps));
}
