import type { EventBody, Hearers, JournalEvent } from "../../kernel/contracts/events.ts";
import type { Action, Actor, Notice, Stimulus, Turn } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { WorldId } from "../../kernel/values/ids.ts";
import { reaches } from "./access.ts";
import { type Aim, aimOf, type Field, isVague, type Miss, personMeant } from "./aim.ts";
import { feedbackText, socialText, untold } from "./feedback.ts";
import type { Acquaintance } from "./reach.ts";

/**
 * What happens to words whose target means nobody, or several people: the speaker is told (`feedback`), all who can
 * hear the speaker hear them (`broadcast`), nothing (`drop`), or the run throws TARGET_UNKNOWN after the step (`error`).
 */
export type UnknownTarget = "feedback" | "broadcast" | "drop" | "error";

export interface DeliveryParts<P extends Actor> extends Field<P> {
  readonly id: WorldId;
  readonly acquaintance: Acquaintance<P>;
  readonly unknownTarget: UnknownTarget;
  readonly record: <B extends EventBody>(body: B) => JournalEvent<B>;
}

interface Letter<P> {
  readonly from: P;
  readonly action: Action;
  /** `<turn event>.<index of the action>` */
  readonly reference: string;
}

/** Brings what people say to those who hear it. One stimulus is shared by all its hearers. */
export class Delivery<P extends Actor> {
  readonly #parts: DeliveryParts<P>;
  #errors: TinyTroupeError[] = [];

  constructor(parts: DeliveryParts<P>) {
    this.#parts = parts;
  }

  /** Delivers the actions of one turn in their order. Actions other than TALK and REACH_OUT stay with the person. */
  deliver(from: P, turn: Turn): void {
    for (const [index, action] of turn.actions.entries()) {
      const letter = { from, action, reference: `${turn.event}.${index}` };
      if (action.type === "TALK") this.#talk(letter);
      else if (action.type === "REACH_OUT") this.#reachOut(letter);
    }
  }

  /** Tells others, and the person themselves, what came of it; who is out of reach is not told, and the person learns that. */
  tell(from: P, notices: readonly Notice[]): void {
    for (const { to, content } of notices) {
      if (to.includes(from.name)) this.#notify([from], { type: "FEEDBACK", content });
      const aims = to.filter((name) => name !== from.name).map((name) => aimOf(from, name, this.#parts));
      const hearers = new Set(aims.flatMap((aim) => (aim.everyone ? this.#near(from) : aim.people)));
      if (hearers.size > 0) this.#notify([...hearers], { type: "SOCIAL", content, source: from.name });
      const missed = aims.flatMap((aim) => aim.missed.map((miss) => miss.target));
      if (missed.length > 0) this.#notify([from], { type: "FEEDBACK", content: untold(missed) });
    }
  }

  /** The errors of the policy `error` since they were last taken. */
  takeErrors(): readonly TinyTroupeError[] {
    const errors = this.#errors;
    this.#errors = [];
    return errors;
  }

  #notify(hearers: readonly P[], said: Stimulus): void {
    const { id, record } = this.#parts;
    const to = hearers.map((hearer) => hearer.id);
    const { id: via } = record({ type: "broadcast", world: id, stimulus: said, to });
    for (const hearer of hearers) hearer.observe({ ...said, via });
  }

  #talk(letter: Letter<P>): void {
    if ((letter.action.content ?? "").trim() === "") return;
    const aim = aimOf(letter.from, letter.action.target ?? "", this.#parts);
    const lost = aim.missed.some(isVague) && this.#parts.unknownTarget === "broadcast";
    if (aim.everyone || lost) {
      this.#toEveryone(letter);
      return;
    }
    if (aim.outside || aim.people.length > 0) this.#toPeople(letter, aim);
    for (const miss of aim.missed) this.#miss(letter, miss);
  }

  /** Everybody in reach, in the order of the world. */
  #near(from: P): readonly P[] {
    const { roster, access } = this.#parts;
    const circle = access.circle(from.id);
    const near =
      "only" in circle
        ? [...circle.only].flatMap((id) => roster.get(id) ?? []).sort((a, b) => roster.place(a.id) - roster.place(b.id))
        : roster.list.filter((person) => reaches(circle, person.id));
    return near.filter((person) => person !== from);
  }

  #toEveryone(letter: Letter<P>): void {
    const { roster, acquaintance } = this.#parts;
    const hearers = this.#near(letter.from);
    const others = roster.size - (roster.has(letter.from.id) ? 1 : 0);
    const all = hearers.length > 1 && hearers.length === others;
    this.#bring(letter, hearers, all ? "everyone" : hearers.map((person) => person.id));
    acquaintance.spoke(letter.from.id);
  }

  #toPeople(letter: Letter<P>, { people }: Aim<P>): void {
    this.#bring(
      letter,
      people,
      people.map((person) => person.id),
    );
    for (const person of people) this.#parts.acquaintance.met(letter.from.id, person.id);
  }

  #bring({ from, action, reference }: Letter<P>, hearers: readonly P[], to: Hearers): void {
    const { id, record } = this.#parts;
    const event = record({ type: "delivered", world: id, from: from.id, to, action: reference });
    const stimulus: Stimulus = {
      type: "CONVERSATION",
      content: action.content ?? "",
      source: from.name,
      via: event.id,
    };
    for (const hearer of hearers) hearer.observe(stimulus);
  }

  #reachOut(letter: Letter<P>): void {
    const target = letter.action.target ?? "";
    const other = personMeant(letter.from, target, this.#parts);
    if ("reason" in other && other.reason === "unknown" && this.#parts.isOutside(target)) this.#meetOutside(letter);
    else if ("reason" in other) this.#miss(letter, other);
    else if (this.#parts.access.mayReachOut(letter.from.id, other.id)) this.#introduce(letter, other);
    else this.#miss(letter, { target, reason: "inaccessible", candidates: [] });
  }

  #introduce({ from, action, reference }: Letter<P>, other: P): void {
    const { id, access, acquaintance, record } = this.#parts;
    if (!reaches(access.circle(from.id), other.id)) {
      access.open(from.id, other.id);
      record({ type: "access-changed", world: id, between: [from.id, other.id], accessible: true });
    }
    acquaintance.met(from.id, other.id);
    const { id: via } = record({ type: "delivered", world: id, from: from.id, to: [other.id], action: reference });
    other.observe({ type: "SOCIAL", content: socialText.toOther(from.name, action.content), source: from.name, via });
    from.observe({ type: "SOCIAL", content: socialText.toSelf(other.name), via });
  }

  /** Who spoke from outside can be answered as it is: nothing has to be opened. */
  #meetOutside({ from, action, reference }: Letter<P>): void {
    const { id, record } = this.#parts;
    const { id: via } = record({ type: "delivered", world: id, from: from.id, to: [], action: reference });
    from.observe({ type: "SOCIAL", content: socialText.toSelf(action.target ?? ""), via });
  }

  #miss(letter: Letter<P>, miss: Miss): void {
    const { id, record, acquaintance, unknownTarget } = this.#parts;
    const { from, action, reference } = letter;
    const { target, reason, candidates } = miss;
    const event = record({ type: "undelivered", world: id, from: from.id, target, action: reference, reason });
    if (isVague(miss) && unknownTarget === "drop") return;
    if (isVague(miss) && unknownTarget === "error") {
      this.#errors.push(this.#unknown(from, miss));
      return;
    }
    const content = feedbackText({
      reason,
      target,
      candidates,
      action: action.type,
      reach: acquaintance.of(from),
    });
    from.observe({ type: "FEEDBACK", content, via: event.id });
  }

  #unknown(from: P, { target, reason, candidates }: Miss): TinyTroupeError<"TARGET_UNKNOWN"> {
    const known =
      reason === "ambiguous" ? candidates : this.#parts.acquaintance.of(from).reachable.map((one) => one.name);
    const what = reason === "ambiguous" ? "who may be several people" : "who is not here";
    return new TinyTroupeError("TARGET_UNKNOWN", `${from.name} addressed ${JSON.stringify(target)}, ${what}.`, {
      data: { target, known },
      hint: "Set unknownTarget to 'feedback', so that the person is told and can mend it.",
    });
  }
}
