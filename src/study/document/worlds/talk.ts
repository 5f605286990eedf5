import { z } from "zod";
import { kindOf } from "./kind.ts";
import { NetworkDocument } from "./network.ts";
import { Names, Order, said } from "./parts.ts";

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
export type WrittenGuide = z.infer<typeof Guide>;

export const FocusGroup = kindOf(
  "focus group",
  "People around a table, and a moderator who leads them through a guide.",
  {
    moderator: said.describe("One of the people, who leads in their own words, or the name of a voice.").optional(),
    guide: Guide,
    schedule: Order.describe("How people speak within a round. Default: shuffled.").optional(),
  },
);

export const Interview = kindOf("interview", "One asks, one answers.", {
  interviewer: said.describe("One of two people, who asks in their own words, or the name of a voice.").optional(),
  guide: Guide,
});

export const Debate = kindOf("debate", "Two sides speak in turn, and everybody votes before and after.", {
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
});

export const TownHall = kindOf(
  "town hall",
  "A speaker, and an audience whose questions come in the order of urgency.",
  {
    speaker: said.describe("One of the people; all others are the audience."),
    opening: said.describe("What the speaker has to say, which they put into their own words."),
    moderator: said.describe("The name of the voice that calls people up.").optional(),
    questions: z.int().positive().describe("The most questions. Default 5.").optional(),
    whispers: z.int().min(0).describe("How many whisper to a neighbour after each answer. Default 0.").optional(),
    network: NetworkDocument.omit({ broadcast: true })
      .describe("What people are to each other: whispers go along it, and not to the seats beside.")
      .optional(),
  },
);
