import { z } from "zod";
import { type Persona, parsePersona } from "../persona/schema.ts";

const texts = (least: number, describe: string) => z.array(z.string().min(1)).min(least).describe(describe);
const age = z.int().min(0).max(110);
const languages = texts(1, "The languages the person really speaks, in English names, native one first.");

/**
 * What a capable model fills in: everything that makes a person, nothing optional. The least counts are lower than what
 * the prompt asks for, so that one item too few does not cost a second call.
 */
export const fullSchema = z.object({
  name: z.string().min(1).max(120).describe("Full name, as it is written in the person's country."),
  age,
  gender: z.string(),
  nationality: z.string().describe("As an adjective: Peruvian."),
  residence: z.string().describe("Neighbourhood or town, and country."),
  languages,
  education: z.string().min(1),
  long_term_goals: texts(2, "What the person wants over years, large and small."),
  occupation: z.object({
    title: z.string().min(1),
    organization: z.string().describe("Where; 'self-employed' or 'none' where that is so."),
    description: z.string().min(1).describe("What a working day is made of, what goes wrong in it, what it pays for."),
  }),
  style: z.string().min(1).describe("How the person talks and writes: length, vocabulary, habits, verbal tics."),
  personality: z.object({
    traits: texts(6, "Whole sentences with 'You'; flaws among them."),
    big_five: z.object({
      openness: z.string().describe("A degree, then why: 'Low. Has ordered the same lunch since 2009.'"),
      conscientiousness: z.string(),
      extraversion: z.string(),
      agreeableness: z.string(),
      neuroticism: z.string(),
    }),
  }),
  preferences: z.object({
    interests: texts(8, "Noun phrases."),
    likes: texts(8, "Noun phrases, specific: brands, dishes, hours, sounds."),
    dislikes: texts(8, "Noun phrases, specific."),
  }),
  skills: texts(4, "What the person does well, and at least one thing that it expressly cannot do."),
  beliefs: texts(8, "Opinions as plain statements, some debatable, some wrong, on money, work, people, technology."),
  behaviors: z.object({
    general: texts(4, "Habits, with 'You'."),
    routines: z.object({
      morning: texts(2, "With hours."),
      workday: texts(2, "Or what takes the place of work."),
      evening: texts(2, ""),
      weekend: texts(2, ""),
    }),
  }),
  health: z.string().min(1),
  relationships: z.array(z.object({ name: z.string(), description: z.string() })).min(3),
  other_facts: texts(8, "Whole sentences with 'You': places, dates, sums, accidents, grudges, secrets."),
});

/** What a small model can bear: few fields, all flat. */
export const smallSchema = z.object({
  name: z.string().min(1).max(80),
  age,
  gender: z.string(),
  nationality: z.string(),
  residence: z.string(),
  languages,
  job: z.string().min(1),
  style: z.string().min(1),
  traits: texts(3, "Sentences with 'You'; one is a flaw."),
  likes: texts(3, ""),
  dislikes: texts(3, ""),
  beliefs: texts(3, ""),
  facts: texts(3, "Sentences with 'You'."),
});

/** A filled schema as a persona. */
export function personaFrom(filled: z.output<typeof fullSchema> | z.output<typeof smallSchema>): Persona {
  if (!("job" in filled)) return parsePersona(filled);
  const { job, traits, likes, dislikes, facts, ...rest } = filled;
  return parsePersona({
    ...rest,
    occupation: { title: job },
    personality: { traits },
    preferences: { likes, dislikes },
    other_facts: facts,
  });
}
