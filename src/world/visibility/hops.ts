import type { Actor } from "../../kernel/contracts/person.ts";
import { checkFunction } from "../../kernel/text/known-keys.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { checkCount } from "../check-number.ts";
import type { Circle } from "../delivery/access.ts";
import type { Surroundings, Visibility } from "./visibility.ts";

/** Whom somebody is next to in a graph. */
export type Neighbours = (who: PersonId) => Iterable<PersonId>;

/** Whoever is next to the speaker in the graph, by default in the world's access; what is broadcast in somebody's name, too. */
export function neighbours(graph?: Neighbours): Visibility {
  return { ...hops(1, graph), name: "neighbours" };
}

/**
 * Whoever is at most so many steps away in the graph, by default in the world's access; those kept apart stay apart.
 * OPTION_INVALID for a number of steps that is none.
 */
export function hops(count: number, graph?: Neighbours): Visibility {
  checkCount(count, "hops");
  checkFunction(graph, "graph", "(who) => network.neighbours(who)");
  const circle = <P extends Actor>({ id }: P, scene: Surroundings<P>): Circle => {
    if (graph === undefined && "everyoneBut" in scene.access.circle(id)) return scene.access.circle(id);
    const near = within(count, id, graph ?? ((who) => inAccess(who, scene)));
    return { only: new Set(near.filter((one) => scene.access.forbids?.(id, one) !== true)) };
  };
  const near = <P extends Actor>(who: P, whom: P, scene: Surroundings<P>): boolean => {
    if (graph === undefined) return true;
    const reached = circle(who, scene);
    return "only" in reached && reached.only.has(whom.id);
  };
  return { name: `${count} hops`, circle, announced: circle, mayReachOut: near };
}

function* inAccess<P extends Actor>(who: PersonId, { access, people }: Surroundings<P>): Iterable<PersonId> {
  const circle = access.circle(who);
  if ("only" in circle) yield* circle.only;
  else for (const { id } of people) if (!circle.everyoneBut.has(id)) yield id;
}

/** Breadth first, the nearest first, without the one it begins with. */
export function within(count: number, start: PersonId, graph: Neighbours): PersonId[] {
  const found = new Set([start]);
  let edge: readonly PersonId[] = [start];
  for (let hop = 0; hop < count && edge.length > 0; hop++) {
    const next = edge.flatMap((one) => [...graph(one)]).filter((one) => !found.has(one));
    edge = [...new Set(next)];
    for (const one of edge) found.add(one);
  }
  return [...found].slice(1);
}
