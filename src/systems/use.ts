import { z } from "zod";
import type { ActionKind, Faculty } from "../kernel/contracts/faculty.ts";
import type { System } from "../kernel/contracts/systems/system.ts";

/** With which people say that they are done with a system. */
export const endings = { reached: "GOAL_REACHED", gaveUp: "GIVE_UP" } as const;

const ends: readonly Omit<ActionKind, "kind">[] = [
  {
    type: endings.reached,
    description: "you have what you came to the system for; `content` says what it is, as the system showed it",
    args: z.object({ content: z.string() }),
  },
  {
    type: endings.gaveUp,
    description: "you stop using the system without what you came for, as you really would; `content` says why",
    args: z.object({ content: z.string() }),
  },
];

/**
 * What people can do with a system, as a faculty: its moves, and two ways to be done with it. What they do is carried out
 * by whoever holds the session with them.
 * @example
 * const bot = chatSystem({ name: "parrot", reply: async () => "Hello!" });
 * systemUse(bot).actions.map(({ type }) => type); // => ["SAY_TO_SYSTEM", "GOAL_REACHED", "GIVE_UP"]
 */
export function systemUse(system: System): Faculty {
  const actions = [...system.moves, ...ends].map((kind): ActionKind => ({ ...kind, kind: "expressive" }));
  return { name: `use of ${system.name}`, actions };
}
