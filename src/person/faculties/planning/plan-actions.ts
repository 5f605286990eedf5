import { z } from "zod";
import type { ActionKind } from "../../../kernel/contracts/faculty.ts";

const letters = 200;
const day = z.iso.date().optional();
const words = z.string().min(1).max(letters);
const steps = z
  .array(z.object({ step: words, by: day }))
  .min(1)
  .max(8);
const plan = z.int().min(1);

/** What a person writes by each of these actions. */
export const planArguments = {
  PLAN: z.object({ goal: words, steps }),
  STEP_DONE: z.object({ plan }),
  REVISE_PLAN: z.object({ plan, steps }),
  DROP_PLAN: z.object({ plan, because: words }),
} as const;

/** What a person says to themselves about their plans: nobody hears it. */
export const planActions: readonly ActionKind[] = [
  {
    type: "PLAN",
    kind: "expressive",
    description:
      "set out to reach a `goal` that takes days, in at most 8 `steps`, each with the day `by` which (2026-12-31) where it has one; nobody hears it. What you plan stands in <now> until it is done or dropped",
    args: planArguments.PLAN,
  },
  {
    type: "STEP_DONE",
    kind: "expressive",
    description: "you really have done the current step of `plan`, by its number",
    args: planArguments.STEP_DONE,
  },
  {
    type: "REVISE_PLAN",
    kind: "expressive",
    description: "put other `steps`, or other days, in place of those of `plan` that are not done",
    args: planArguments.REVISE_PLAN,
  },
  {
    type: "DROP_PLAN",
    kind: "expressive",
    description: "give `plan` up, and `because` of what",
    args: planArguments.DROP_PLAN,
  },
];
