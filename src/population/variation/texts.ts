import type { Persona } from "../../persona/schema.ts";

/** A text of a persona and the dotted place where it stands. */
export interface PlacedText {
  readonly path: string;
  readonly text: string;
}

/**
 * All texts of a persona but its name, in the order in which they stand; items of lists go by their index.
 * @example
 * textsOf(parsePersona({ name: "Lisa", skills: ["welding"] })); // => [{ path: "skills.0", text: "welding" }]
 */
export function textsOf(persona: Persona): readonly PlacedText[] {
  const { name: _kept, ...rest } = persona;
  return [...within(rest, [])];
}

function* within(value: unknown, at: readonly string[]): Generator<PlacedText> {
  if (typeof value === "string") yield { path: at.join("."), text: value };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* within(inner, [...at, key]);
}
