import type { Actor } from "../../../../kernel/contracts/person.ts";
import { type Circle, reaches } from "../../../delivery/access.ts";
import { eavesdropping } from "../../../visibility/eavesdropping.ts";
import type { Surroundings, Visibility } from "../../../visibility/visibility.ts";
import type { Floor } from "./floor.ts";

/** People hear each other where they are, as far as the world's access lets them; at open places now and then more than is meant for them. */
export function earshot(floor: Floor, overheard: number): Visibility {
  const circle = <P extends Actor>(who: P, { access }: Surroundings<P>): Circle => {
    const known = access.circle(who.id);
    return { only: new Set(floor.around(who.id).filter((id) => reaches(known, id))) };
  };
  const here: Visibility = {
    name: "workplace",
    circle,
    announced: circle,
    mayReachOut: (who, whom) => floor.where(who.id) === floor.where(whom.id),
  };
  if (overheard === 0) return here;
  const { overhearing, ...open } = eavesdropping(overheard, here);
  return {
    ...open,
    overhearing: (words, scene) =>
      floor.isClosed(floor.where(words.from.id)) ? [] : (overhearing?.(words, scene) ?? []),
  };
}
