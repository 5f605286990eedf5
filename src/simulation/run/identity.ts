import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digest } from "../../kernel/values/hash.ts";
import { type RunId, slug } from "../../kernel/values/ids.ts";

/**
 * The run's id: name, seed and model make it, so the same study started again is the same run and goes on where it was,
 * while another seed or model is another run.
 * @example
 * runIdOf({ name: "Focus group", seed: "7", model: "builtin" }) === runIdOf({ name: "Focus group", seed: "7", model: "builtin" }); // => true
 */
export function runIdOf(run: { name: string; seed: string; model: string }): RunId {
  return `${slug(run.name, 100)}-${digest(JSON.stringify([run.name, run.seed, run.model])).slice(0, 6)}`;
}

/** A name of a run or a world, which somebody can see and write. OPTION_INVALID for none, and for one that never ends. */
export function checkedName(name: string): string {
  if (/[^\s\p{Default_Ignorable_Code_Point}]/u.test(name) && name.length <= 200) return name.toWellFormed();
  const what = name.length > 200 ? `has ${name.length} characters` : "is empty";
  throw new TinyTroupeError("OPTION_INVALID", `The name ${what}.`, {
    data: { option: "name", value: name.slice(0, 200) },
    hint: "Give a name of 1 to 200 characters.",
  });
}

/** OPTION_INVALID for a checkpoint. */
export function notALabel(label: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${label}' would be a step of a world.`, {
    data: { option: "label", value: label },
    hint: "Give the checkpoint a name that does not end with a slash and a number.",
  });
}

/** NAME_TAKEN for a person, a world or a checkpoint. */
export function nameTaken(name: string, what: string): TinyTroupeError<"NAME_TAKEN"> {
  return new TinyTroupeError("NAME_TAKEN", `This run already has a ${what} called '${name}'.`, {
    data: { name },
    hint: `Give the second ${what} another name.`,
  });
}
