/** Vectors of one length and of norm 1, by slot, side by side in memory. */
export class VectorMatrix {
  #width = 0;
  /** The width up to the next multiple of four: the rest is zero. */
  #stride = 0;
  #values = new Float32Array(0);
  /** Which slots hold a vector. */
  #held = new Uint8Array(0);
  /** So many slots were announced. */
  #expected = 0;

  get bytes(): number {
    return this.#values.byteLength + this.#held.byteLength;
  }

  has(slot: number): boolean {
    return this.#held[slot] === 1;
  }

  /** Room for so many slots is made at once, and no more: of a crowd most have few notes. */
  expect(slots: number): void {
    this.#expected = slots;
  }

  /** Keeps a vector; one of another length than the first comes from elsewhere, and is left out. */
  set(slot: number, vector: Float32Array): void {
    if (this.#width === 0) {
      this.#width = vector.length;
      this.#stride = 4 * Math.ceil(vector.length / 4);
    }
    if (vector.length !== this.#width) return;
    this.#grow(slot + 1);
    this.#values.set(vector, slot * this.#stride);
    this.#held[slot] = 1;
  }

  /** The cosine with a vector, for every slot below `slots`; 0 where there is none. */
  cosines(vector: Float32Array, slots: number): Float32Array {
    const found = new Float32Array(slots);
    if (vector.length !== this.#width) return found;
    const asked = new Float32Array(this.#stride);
    asked.set(vector);
    for (let slot = 0; slot < slots; slot++) if (this.has(slot)) found[slot] = dot(this.#row(slot), asked);
    return found;
  }

  /** The cosine of two slots; undefined where one of them has no vector. */
  likeness(one: number, other: number): number | undefined {
    if (!this.has(one) || !this.has(other)) return undefined;
    return dot(this.#row(one), this.#row(other));
  }

  #row(slot: number): Float32Array {
    return this.#values.subarray(slot * this.#stride, (slot + 1) * this.#stride);
  }

  #grow(slots: number): void {
    if (slots <= this.#held.length) return;
    const room = Math.max(slots, this.#expected, Math.ceil(this.#held.length * 1.5));
    const [values, held] = [new Float32Array(room * this.#stride), new Uint8Array(room)];
    values.set(this.#values);
    held.set(this.#held);
    [this.#values, this.#held] = [values, held];
  }
}

/**
 * Of two whose length is a multiple of four: four sums at a time, which a processor does side by side. Both begin at 0
 * and end together, so that few bounds are checked: a third less time than at places within the whole.
 */
function dot(one: Float32Array, other: Float32Array): number {
  const { length } = one;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = 0; at < length; at += 4) {
    a += (one[at] as number) * (other[at] as number);
    b += (one[at + 1] as number) * (other[at + 1] as number);
    c += (one[at + 2] as number) * (other[at + 2] as number);
    d += (one[at + 3] as number) * (other[at + 3] as number);
  }
  return a + b + c + d;
}
