import { checkKeys } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { runEditKeys } from "../../simulation/run/edits/edit.ts";
import { noIntervention } from "../../simulation/run/edits/targets.ts";
import type { Study } from "../define.ts";
import type { Difference, Edit } from "./difference.ts";

/** The study with a difference in it, under its own name. TARGET_UNKNOWN for an edit of an intervention that it surely lacks. */
export function differing<R>(given: Study<R>, { at, change, edit = {} }: Difference): Study<R> {
  if (change !== undefined && at === undefined) throw noPlace();
  checkKeys<Edit>(edit, { ...runEditKeys, model: true, seed: true }, "an edit");
  const { interventions: known, ...study } = given;
  for (const name of Object.keys(edit.interventions ?? {}))
    if (known?.includes(name) === false) throw noIntervention(name, known);
  const { model: _model, seed: _seed, ...runEdit } = edit;
  return Object.freeze<Study<R>>({
    ...study,
    // A change may make more of them, which a fork of this one may edit.
    ...(known && change === undefined && { interventions: known }),
    run: async (simulation) => {
      const checkTargets = simulation.edit(runEdit);
      const passed = new Set<string>();
      const leave = simulation.onArrival(async (place) => {
        passed.add(place);
        if (place === at) await change?.(simulation);
      });
      const result = await study.run(simulation);
      leave();
      checkTargets();
      if (at !== undefined && !passed.has(at)) throw placeUnknown(at, passed);
      return result;
    },
  });
}

/** Nothing is different in it. */
export const isPlain = ({ change, edit }: Difference): boolean => change === undefined && edit === undefined;

/** The first of several arms, from which the others are forked: a run of its own. */
export function changedBase<R>(study: Study<R>, arm: string, base: Difference): Study<R> {
  return { ...differing(study, base), name: `${study.name} / ${arm}` };
}

function noPlace(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "A change needs a place at which it is made.", {
    data: { option: "at" },
    hint: 'Give one, as in at: "room/3", before the third step of the world "room", or the label of a checkpoint.',
  });
}

function placeUnknown(place: string, passed: ReadonlySet<string>): TinyTroupeError<"PLACE_UNKNOWN"> {
  const known = [...passed];
  const some = known.length > 12 ? [...known.slice(0, 11), "…", known.at(-1)] : known;
  return new TinyTroupeError("PLACE_UNKNOWN", `The study never came to '${place}'.`, {
    data: { place, known },
    hint: known.length === 0 ? "It has no steps and no checkpoints." : `It came to: ${some.join(", ")}.`,
  });
}
