import { z } from "zod";
import { originSchema } from "../../persona/origin/origin.ts";
import { type Persona, personaSchema } from "../../persona/schema.ts";
import type { PersonOptions } from "../options.ts";

/** The version of the format that is written; older ones are brought up to it when they are read. */
export const formatVersion = 1;

const text = z.string();
const eventId = z.string().regex(/^\S{1,600}$/u, "This is no name of an event.");
const time = z.iso.datetime().describe("Simulated time, ISO 8601.").optional();
const name = z.string().min(1).max(200);
const place = z.int().min(0);

const Picture = z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/, "This is no SHA-256.") });

const Stimulus = z.strictObject({
  type: z.enum(["CONVERSATION", "SOCIAL", "LOCATION", "VISUAL", "THOUGHT", "INTERNAL_GOAL_FORMULATION", "FEEDBACK"]),
  content: text,
  source: text.optional(),
  images: z.array(Picture).optional(),
  via: eventId.optional(),
  quotes: z.array(text).describe("What its words quote, by location.").optional(),
});

const Action = z.strictObject({
  type: z.string().min(1).max(200),
  content: text.optional(),
  target: text.optional(),
  args: z.unknown().optional(),
});

const Episode = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("stimulus"), id: eventId, time, stimulus: Stimulus, wakes: z.boolean() }),
  z.strictObject({
    kind: z.literal("turn"),
    id: eventId,
    time,
    presented: z.array(place).describe("What was new to the person in it, by its place among the episodes."),
    actions: z.array(Action),
    heuristic: z.literal(true).optional(),
  }),
]);

const Message = z.strictObject({
  role: z.enum(["user", "assistant"]),
  content: z.union([
    text,
    z.array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("text"), text }),
        z.strictObject({ type: z.literal("image"), ...Picture.shape }),
      ]),
    ),
  ]),
  cacheUpToHere: z.literal(true).optional(),
});

const Block = z.strictObject({
  turn: place.describe("The turn, by its place among the episodes."),
  messages: z.array(Message),
  quotes: z
    .array(z.strictObject({ message: place, type: text, text: text.optional(), sources: z.array(text) }))
    .describe("Which of its messages quote documents, so that they can be purged with these.")
    .optional(),
});

const Left = z.strictObject({
  turns: z.int().min(0),
  events: z.int().min(0),
  heard: z.array(z.strictObject({ name: text, times: z.int().min(1) })),
  said: z.array(text),
});

const History = z
  .strictObject({
    shape: z.enum(["full", "small"]).describe("The shape of prompt that its messages were written for."),
    opening: Block.describe("The first turn, where it is kept apart.").optional(),
    note: Message.describe("What stands for the turns that were left out.").optional(),
    summaries: z.array(text).describe("The texts of notes that it tells.").optional(),
    left: Left,
    pieces: z.array(z.strictObject({ through: z.int().min(0), left: Left })),
    turns: z.int().min(0),
    blocks: z.array(Block),
    lastTime: time,
  })
  .describe("The past as it stands in the next prompt, byte for byte.");

const noteId = z.string().regex(/^n[1-9]\d{0,9}$/, "Notes are called n1, n2 and so on.");

const Note = z.strictObject({
  id: noteId,
  kind: z.enum(["fact", "impression", "procedure", "relationship", "event", "reflection"]),
  text: z.string().min(1),
  time,
  sources: z.array(eventId),
  drawnFrom: z.array(noteId).optional(),
  from: z.strictObject({ location: text, title: text.optional(), digest: text, part: text.optional() }).optional(),
  about: z.array(text).optional(),
  importance: z.number().min(0).max(1),
});

const span = z.tuple([z.int().min(1), z.int().min(1)]);

const Memory = z
  .strictObject({
    forgotten: z.array(z.strictObject({ id: noteId, reason: z.enum(["faded", "capacity", "told", "purged"]) })),
    summaries: z.array(z.strictObject({ episodes: span, note: noteId })),
    unreflected: z.number().min(0),
    open: z.array(place).describe("The turns of the episode that has not ended, by their places."),
    tokens: z.number().min(0),
    turns: z.int().min(0),
    closed: z.int().min(0),
    began: z.array(z.int().min(0)),
    gathered: z.array(
      z.strictObject({
        episode: z.int().min(1),
        end: z.enum(["quiet", "place", "size", "asked"]),
        turns: z.array(place).min(1),
        lastTurn: z.int().min(1),
        events: z.int().min(0),
        tokens: z.number().min(0),
      }),
    ),
    failedAt: z.int().min(0),
    owed: z.int().min(0),
    through: z.int().min(0),
  })
  .describe("How far the notes are, and what they are still to be made of.");

const Held = z.strictObject({
  topic: text,
  stance: z.enum(["for", "against", "undecided"]),
  firmness: z.number().min(0).max(1),
  because: text,
  causes: z.array(eventId),
});

const Life = z
  .strictObject({
    state: z.strictObject({
      goals: text.optional(),
      context: z.array(text).optional(),
      attention: text.optional(),
      emotions: text.optional(),
    }),
    location: text.optional(),
    acquaintances: z.array(z.strictObject({ name, relation: text.optional() })).optional(),
    episodes: z.array(Episode).describe("All that was perceived and done, oldest first."),
    pending: z.array(place).describe("What is still new, by its place among the episodes."),
    history: History.optional().describe("Made anew from the episodes where it is missing."),
    notes: z.array(Note).describe("What was kept of it all.").optional(),
    stances: z.array(Held).describe("What the person came to hold, beside what the persona says.").optional(),
    memory: Memory.optional(),
    pictures: z
      .record(
        z.string(),
        z.strictObject({ mediaType: z.string().regex(/^image\/[a-z0-9.+-]{1,60}$/), data: z.base64() }),
      )
      .describe("What was seen, as base64, by the SHA-256 of its bytes.")
      .optional(),
  })
  .describe("What the person has lived through, and has on their mind.");

/** Every option but the faculties, which are code: one that is forgotten here would make files that nobody can read. */
const options = {
  maxActions: z.int().optional(),
  maxQueries: z.int().optional(),
  idle: z.enum(["skip", "ask"]).optional(),
  repetition: z
    .union([z.boolean(), z.strictObject({ threshold: z.number().optional(), lookback: z.int().optional() })])
    .optional(),
  safety: z.strictObject({ harmfulContent: z.boolean().optional(), copyright: z.boolean().optional() }).optional(),
  historyTokens: z.int().optional(),
  memory: z
    .union([
      z.boolean(),
      z.strictObject({
        consolidateAfter: z.number().optional(),
        reflectAfter: z.number().optional(),
        capacity: z.number().optional(),
        halfLifeDays: z.number().optional(),
        recall: z
          .strictObject({
            weights: z
              .strictObject({
                relevance: z.number().optional(),
                recency: z.number().optional(),
                importance: z.number().optional(),
              })
              .optional(),
            halfLife: z.strictObject({ days: z.number().optional(), events: z.number().optional() }).optional(),
            notes: z.number().optional(),
            tokens: z.number().optional(),
          })
          .optional(),
      }),
    ])
    .optional(),
  quality: z
    .union([
      z.literal("strict"),
      z.strictObject({
        rubrics: z.array(z.record(z.string(), z.unknown())).optional(),
        threshold: z.number().optional(),
        attempts: z.number().optional(),
        repair: z.enum(["regenerate", "rewrite"]).optional(),
        otherwise: z.enum(["best", "drop", "raise"]).optional(),
        budget: z.strictObject({ calls: z.number().optional(), tokens: z.number().optional() }).optional(),
      }),
    ])
    .optional(),
  stances: z.union([z.boolean(), z.strictObject({ feedback: z.boolean().optional() })]).optional(),
  temperature: z.number().optional(),
  maxOutputTokens: z.int().optional(),
} satisfies { readonly [Key in keyof Required<SavedOptions>]: z.ZodType };

const Options = z.strictObject(options).describe("How the person was set up.");

/** A person as a file writes them. */
export const savedPersonSchema = z.strictObject({
  $schema: z.string().optional(),
  type: z.literal("TinyPerson"),
  version: z.literal(formatVersion),
  simulated: z.literal(true).optional(),
  persona: personaSchema,
  origin: originSchema.optional().describe("Where the person comes from, with consent; no model reads it."),
  faculties: z
    .array(name)
    .describe("By name: they are code, and are given again when the person is loaded.")
    .optional(),
  options: Options.optional(),
  life: Life.optional(),
});

/** A whole person as data: who they are, how they were set up, and what they have lived through. */
export interface SavedPerson extends Omit<z.output<typeof savedPersonSchema>, "$schema" | "persona" | "options"> {
  readonly persona: Persona;
  readonly options?: SavedOptions;
}

export type SavedLife = z.output<typeof Life>;
export type SavedEpisode = z.output<typeof Episode>;
export type SavedHistory = z.output<typeof History>;
export type SavedBlock = z.output<typeof Block>;
export type SavedMessage = z.output<typeof Message>;
export type SavedMemory = z.output<typeof Memory>;
export type SavedLeft = z.output<typeof Left>;
export type SavedNote = z.output<typeof Note>;
/** How the person was set up, without what is code. */
export type SavedOptions = Omit<PersonOptions, "faculties">;
