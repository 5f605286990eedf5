import { z } from "zod";
import { Endings, Schedule, Span, said, spanShape } from "./parts.ts";

const Routine = z
  .union([
    said.describe("As in: weekdays at 08:00 open the bakery."),
    z.strictObject({
      days: z.union([
        z.enum(["every day", "weekdays", "weekends"]),
        z
          .array(z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]))
          .min(1)
          .describe("Days of the week."),
      ]),
      at: said.describe("The time of the day, as in 08:00."),
      what: said,
    }),
  ])
  .describe("What somebody does regularly.");

const Appointment = z
  .strictObject({
    title: said,
    start: said.describe("As in 2030-01-31 09:00."),
    place: said.optional(),
    organizer: said.describe("A person, by name.").optional(),
    attendees: z.array(said).describe("People, by name.").optional(),
  })
  .describe("Something that is planned.");

const Wake = z
  .strictObject({
    routines: z
      .record(said, z.array(Routine).min(1))
      .describe("By name, beside those of the personas that say a day and a time.")
      .optional(),
    appointments: z.array(Appointment).optional(),
    exchanges: z.int().min(0).describe("How many further steps those awake have to answer. Default 3.").optional(),
    summaries: z
      .union([z.boolean(), Span])
      .describe("Who wakes after that long says in one call what they did meanwhile; true: after a day.")
      .optional(),
  })
  .describe("Only those act whom something wakes: a routine, an appointment, words for them or of interest to them.");
export type Wake = z.infer<typeof Wake>;

const Plan = z
  .strictObject({
    steps: z.int().positive().describe("So many steps.").optional(),
    until: said.describe("Until this simulated moment, as in 2030-03-01 or 2030-03-01T09:00.").optional(),
    ...spanShape,
    every: Span.describe("How much simulated time passes before each step.").optional(),
    wake: Wake.optional(),
    schedule: Schedule.optional(),
    stopWhen: Endings.describe("What ends this run, instead of the world's `termination`.").optional(),
    stopWhenQuiet: z
      .boolean()
      .describe("Whether a step without any act ends it. Default: where no time passes.")
      .optional(),
  })
  .describe("So many steps, until a moment, or for a span of simulated time, as in { days: 14 }.");
export type Plan = z.infer<typeof Plan>;

export const Run = z
  .union([z.int().positive().describe("So many steps."), Plan])
  .describe("People act, in each step as the world's schedule says.");
export type Run = z.infer<typeof Run>;
