import type { System } from "../../kernel/contracts/systems/system.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { Random } from "../../kernel/values/random.ts";
import type { Goal } from "./goal.ts";

/** One visit that is to take place: who, with what, what for, the how-manieth time. */
export interface Scenario<P> {
  /** The same in every run of the same test, whatever stands beside it. */
  readonly key: string;
  readonly person: P;
  readonly system: System;
  readonly goal: Goal;
  /** From 1. */
  readonly session: number;
}

/** Who is to visit what. */
export interface Crossing<P> {
  readonly people: readonly P[];
  readonly systems: readonly System[];
  readonly goals: readonly Goal[];
  /** How often each does each. */
  readonly sessions: number;
  /** So many goals each person gets, drawn so that all are had as often as can be; every goal unless told. */
  readonly goalsEach?: number | undefined;
}

/** Every visit of a test: those of one person, goal and session stand beside each other, one for each system. */
export function scenariosOf<P extends { readonly id: string }>(
  { people, systems, goals, sessions, goalsEach = goals.length }: Crossing<P>,
  random: Random,
): readonly Scenario<P>[] {
  const dealt = dealtGoals(people.length, { goals, each: Math.min(goalsEach, goals.length), random });
  return people.flatMap((person, place) =>
    (dealt[place] ?? []).flatMap((goal) =>
      Array.from({ length: sessions }, (_, nth) => nth + 1).flatMap((session) =>
        systems.map((system) => ({
          key: [person.id, slug(goal.name), slug(system.name), session].join("/"),
          ...{ person, system, goal, session },
        })),
      ),
    ),
  );
}

/** Goals for each of so many people: a shuffled pack is dealt out, and shuffled anew when it is empty. */
function dealtGoals(
  people: number,
  { goals, each, random }: { readonly goals: readonly Goal[]; readonly each: number; readonly random: Random },
): readonly (readonly Goal[])[] {
  if (each === goals.length) return Array.from({ length: people }, () => goals);
  let pack: Goal[] = [];
  return Array.from({ length: people }, () => {
    const hand: Goal[] = [];
    while (hand.length < each) {
      if (pack.length === 0) pack = [...random.shuffle(goals)];
      // What they have already goes to the next.
      const at = pack.findIndex((goal) => !hand.includes(goal));
      if (at < 0) pack = [...pack, ...random.shuffle(goals)];
      else hand.push(...pack.splice(at, 1));
    }
    return goals.filter((goal) => hand.includes(goal));
  });
}
