import type { Actor, Turn } from "../../kernel/contracts/person.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { Agenda, type When } from "../time/agenda.ts";
import type { News } from "./schedule.ts";

/** What a world knows of who has something to react to, whose time has come, and who acted when. */
export class Attention<P extends Actor> {
  readonly news = new Map<PersonId, News[]>();
  readonly #alarms = new Agenda<PersonId>();
  readonly #lastActed = new Map<PersonId, number>();
  readonly #failed = new Set<PersonId>();
  /** How much was news to those who are acting when they began. */
  readonly #known = new Map<PersonId, number>();
  /** Those who were woken and could not act. */
  #again = new Set<PersonId>();
  #keeps = false;

  /** Somebody is to be woken in a later step. */
  get awaitsSteps(): boolean {
    return this.#alarms.awaitsSteps || this.#again.size > 0;
  }

  /** When somebody is to be woken next. */
  get next(): Date | undefined {
    return this.#alarms.next;
  }

  /** Somebody is to be woken at a moment of simulated time. */
  get awaitsTime(): boolean {
    return this.#alarms.awaitsTime;
  }

  /** Keeps count of news from here on, or no more. What reached people outside of the world is looked up once. */
  begin(people: readonly P[], keeps: boolean): void {
    this.#keeps = keeps;
    if (keeps) for (const person of people) this.#lookUp(person);
    else this.news.clear();
  }

  told(person: P, news: News): void {
    if (!this.#keeps) return;
    const known = this.news.get(person.id);
    if (known === undefined) this.news.set(person.id, [news]);
    else known.push(news);
  }

  wake(person: PersonId, when: When, step: number): void {
    this.#alarms.add(person, when, step);
  }

  /** Takes whose time has come. */
  due(step: number, now: Date | undefined): ReadonlySet<PersonId> {
    const due = new Set([...this.#again, ...this.#alarms.take(step, now)]);
    this.#again = new Set();
    return due;
  }

  lastActed(person: PersonId): number | undefined {
    return this.#lastActed.get(person);
  }

  lastFailed(person: PersonId): boolean {
    return this.#failed.has(person);
  }

  /** Somebody begins their part in a step. */
  begins(person: P, step: number): void {
    this.#lastActed.set(person.id, step);
    if (this.#keeps) this.#known.set(person.id, this.news.get(person.id)?.length ?? 0);
  }

  /**
   * What was news to somebody when their part began is none when it has ended well. Told in the order of the cast, whoever
   * was faster: in the order of news people are woken.
   */
  ended(person: P, turn: Turn | undefined): void {
    const known = this.#known.get(person.id);
    if (known === undefined) return;
    this.#known.delete(person.id);
    if (turn === undefined) {
      this.#failed.add(person.id);
      if (known === 0) this.#again.add(person.id);
      return;
    }
    this.#failed.delete(person.id);
    this.#forget(person, known);
    if (turn.stop !== "idle") this.#lookUp(person);
  }

  #forget(person: P, known: number): void {
    const left = this.news.get(person.id)?.slice(known) ?? [];
    if (left.length > 0) this.news.set(person.id, left);
    else this.news.delete(person.id);
  }

  /** What came to somebody without this world, as from what they did themselves. */
  #lookUp(person: P): void {
    const { pending = [] } = person;
    if (pending.length === 0 || this.news.has(person.id)) return;
    this.news.set(
      person.id,
      pending.map((stimulus) => ({ stimulus, addressed: true })),
    );
  }
}
