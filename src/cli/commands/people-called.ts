import { findByName } from "../../index.ts";

interface Named {
  readonly name: string;
}

/** Those whom somebody at the terminal means: who is so written, in whatever case, else who is so called without accents and the like. */
export function peopleCalled<P extends Named>(people: readonly P[], wanted: string): readonly P[] {
  const written = writtenSo(people, wanted);
  return written.length > 0 ? written : findByName(people, wanted);
}

/** Whose whole name this is, in whatever case, or else a word of it. */
export function writtenSo<P extends Named>(people: readonly P[], wanted: string): readonly P[] {
  const word = wanted.trim().toLowerCase();
  const whole = people.filter(({ name }) => name.toLowerCase() === word);
  return whole.length > 0 ? whole : people.filter(({ name }) => name.toLowerCase().split(/\s+/).includes(word));
}
