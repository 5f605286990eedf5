/** Bytes that are read one after the other: what stands past their end is an error, never a stand-in. */
export class Cursor {
  at = 0;
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #isLittle: boolean;

  constructor(bytes: Uint8Array, isLittle: boolean) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isLittle = isLittle;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  /** A whole number of four bytes, with its sign. */
  int(): number {
    return this.#view.getInt32(this.#step(4), this.#isLittle);
  }

  /** A whole number of eight bytes; none that is exact is as large as what a file can hold. */
  long(): number {
    return Number(this.#view.getBigInt64(this.#step(8), this.#isLittle));
  }

  double(): number {
    return this.#view.getFloat64(this.#step(8), this.#isLittle);
  }

  take(count: number): Uint8Array {
    const from = this.#step(count);
    return this.bytes.subarray(from, from + count);
  }

  /** The same order of bytes over others. */
  over(bytes: Uint8Array): Cursor {
    return new Cursor(bytes, this.#isLittle);
  }

  #step(count: number): number {
    if (count < 0 || count > this.left) throw new Error(`it ends within what begins at byte ${this.at}`);
    const from = this.at;
    this.at += count;
    return from;
  }
}
