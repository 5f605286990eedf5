import { inflateSync } from "node:zlib";
import type { Cursor } from "./cursor.ts";
import type { Packing } from "./records.ts";

/** The values of a file, one after the other. */
export interface Values {
  /** A number; null where there is none. */
  number(): number | null;
  /** Eight bytes of a text. */
  piece(): Uint8Array;
  isEnd(): boolean;
}

/** How values are packed. */
interface Packed {
  readonly packing: Packing;
  readonly bias: number;
  readonly mostUnpacked: number;
}

/** The values at which a cursor stands. */
export function valuesAt(cursor: Cursor, { packing, bias, mostUnpacked }: Packed): Values {
  if (packing === "none") return plain(cursor);
  return new ByteValues(packing === "zlib" ? cursor.over(inflated(cursor, mostUnpacked)) : cursor, bias);
}

/** SPSS's own missing value: the least of all doubles. */
const numberIn = (value: number): number | null => (value === -Number.MAX_VALUE || Number.isNaN(value) ? null : value);

function plain(cursor: Cursor): Values {
  return {
    number: () => numberIn(cursor.double()),
    piece: () => cursor.take(8),
    isEnd: () => cursor.left === 0,
  };
}

const spaces = new Uint8Array(8).fill(0x20);
const code = { none: 0, end: 252, raw: 253, spaces: 254, missing: 255 } as const;

/** Values by a byte each: small numbers stand in it, whatever else follows the eight bytes that it is one of. */
class ByteValues implements Values {
  readonly #cursor: Cursor;
  readonly #bias: number;
  #codes: readonly number[] = [];
  #next = 0;

  constructor(cursor: Cursor, bias: number) {
    this.#cursor = cursor;
    this.#bias = bias;
  }

  number(): number | null {
    const found = this.#take();
    if (found === code.raw) return numberIn(this.#cursor.double());
    return found === code.missing || found === code.spaces ? null : found - this.#bias;
  }

  piece(): Uint8Array {
    const found = this.#take();
    if (found === code.raw) return this.#cursor.take(8);
    if (found === code.spaces) return spaces;
    throw new Error(`a number stands for a text before byte ${this.#cursor.at}`);
  }

  isEnd(): boolean {
    return this.#peek() === code.end;
  }

  #take(): number {
    const found = this.#peek();
    if (found === code.end) throw new Error("its values end too early");
    this.#next += 1;
    return found;
  }

  /** The code that comes next; the end where there is none. */
  #peek(): number {
    for (;;) {
      if (this.#next >= this.#codes.length) {
        if (this.#cursor.left < 8) return code.end;
        this.#codes = [...this.#cursor.take(8)];
        this.#next = 0;
      }
      const found = this.#codes[this.#next] as number;
      if (found !== code.none) return found;
      this.#next += 1;
    }
  }
}

/** The blocks of a ZSAV file, unpacked and put together; its trailer says where each stands. */
function inflated(cursor: Cursor, most: number): Uint8Array {
  cursor.long();
  const trailer = cursor.over(cursor.bytes);
  trailer.take(cursor.long());
  trailer.take(20);
  const blocks: Uint8Array[] = [];
  let left = most;
  for (let count = trailer.int(); count > 0; count--) {
    trailer.long();
    const from = cursor.over(cursor.bytes);
    from.take(trailer.long());
    const [size, packed] = [trailer.int(), trailer.int()];
    if (size > left) throw new Error(`it has more than ${most} bytes when it is unpacked`);
    const block = inflateSync(from.take(packed), { maxOutputLength: Math.max(1, size) });
    left -= block.length;
    blocks.push(block);
  }
  return Buffer.concat(blocks);
}
