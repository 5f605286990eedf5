/** Vectors of one length and of norm 1, by slot, side by side in memory. */
export class VectorMatrix {
  #width = 0;
  #values = new Float32Array(0);
  /** Which slots hold a vector. */
  #held = new Uint8Array(0);

  get bytes(): number {
    return this.#values.byteLength + this.#held.byteLength;
  }

  has(slot: number): boolean {
    return this.#held[slot] === 1;
  }

  /** Keeps a vector; one of another length than the first comes from elsewhere, and is left out. */
  set(slot: number, vector: Float32Array): void {
    if (this.#width === 0) this.#width = vector.length;
    if (vector.length !== this.#width) return;
    this.#grow(slot + 1);
    this.#values.set(vector, slot * this.#width);
    this.#held[slot] = 1;
  }

  /** The cosine with a vector, for every slot below `slots`; 0 where there is none. */
  cosines(vector: Float32Array, slots: number): Float32Array {
    const found = new Float32Array(slots);
    const [values, held, width] = [this.#values, this.#held, this.#width];
    if (vector.length !== width) return found;
    for (let slot = 0; slot < slots; slot++) if (held[slot] === 1) found[slot] = dot(values, slot * width, vector);
    return found;
  }

  /** The cosine of two slots; undefined where one of them has no vector. */
  likeness(one: number, other: number): number | undefined {
    if (!this.has(one) || !this.has(other)) return undefined;
    const start = other * this.#width;
    return dot(this.#values, one * this.#width, this.#values.subarray(start, start + this.#width));
  }

  #grow(slots: number): void {
    if (slots <= this.#held.length) return;
    const room = Math.max(slots, 16, Math.ceil(this.#held.length * 1.5));
    const [values, held] = [new Float32Array(room * this.#width), new Uint8Array(room)];
    values.set(this.#values);
    held.set(this.#held);
    [this.#values, this.#held] = [values, held];
  }
}

/** Four sums at a time, which a processor does side by side. */
function dot(values: Float32Array, start: number, vector: Float32Array): number {
  const { length } = vector;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = 0;
  for (; at + 3 < length; at += 4) {
    a += (values[start + at] as number) * (vector[at] as number);
    b += (values[start + at + 1] as number) * (vector[at + 1] as number);
    c += (values[start + at + 2] as number) * (vector[at + 2] as number);
    d += (values[start + at + 3] as number) * (vector[at + 3] as number);
  }
  for (; at < length; at++) a += (values[start + at] as number) * (vector[at] as number);
  return a + b + c + d;
}
