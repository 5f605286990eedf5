import type { Journal } from "../../kernel/contracts/journal.ts";
import type { Action, Actor, Notice, Stimulus, Turn } from "../../kernel/contracts/person.ts";
import type { Hearers } from "../../kernel/contracts/world/events.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { WorldId } from "../../kernel/values/ids.ts";
import type { Random } from "../../kernel/values/random.ts";
import type { Surroundings, Visibility } from "../visibility/visibility.ts";
import { type Access, reaches } from "./access.ts";
import type { Acquaintance } from "./acquaintance.ts";
import { type Aim, aimOf, type Field, isVague, type Miss, personMeant } from "./aim.ts";
import { feedbackText, overheardText, socialText, untold } from "./feedback.ts";
import type { Post } from "./post.ts";

/**
 * What happens to words whose target means nobody, or several people: the speaker is told (`feedback`), all who can
 * hear the speaker hear them (`broadcast`), nothing (`drop`), or the run throws TARGET_UNKNOWN after the step (`error`).
 */
export type UnknownTarget = "feedback" | "broadcast" | "drop" | "error";

export interface DeliveryParts<P extends Actor> extends Field<P> {
  readonly id: WorldId;
  readonly access: Access;
  readonly visibility: Visibility;
  readonly surroundings: Surroundings<P>;
  readonly acquaintance: Acquaintance<P>;
  readonly unknownTarget: UnknownTarget;
  readonly post: Post<P>;
  /** The dice of what is heard by chance. */
  readonly random: Random;
  /** Has somebody perceive something; `addressed`: it is meant for them, and not for all who can hear it. */
  tell(person: P, stimulus: Stimulus, addressed: boolean): void;
  readonly record: Journal["record"];
}

interface Letter<P> {
  readonly from: P;
  readonly action: Action;
  /** `<turn event>.<index of the action>` */
  readonly reference: string;
  /** Whom it is meant for, where all in the circle hear it. */
  readonly meant?: readonly P[];
}

/** What becomes of an action as it is delivered: itself, another in its place, or nothing. */
export type Settled = (reference: string, action: Action) => Action | undefined;

/** Brings what people say to those who hear it. One stimulus is shared by all its hearers. */
export class Delivery<P extends Actor> {
  readonly #parts: DeliveryParts<P>;
  #errors: TinyTroupeError[] = [];

  constructor(parts: DeliveryParts<P>) {
    this.#parts = parts;
  }

  /** Delivers the actions of one turn in their order. Actions other than TALK and REACH_OUT stay with the person. */
  deliver(from: P, turn: Turn, settled: Settled = (_reference, action) => action): void {
    for (const [index, done] of turn.actions.entries()) {
      const reference = `${turn.event}.${index}`;
      const action = settled(reference, done);
      if (action?.type === "TALK") this.#talk({ from, action, reference });
      else if (action?.type === "REACH_OUT") this.#reachOut({ from, action, reference });
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
    const { id, record, tell } = this.#parts;
    const to = hearers.map((hearer) => hearer.id);
    const { id: via } = record({ type: "broadcast", world: id, stimulus: said, to });
    for (const hearer of hearers) tell(hearer, { ...said, via }, true);
  }

  #talk(letter: Letter<P>): void {
    const { action, from } = letter;
    if ((action.content ?? "").trim() === "") return;
    const aim = aimOf(from, action.target ?? "", this.#parts);
    const lost = aim.missed.some(isVague) && this.#parts.unknownTarget === "broadcast";
    if ((aim.everyone || lost) && this.#parts.visibility.addressedOnly) {
      this.#miss(letter, { target: "", reason: "unknown", candidates: [] });
      return;
    }
    if (aim.everyone || lost) {
      this.#toEveryone(letter);
      return;
    }
    if (aim.outside || aim.people.length > 0) this.#toPeople(letter, aim);
    for (const miss of aim.missed) this.#miss(letter, miss);
  }

  #toEveryone(letter: Letter<P>, meant?: readonly P[]): void {
    const { roster, acquaintance } = this.#parts;
    const hearers = this.#near(letter.from);
    const others = roster.size - (roster.has(letter.from.id) ? 1 : 0);
    const all = hearers.length > 1 && hearers.length === others;
    this.#bring({ ...letter, ...(meant && { meant }) }, hearers, all ? "everyone" : hearers.map((person) => person.id));
    acquaintance.spoke(letter.from.id);
  }

  /** Everybody in reach, in the order of the world. */
  #near(from: P): readonly P[] {
    const { roster } = this.#parts;
    const circle = this.#parts.circle(from);
    const near =
      "only" in circle
        ? [...circle.only].flatMap((id) => roster.get(id) ?? []).sort((a, b) => roster.place(a.id) - roster.place(b.id))
        : roster.list.filter((person) => reaches(circle, person.id));
    return near.filter((person) => person !== from);
  }

  #toPeople(letter: Letter<P>, { people }: Aim<P>): void {
    for (const person of people) this.#parts.acquaintance.met(letter.from.id, person.id);
    if (this.#parts.visibility.aloud?.(letter.from)) {
      this.#toEveryone(letter, people.length > 0 ? people : undefined);
      return;
    }
    this.#bring(
      letter,
      people,
      people.map((person) => person.id),
    );
    this.#overhear(letter, people);
  }

  #overhear({ from, action, reference }: Letter<P>, to: readonly P[]): void {
    const { id, visibility, surroundings, random, record, tell } = this.#parts;
    if (visibility.overhearing === undefined || to.length === 0) return;
    const words = { from, to, random: random.fork(`ears:${reference}`) };
    const heard = visibility.overhearing(words, surroundings);
    const others = new Set(heard.filter((person) => person !== from && !to.includes(person)));
    if (others.size === 0) return;
    const by = [...others].map((person) => person.id);
    const { id: via } = record({ type: "overheard", world: id, from: from.id, by, action: reference });
    const names = to.map((person) => person.name);
    const content = overheardText(from.name, names, action.content ?? "");
    for (const person of others) tell(person, { type: "SOCIAL", content, source: from.name, via }, false);
  }

  #bring({ from, action, reference, meant }: Letter<P>, hearers: readonly P[], to: Hearers): void {
    const addressed = meant !== undefined || to !== "everyone";
    const words = { from, content: action.content ?? "", reference, addressed, ...(meant && { meant }) };
    this.#parts.post.send(words, hearers, to);
  }

  #reachOut(letter: Letter<P>): void {
    const target = letter.action.target ?? "";
    const other = personMeant(letter.from, target, this.#parts);
    if ("reason" in other && other.reason === "unknown" && this.#parts.isOutside(target)) this.#meetOutside(letter);
    else if ("reason" in other) this.#miss(letter, other);
    else if (this.#mayReachOut(letter.from, other)) this.#introduce(letter, other);
    else this.#miss(letter, { target, reason: "inaccessible", candidates: [] });
  }

  #mayReachOut(from: P, other: P): boolean {
    const { access, visibility, surroundings } = this.#parts;
    if (!access.mayReachOut(from.id, other.id)) return false;
    return visibility.mayReachOut?.(from, other, surroundings) ?? true;
  }

  #introduce({ from, action, reference }: Letter<P>, other: P): void {
    const { id, access, visibility, acquaintance, record, tell } = this.#parts;
    if (visibility.drawNear !== undefined) visibility.drawNear(from, other);
    else if (!reaches(access.circle(from.id), other.id)) {
      access.open(from.id, other.id);
      record({ type: "access-changed", world: id, between: [from.id, other.id], accessible: true });
    }
    acquaintance.met(from.id, other.id);
    const { id: via } = record({ type: "delivered", world: id, from: from.id, to: [other.id], action: reference });
    const content = socialText.toOther(from.name, action.content);
    tell(other, { type: "SOCIAL", content, source: from.name, via }, true);
    tell(from, { type: "SOCIAL", content: socialText.toSelf(other.name), via }, true);
  }

  /** Who spoke from outside can be answered as it is: nothing has to be opened. */
  #meetOutside({ from, action, reference }: Letter<P>): void {
    const { id, record, tell } = this.#parts;
    const { id: via } = record({ type: "delivered", world: id, from: from.id, to: [], action: reference });
    tell(from, { type: "SOCIAL", content: socialText.toSelf(action.target ?? ""), via }, true);
  }

  #miss(letter: Letter<P>, miss: Miss): void {
    const { id, record, acquaintance, unknownTarget, tell } = this.#parts;
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
    tell(from, { type: "FEEDBACK", content, via: event.id }, true);
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
