import { z } from "zod";
import { said } from "./parts.ts";

/** A kind of world, as a study file writes it: what all have, and what is its own. */
export function kindOf<const K extends string, S extends z.core.$ZodLooseShape>(kind: K, about: string, own: S) {
  const name = said.describe("The world's name. Default: what kind it is.").optional();
  return z.strictObject({ kind: z.literal(kind), name, ...own }).describe(about);
}
