/** Who holds something in a room. */
export interface Tenant {
  /** Lets go of it. */
  giveWay(): void;
}

/** So many bytes for all: whoever used theirs longest ago gives way. */
export class Room {
  readonly #bytes: number;
  /** In bytes; the one used longest ago comes first. */
  readonly #sizes = new Map<Tenant, number>();
  #held = 0;
  /** Who used theirs last: in a turn the same person does so again and again, which changes nothing. */
  #latest: Tenant | undefined;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Notes that somebody used theirs, which takes so many bytes; what is larger than the whole room stands there alone. */
  use(tenant: Tenant, size = this.#sizes.get(tenant)): void {
    if (size === undefined || (tenant === this.#latest && size === this.#sizes.get(tenant))) return;
    this.leave(tenant);
    this.#sizes.set(tenant, size);
    this.#latest = tenant;
    this.#held += size;
    // To find the oldest is to step over all that was moved behind it.
    if (this.#held <= this.#bytes) return;
    for (const oldest of this.#sizes.keys()) {
      if (this.#held <= this.#bytes || oldest === tenant) return;
      this.leave(oldest);
      oldest.giveWay();
    }
  }

  /** Nobody has to give way for so many bytes. */
  hasRoomFor(bytes: number): boolean {
    return this.#held + bytes <= this.#bytes;
  }

  /** From now on somebody takes no part of it. */
  leave(tenant: Tenant): void {
    this.#held -= this.#sizes.get(tenant) ?? 0;
    this.#sizes.delete(tenant);
  }
}
