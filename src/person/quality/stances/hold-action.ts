import { z } from "zod";
import type { ActionKind } from "../../../kernel/contracts/faculty.ts";
import type { Action } from "../../../kernel/contracts/person.ts";

const args = z.object({
  topic: z.string().min(1),
  stance: z.enum(["for", "against", "undecided"]),
  firmness: z.number().min(0).max(1),
  because: z.string(),
});

/** What a person declares to hold. */
export type Held = z.infer<typeof args>;

/** The action by which a person says to themselves what they hold: nobody hears it. */
export const holdAction: ActionKind = {
  type: "HOLD",
  kind: "expressive",
  description:
    "come to hold something, or hold it otherwise than before; nobody hears it. `topic` is a short claim, in the same words each time; `stance` to it; `firmness` from 0 to 1; `because` your reason, with what you heard or saw if that moved you. Others being of another mind, many or loud, is no reason",
  args,
};

/** What the actions of a turn declare. */
export function heldIn(actions: readonly Action[]): readonly Held[] {
  return actions.flatMap((action) => {
    const read = action.type === holdAction.type ? args.safeParse(action.args) : undefined;
    return read?.success ? [read.data] : [];
  });
}
