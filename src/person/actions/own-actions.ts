import { z } from "zod";
import type { ActionKind } from "../../kernel/contracts/faculty.ts";

/** What every person can do. The target comes before the words, so that a listener knows it while they stream. */
export const ownActions: readonly ActionKind[] = [
  {
    type: "THINK",
    kind: "expressive",
    description: "think `content` to yourself; nobody hears it",
    args: z.object({ content: z.string() }),
  },
  {
    type: "TALK",
    kind: "expressive",
    description: "say `content` aloud to `target` (a full name); without `target`, to all who listen",
    args: z.object({ target: z.string().optional(), content: z.string() }),
  },
  {
    type: "REACH_OUT",
    kind: "expressive",
    description: "seek out `target`, who is not within reach, so that you can talk next; it may fail",
    args: z.object({ target: z.string(), content: z.string().optional() }),
  },
  {
    type: "DONE",
    kind: "expressive",
    description: "you are done for now and wait for what comes",
    args: z.object({}),
  },
];

/** The same by their types, for all who can do nothing else. */
export const ownKinds: ReadonlyMap<string, ActionKind> = new Map(ownActions.map((kind) => [kind.type, kind]));
