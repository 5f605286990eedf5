import { hash } from "node:crypto";

/**
 * Seeded dice. A fork has its own sequence, fixed by the seed and its name alone:
 * taking more from one fork, or adding another, moves nobody else's.
 */
export interface Random {
  /** The seed and the names of the forks that led here. */
  readonly path: string;
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, below). */
  integer(below: number): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
  /** The items in a new order (Fisher–Yates); the input stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
  fork(name: string): Random;
}

/**
 * Dice from a seed: sfc32 (Doty-Humphrey, PractRand) keyed by SHA-256 of the seed and the fork's path.
 * @example
 * createRandom(7).fork("cast").integer(6) === createRandom(7).fork("cast").integer(6); // => true
 */
export function createRandom(seed: number | string): Random {
  return new Dice(String(seed));
}

/** Who never throws them has no more than a path: most parts of a run fork dice and leave them. */
class Dice implements Random {
  readonly path: string;
  #sequence: (() => number) | undefined;

  constructor(path: string) {
    this.path = path;
  }

  next(): number {
    this.#sequence ??= sfc32(this.path);
    return this.#sequence();
  }

  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot pick from an empty list.");
    return items[this.integer(items.length)] as T;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      [result[last], result[other]] = [result[other] as T, result[last] as T];
    }
    return result;
  }

  fork(name: string): Random {
    return new Dice(`${this.path}/${name.replaceAll("/", "∕")}`);
  }
}

function sfc32(path: string): () => number {
  // As a text of bytes: a buffer for each takes twice as long, and a world throws dice for everybody.
  const key = hash("sha256", path, "binary");
  let [a, b, c, counter] = [wordOf(key, 0), wordOf(key, 4), wordOf(key, 8), 1];
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 12; warm++) step();
  return step;
}

/** Four bytes as a signed integer, the lowest first. */
function wordOf(bytes: string, at: number): number {
  const byte = (place: number): number => bytes.charCodeAt(at + place);
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}
