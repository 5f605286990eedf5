import { z } from "zod";
import { fullSchema } from "../factory-schema.ts";
import { type Depth, writtenSchema } from "../generation/schema.ts";

const { shape } = fullSchema;
const quote = z.string().min(1).describe("The words of the transcript that say so, copied letter by letter.");
const told = <T extends z.ZodType>(value: T) =>
  z.object({ value, quote }).nullable().describe("Null where the transcript does not say it: nothing is guessed.");

/** What a persona may say of a real person only where the transcript says it. */
const toldSchema = z.object({
  age: told(shape.age),
  gender: told(shape.gender),
  nationality: told(shape.nationality),
  residence: told(shape.residence),
  education: told(shape.education),
  occupation: told(shape.occupation.shape.title),
});

/** The experts who each read an interview with other eyes (Park et al. 2024). */
const experts = ["psychologist", "behavioural economist", "political scientist", "demographer"] as const;

const reflection = z.object({ text: z.string().min(1).describe("Two to five sentences on the person."), quote });

/** What a model makes of a transcript, in one answer. */
export const transcriptSchema = (depth: Depth) =>
  writtenSchema(depth, Object.keys(toldSchema.shape)).extend({
    name: shape.name,
    told: toldSchema,
    reflections: z.object(
      Object.fromEntries(experts.map((expert) => [expert.replace(" ", "_"), reflection])) as Record<
        string,
        typeof reflection
      >,
    ),
  }) as unknown as z.ZodType<FromTranscript>;

interface Quoted<T> {
  readonly value: T;
  readonly quote: string;
}

/** A filled schema. */
export interface FromTranscript {
  readonly name: string;
  readonly told: Readonly<Record<string, Quoted<string | number> | null>>;
  readonly reflections: Readonly<Record<string, { readonly text: string; readonly quote: string }>>;
  readonly [place: string]: unknown;
}
