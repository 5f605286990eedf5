import type { Actor } from "../../kernel/contracts/person.ts";
import { type Circle, reaches } from "../delivery/access.ts";
import type { Surroundings, Visibility } from "./visibility.ts";

/**
 * Whoever the world's access lets hear the speaker and is where the speaker is, by `person.location`; those who are
 * nowhere are there together. One can only draw near to somebody who is there.
 */
export function samePlace(): Visibility {
  const circle = <P extends Actor>(who: P, scene: Surroundings<P>): Circle => {
    const known = scene.access.circle(who.id);
    const here = scene.people.filter((one) => one.location === who.location && reaches(known, one.id));
    return { only: new Set(here.map((one) => one.id)) };
  };
  return {
    name: "same place",
    circle,
    announced: circle,
    mayReachOut: (who, whom) => who.location === whom.location,
  };
}
