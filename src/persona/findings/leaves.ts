/** A single value of a persona, and where it stands. */
export interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean;
}

export function* leavesOf(value: unknown, at: readonly string[]): Generator<Leaf> {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    yield { path: at.join("."), value };
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, [...at, key]);
  }
}
