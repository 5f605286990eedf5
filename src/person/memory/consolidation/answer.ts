import { z } from "zod";

const importance = z.int().min(1).max(10);

/** What a model answers that was asked what a person keeps. Made anew for nobody: one object for all persons. */
export const Consolidation = z.object({
  summary: z.string().min(1).max(1_200),
  added: z
    .array(
      z.object({
        kind: z.enum(["fact", "impression", "procedure", "relationship"]),
        text: z.string().min(1).max(600),
        importance,
        about: z.array(z.string()).max(6),
        events: z.array(z.int()).max(30),
      }),
    )
    .max(8),
  revised: z.array(z.object({ note: z.string(), text: z.string().min(1).max(600), importance })).max(8),
  reflections: z.array(z.object({ text: z.string().min(1).max(600), importance, notes: z.array(z.string()) })).max(3),
});

export type ConsolidationAnswer = z.infer<typeof Consolidation>;
