import type { Context } from "../../kernel/contracts/context.ts";

/** Who says something of what was written, and who wrote it. */
export interface Saying {
  /** By the name that the model has in the run. Default `judge`. */
  readonly by?: string;
  /** The model that acted, by its id. Default: the run's. */
  readonly actor?: string;
}

/** Whether the model that judges or reads is the one that wrote it, and may favour its own words. Rules favour nobody. */
export function isItself({ models }: Context, { by = "judge", actor = models.actor.id }: Saying): boolean {
  return actor !== "builtin" && models.named(by).id === actor;
}

/** Says so where it is, once a run. */
export function warnOfItself(context: Context, saying: Saying): void {
  if (!isItself(context, saying)) return;
  const { id } = context.models.named(saying.by ?? "judge");
  const message = `${id} judges what it wrote itself, and may favour it: name another model as judge.`;
  context.watch({ type: "warning", message, once: true });
}
