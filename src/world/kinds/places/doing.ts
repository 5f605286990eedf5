import { z } from "zod";
import type { ActionKind } from "../../../kernel/contracts/faculty.ts";

/** Something that people can do in such a place, by its name in upper case; others perceive it. */
export function doing(type: string, description: string, args: z.ZodRawShape): ActionKind {
  return { type, kind: "expressive", description, args: z.object(args) };
}

/** Words of theirs, so many letters at the most. */
export const someWords = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => text.trim() !== "", "has to say something");
