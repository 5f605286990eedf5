import type { z } from "zod";
import type { ActionKind } from "../../kernel/contracts/faculty.ts";

/**
 * A kind of action whose `run` knows the type of its arguments.
 * @example
 * const weather = defineAction({
 *   type: "LOOK_OUTSIDE",
 *   kind: "query",
 *   description: "see what the weather is in a `city`",
 *   args: z.object({ city: z.string() }),
 *   run: async ({ city }) => ({ text: `It rains in ${city}.` }),
 * });
 * // simulation.person("lisa", { faculties: [{ name: "weather", actions: [weather] }] })
 */
export function defineAction<Args extends z.ZodObject>(
  kind: Omit<ActionKind<z.infer<Args>>, "args"> & { readonly args: Args },
): ActionKind {
  return kind;
}
