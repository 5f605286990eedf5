import type { Study } from "../define.ts";
import { type Played, type PlayOptions, playStudy } from "../play.ts";
import type { Difference } from "./difference.ts";
import { differing } from "./differing.ts";

/** A fork of a study's run: its name, what it comes from, and what is different in it. */
export interface ForkPlan extends Difference {
  /** Its name among the forks of the study: the same name is the same fork, and goes on. */
  readonly name: string;
  /** The run that it comes from. Default: the study's own with this seed and model, else the one played last. */
  readonly of?: string;
  /** An earlier fork of this name that is different gives way. Default: NAME_TAKEN. */
  readonly replace?: boolean;
}

/**
 * A fork as a study: the same program once more, whose calls are answered by the run that it comes from as long as they
 * are the same, and whose story is that run's up to where they part. Nothing is copied, and only what depends on the
 * difference is asked. Effects on the real world are simulated, but for those that were done before.
 * Its run throws NAME_TAKEN when a fork of this name is known that parts elsewhere, and PLACE_UNKNOWN when the study never comes to the place.
 * @example
 * const study = defineStudy({ name: "prices", run: async (simulation) => simulation.name });
 * forkOf(study, { name: "dearer" }).name; // => "prices / dearer"
 */
export function forkOf<R>(study: Study<R>, { name, of, at, replace, described, ...difference }: ForkPlan): Study<R> {
  const { model, seed } = difference.edit ?? {};
  const different = differing(study, { ...difference, ...(at !== undefined && { at }) });
  return Object.freeze({
    ...different,
    name: `${study.name} / ${name}`,
    fork: {
      ...{ study: study.name, ...(of !== undefined && { of }), ...(at !== undefined && { at }) },
      ...(described && { described }),
      ...(replace && { replace }),
    },
    ...(model !== undefined && { model }),
    ...(seed !== undefined && { seed }),
  });
}

/**
 * Plays a fork of a study's run to its end. Started again, it goes on where it was.
 * @throws RUN_UNKNOWN, NAME_TAKEN, PLACE_UNKNOWN, TARGET_UNKNOWN, as `openSimulation`, and what the study throws
 * @example
 * const study = defineStudy({
 *   name: "kettles",
 *   model: "builtin",
 *   run: async (simulation) => {
 *     const room = simulation.world("Room", await simulation.loadPeople("lisa", "oscar")).makeEveryoneAccessible();
 *     await room.broadcast("What is a good kettle worth?").run(3);
 *   },
 * });
 * await playStudy(study);
 * const dearer = await fork(study, {
 *   ...{ name: "dearer", at: "room/3" },
 *   change: ({ worlds: [room] }) => room?.broadcast("The shop asks 200 euros."),
 * });
 * dearer.reused.replayed.calls >= 4; // => true
 */
export async function fork<R>(
  study: Study<R>,
  plan: ForkPlan & Omit<PlayOptions, "model" | "seed">,
): Promise<Played<R>> {
  const { name, of, at, change, edit, described, replace, ...options } = plan;
  const difference = {
    ...{ ...(of !== undefined && { of }), ...(at !== undefined && { at }), ...(change && { change }) },
    ...{ ...(edit && { edit }), ...(described && { described }), ...(replace && { replace }) },
  };
  return playStudy(forkOf(study, { name, ...difference }), options);
}
