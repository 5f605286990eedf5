import { checkProbability } from "../check-number.ts";
import { reaches } from "../delivery/access.ts";
import { inReach } from "./in-reach.ts";
import type { Visibility } from "./visibility.ts";

/**
 * As another visibility, but words for some are overheard by each of the others in the speaker's circle with this
 * probability; they are told that it was not meant for them.
 */
export function eavesdropping(probability: number, as: Visibility = inReach()): Visibility {
  checkProbability(probability, "eavesdropping");
  return {
    ...as,
    name: `${as.name}, overheard`,
    overhearing: ({ from, to, random }, scene) => {
      const circle = as.circle(from, scene);
      const others = scene.people.filter((one) => one !== from && !to.includes(one) && reaches(circle, one.id));
      return others.filter(() => random.next() < probability);
    },
  };
}
