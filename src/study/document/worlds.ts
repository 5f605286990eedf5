import { z } from "zod";
import { NetworkDocument } from "./network.ts";

const said = z.string().min(1);
const name = said.describe("The world's name. Default: what kind it is.").optional();
const Names = z.union([said, z.array(said).min(1)]);
const schedule = z.enum(["simultaneous", "sequential", "shuffled", "round robin"]);

const Topic = z
  .union([
    said.describe("A question."),
    z.strictObject({
      ask: said.describe("The question."),
      followUps: z.array(said).describe("What is asked after it.").optional(),
      probe: said.describe("What those are asked who kept silent.").optional(),
      rounds: z.int().positive().describe("How often everybody may speak to each question. Default 2.").optional(),
    }),
  ])
  .describe("A topic.");

const Guide = z
  .union([
    z.array(Topic).min(1).describe("The topics, in order."),
    z.strictObject({
      opening: said.describe("Said before the first topic.").optional(),
      topics: z.array(Topic).min(1),
      closing: said.describe("Said at the end.").optional(),
      deviations: z
        .int()
        .min(0)
        .describe("How often in a topic a person who leads may ask something else. Default 1.")
        .optional(),
    }),
  ])
  .describe("What the talk goes through.");

const Room = z
  .strictObject({
    kind: z.literal("room").optional(),
    name: z.string().min(1),
    schedule: schedule.optional(),
    accessible: z
      .enum(["everyone", "nobody"])
      .describe("Who can address whom at the beginning. Default: everyone, or along the network where there is one.")
      .optional(),
    network: NetworkDocument.optional(),
  })
  .describe("People in a room, who act in steps.");

const FocusGroup = z
  .strictObject({
    kind: z.literal("focus group"),
    name,
    moderator: said.describe("One of the people, who leads in their own words, or the name of a voice.").optional(),
    guide: Guide,
    schedule: schedule.describe("How people speak within a round. Default: shuffled.").optional(),
  })
  .describe("People around a table, and a moderator who leads them through a guide.");

const Interview = z
  .strictObject({
    kind: z.literal("interview"),
    name,
    interviewer: said.describe("One of two people, who asks in their own words, or the name of a voice.").optional(),
    guide: Guide,
  })
  .describe("One asks, one answers.");

const Debate = z
  .strictObject({
    kind: z.literal("debate"),
    name,
    motion: said.describe("What is debated, as a claim."),
    for: Names.describe("Who speaks for it."),
    against: Names.describe("Who speaks against it. All others listen and vote."),
    chair: said.describe("The name of the voice that calls people up.").optional(),
    rebuttals: z.int().min(0).describe("Rounds of rebuttals after the opening statements. Default 1.").optional(),
    words: z.int().positive().describe("The most words of a turn; the rest is not heard.").optional(),
    minutes: z.number().positive().describe("Simulated minutes of a turn; the study needs `startAt`.").optional(),
    vote: z
      .enum(["secret", "open", "none"])
      .describe("A vote before and after: each alone, or one after the other and heard by all. Default: secret.")
      .optional(),
  })
  .describe("Two sides speak in turn, and everybody votes before and after.");

const TownHall = z
  .strictObject({
    kind: z.literal("town hall"),
    name,
    speaker: said.describe("One of the people; all others are the audience."),
    opening: said.describe("What the speaker has to say, which they put into their own words."),
    moderator: said.describe("The name of the voice that calls people up.").optional(),
    questions: z.int().positive().describe("The most questions. Default 5.").optional(),
    whispers: z.int().min(0).describe("How many whisper to a neighbour after each answer. Default 0.").optional(),
  })
  .describe("A speaker, and an audience whose questions come in the order of urgency.");

/** A world as a study file writes it. */
export const World = z.discriminatedUnion("kind", [Room, FocusGroup, Interview, Debate, TownHall]);
export type World = z.infer<typeof World>;

/** The columns of the table that is made when such a world is held; a room has none. */
export const heldColumns: Readonly<Record<NonNullable<World["kind"]>, readonly string[] | undefined>> = {
  room: undefined,
  "focus group": ["topic", "person", "spoke", "probed"],
  debate: ["person", "side", "before", "after", "changed", "because", "by", "byWhom"],
  "town hall": ["person", "urgency", "question", "asked", "answer", "answered"],
  interview: ["question", "kind", "answer", "event"],
};
