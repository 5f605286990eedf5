import { deserialize, serialize } from "node:v8";
import type { Bed, Dormitory, Sleeper } from "../../../kernel/contracts/context.ts";
import type { Listener } from "../../../kernel/contracts/events.ts";
import type { Aside, Store } from "../../../kernel/contracts/store.ts";
import { errorRecord } from "../../../kernel/values/errors.ts";
import { Room, type Tenant } from "./room.ts";

export interface DormitoryParts {
  /** In memory, for all. */
  readonly bytes: number;
  readonly store: Pick<Store, "aside">;
  readonly watch: Listener;
}

/** What does not fit into memory stands in the store. Where that has no room for it, all stays in memory. */
export function createDormitory({ bytes, store, watch }: DormitoryParts): Dormitory {
  const attic = new Attic(store, watch);
  const room = new Room(store.aside === undefined ? Number.POSITIVE_INFINITY : bytes);
  const house = { room, attic };
  return { bed: (sleeper) => new BedInRoom(sleeper, house) };
}

/** Where things are put aside, each with a number of its own. */
class Attic {
  readonly #store: Pick<Store, "aside">;
  readonly #watch: Listener;
  #aside: Aside | undefined;
  #places = 0;
  /** Nothing can be put there, now or later. */
  isFull = false;

  constructor(store: Pick<Store, "aside">, watch: Listener) {
    this.#store = store;
    this.#watch = watch;
  }

  /** Gives the place, the same where there was one before; undefined where there is no more room. */
  put(bytes: Uint8Array, before: number | undefined): number | undefined {
    try {
      this.#aside ??= this.#store.aside?.();
      const place = before ?? ++this.#places;
      this.#aside?.put(place, bytes);
      return place;
    } catch (error) {
      this.isFull = true;
      const { message } = errorRecord(error);
      this.#watch({ type: "warning", message: `People at rest stay in memory: they cannot be put aside (${message})` });
      return undefined;
    }
  }

  get(place: number | undefined): Uint8Array {
    const bytes = place === undefined ? undefined : this.#aside?.get(place);
    if (bytes === undefined) throw new Error("What was put aside is gone.");
    return bytes;
  }
}

class BedInRoom implements Bed, Tenant {
  readonly #sleeper: Sleeper;
  readonly #house: { readonly room: Room; readonly attic: Attic };
  #bytes = 0;
  #jobs = 0;
  #isAway = false;
  #place: number | undefined;

  constructor(sleeper: Sleeper, house: { readonly room: Room; readonly attic: Attic }) {
    this.#sleeper = sleeper;
    this.#house = house;
  }

  wake(): void {
    if (this.#isAway) this.#takeUp(deserialize(this.#house.attic.get(this.#place)));
    if (this.#jobs === 0 && this.#bytes > 0) this.#house.room.use(this, this.#bytes);
  }

  brings(bytes: number): void {
    this.#bytes = bytes;
    // In place of somebody else it would grow old in memory first, which V8 clears up late.
    if (this.#house.room.hasRoomFor(bytes)) this.#house.room.use(this, bytes);
    else this.giveWay();
  }

  holds(bytes: number): void {
    this.#bytes = bytes;
    if (this.#jobs === 0) this.#house.room.use(this, bytes);
  }

  stays(): void {
    this.#bytes = 0;
    this.#house.room.leave(this);
  }

  async during<T>(job: () => Promise<T>): Promise<T> {
    this.#jobs += 1;
    this.#house.room.leave(this);
    try {
      return await job();
    } finally {
      this.#jobs -= 1;
      if (!this.#isAway) this.wake();
    }
  }

  giveWay(): void {
    if (this.#house.attic.isFull) return;
    const data = this.#sleeper.putAside();
    this.#isAway = true;
    if (data === undefined) return;
    // The same object in several places is the same again when it is read.
    const place = this.#house.attic.put(serialize(data), this.#place);
    if (place === undefined) this.#takeUp(data);
    else this.#place = place;
  }

  #takeUp(data: unknown): void {
    this.#isAway = false;
    this.#sleeper.takeUp(data);
  }
}
