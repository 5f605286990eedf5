import type { Forkable } from "../kernel/contracts/asked/fork.ts";
import type { Context } from "../kernel/contracts/context.ts";
import type { Turn } from "../kernel/contracts/person.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { Persona } from "../persona/schema.ts";

/** Somebody who can be evaluated: a person of a run. Only forks of them are asked. */
export interface Interviewee extends Forkable {
  readonly persona: Persona;
  readonly context: Context;
}

/** Who asks, as a fork hears it. */
export const interviewerName = "the interviewer";

/** What was said aloud in a turn. */
export function saidIn({ actions }: Pick<Turn, "actions">): string {
  return actions.flatMap(({ type, content }) => (type === "TALK" && content !== undefined ? [content] : [])).join("\n");
}

/** Throws MODEL_UNSUPPORTED where the judge is too small to be trusted with it. */
export function needsJudge({ models }: Context, feature: string): void {
  const { id, limits } = models.judge;
  if (limits.following !== "small") return;
  throw new TinyTroupeError("MODEL_UNSUPPORTED", `The model ${id} is too small for ${feature}.`, {
    data: { model: id, feature },
    hint: "Name a larger model as judge.",
  });
}
