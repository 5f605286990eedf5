import type { Stimulus } from "../../../kernel/contracts/person.ts";
import { type Fragment, parseFragment } from "../../../persona/fragment.ts";

/** What a program says by itself, said otherwise. */
export interface RunEdit {
  /** By a person's name, what is laid over their persona as they enter. */
  readonly personas?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Laid over everybody's persona as they enter: fragments, their files, or names of packaged ones. */
  readonly fragments?: readonly (string | Fragment)[];
  /** Given everything that people are told from outside; returns what they are told instead. */
  readonly stimulus?: (stimulus: Stimulus) => Stimulus;
}

/** All that is said otherwise in a run. */
export interface Revisions {
  add(edit: RunEdit): void;
  readonly revise: (stimulus: Stimulus) => Stimulus;
  personasOf(name: string): readonly (string | Fragment)[];
}

export function createRevisions(): Revisions {
  const changes: NonNullable<RunEdit["stimulus"]>[] = [];
  const fragments: (readonly [name: string | undefined, string | Fragment])[] = [];
  return {
    add: ({ personas = {}, fragments: forAll = [], stimulus }) => {
      for (const fragment of forAll) fragments.push([undefined, fragment]);
      for (const [name, fragment] of Object.entries(personas)) fragments.push([name, parseFragment(fragment)]);
      if (stimulus !== undefined) changes.push(stimulus);
    },
    revise: (told) => changes.reduce((so, change) => change(so), told),
    personasOf: (wanted) =>
      fragments.flatMap(([name, fragment]) => (name === undefined || name === wanted ? [fragment] : [])),
  };
}
