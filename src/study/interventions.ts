import type { TinyPerson } from "../person/tiny-person.ts";
import type { Claim } from "../world/intervention/claim.ts";
import type { Intervention, InterventionScene } from "../world/intervention/intervention.ts";
import type { Deed, InterventionDocument } from "./document/interventions.ts";
import { present } from "./worlds/present.ts";

/** An intervention as a file writes it; `named` finds the people whom it names. */
export function interventionOf(
  document: InterventionDocument,
  named: (names: readonly string[]) => readonly TinyPerson[],
): Intervention<TinyPerson> {
  const { name, of, fromStep = 1, do: deeds, once, maxFirings, cooldown } = document;
  const claim = claimOf(document);
  return {
    name,
    ...(of !== undefined && { of: typeof of === "string" ? of : named(of) }),
    when: ({ step }) => step >= fromStep,
    ...(claim && { claim }),
    do: (scene) => {
      for (const deed of deeds) perform(deed, scene);
    },
    ...(once !== undefined && { once }),
    ...(maxFirings !== undefined && { maxFirings }),
    ...(cooldown !== undefined && { cooldown: typeof cooldown === "number" ? cooldown : present(cooldown) }),
  };
}

function claimOf({ claim, holds, atLeast, atMost, last }: InterventionDocument): Claim | undefined {
  if (claim === undefined) return undefined;
  return {
    claim,
    ...(holds !== undefined && { holds }),
    ...(atLeast !== undefined && { atLeast }),
    ...(atMost !== undefined && { atMost }),
    ...(last !== undefined && { last }),
  };
}

/** Does it in a world, or to these people; that a world is there for what needs one was checked when the study was read. */
export function perform(
  deed: Deed,
  { world, people }: { readonly world: InterventionScene["world"] | undefined; readonly people: readonly TinyPerson[] },
): void {
  if ("broadcast" in deed) world?.broadcast(deed.broadcast);
  else if ("broadcastThought" in deed) world?.broadcastThought(deed.broadcastThought);
  else if ("broadcastGoal" in deed) world?.broadcastInternalGoal(deed.broadcastGoal);
  else for (const person of people) concern(deed, person);
}

function concern(deed: Exclude<Deed, { broadcast: string }>, person: TinyPerson): void {
  if ("tell" in deed) person.listen(deed.tell);
  else if ("think" in deed) person.think(deed.think);
  else if ("goal" in deed) person.internalizeGoal(deed.goal);
  else if ("context" in deed) person.changeContext(deed.context);
}
