import type { PersonId } from "../../kernel/values/ids.ts";

/** Whom somebody's words can reach: everyone with exceptions, or these people only. */
export type Circle = { readonly everyoneBut: ReadonlySet<PersonId> } | { readonly only: ReadonlySet<PersonId> };

/**
 * Who can hear whom in a world, kept as rules: their size does not grow with the number of pairs.
 * Implement this to give a world another shape of society.
 */
export interface Access {
  circle(who: PersonId): Circle;
  /** Whether a REACH_OUT of one to the other may make them accessible to each other. */
  mayReachOut(who: PersonId, whom: PersonId): boolean;
  /** These two do not hear each other, whatever ways there are around. Default: no such pairs. */
  forbids?(one: PersonId, other: PersonId): boolean;
  openEveryone(): void;
  open(one: PersonId, other: PersonId): void;
  close(one: PersonId, other: PersonId): void;
}

/**
 * The access of a plain world. At first nobody can hear anybody, and REACH_OUT opens the way between two people.
 * What was closed by `close` stays closed to REACH_OUT; `openEveryone` forgets all exceptions made before.
 */
export function createAccess(): Access {
  const opened = createPairs();
  const closed = createPairs();
  let everyone = false;
  return {
    circle: (who) => (everyone ? { everyoneBut: closed.of(who) } : { only: opened.of(who) }),
    mayReachOut: (who, whom) => !closed.of(who).has(whom),
    forbids: (one, other) => closed.of(one).has(other),
    openEveryone: () => {
      everyone = true;
      closed.clear();
    },
    open: (one, other) => {
      closed.remove(one, other);
      opened.add(one, other);
    },
    close: (one, other) => {
      opened.remove(one, other);
      closed.add(one, other);
    },
  };
}

/** Whether a person is within a circle. */
export function reaches(circle: Circle, whom: PersonId): boolean {
  return "only" in circle ? circle.only.has(whom) : !circle.everyoneBut.has(whom);
}

interface Pairs {
  of(who: PersonId): ReadonlySet<PersonId>;
  add(one: PersonId, other: PersonId): void;
  remove(one: PersonId, other: PersonId): void;
  clear(): void;
}

function createPairs(): Pairs {
  const byPerson = new Map<PersonId, Set<PersonId>>();
  const nobody: ReadonlySet<PersonId> = new Set();
  const link = (one: PersonId, other: PersonId): void => {
    const known = byPerson.get(one);
    if (known === undefined) byPerson.set(one, new Set([other]));
    else known.add(other);
  };
  return {
    of: (who) => byPerson.get(who) ?? nobody,
    add: (one, other) => {
      link(one, other);
      link(other, one);
    },
    remove: (one, other) => {
      byPerson.get(one)?.delete(other);
      byPerson.get(other)?.delete(one);
    },
    clear: () => byPerson.clear(),
  };
}
