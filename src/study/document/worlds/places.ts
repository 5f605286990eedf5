import { z } from "zod";
import { kindOf } from "./kind.ts";
import { Relations } from "./network.ts";
import { Delivery, Endings, Names, Schedule, said, share } from "./parts.ts";

const run = { termination: Endings.optional() };

export const SocialFeed = kindOf(
  "social feed",
  "People post, like, comment and repost; a ranking decides what each sees.",
  {
    ranking: z.enum(["newest", "likes", "interests"]).describe("What stands at the top. Default: newest.").optional(),
    page: z.int().positive().describe("The most posts that somebody is shown at once. Default 5.").optional(),
    activity: share.describe("The probability that somebody opens the feed in a step. Default 1.").optional(),
    follows: Relations.describe(
      "Whom people follow (`to` is followed). Default: posts of everybody come by.",
    ).optional(),
    schedule: Schedule.describe("Who opens the feed in a step, instead of `activity`.").optional(),
    ...run,
  },
);

/** Money is counted in whole cents. */
const mostMoney = Math.floor(Number.MAX_SAFE_INTEGER / 100);

const Holding = z
  .strictObject({
    who: Names.describe("Each of these has so much. Default: all who are not named.").optional(),
    money: z.number().min(0).max(mostMoney).describe("With two decimals at the most. Default: 0.").optional(),
    goods: z.record(said, z.int().min(0)).describe("Pieces of each good.").optional(),
  })
  .describe("What some have at first.");

export const Marketplace = kindOf("marketplace", "People offer, bid, accept and withdraw; nothing is made or lost.", {
  goods: z.array(said).min(1).describe("What is traded, in whole pieces."),
  holdings: z.array(Holding).min(1).describe("What people have at first. Who is not meant has nothing."),
  mechanism: z
    .enum(["order book", "posted prices"])
    .describe(
      "Offers and bids that meet are traded at once, or sellers post prices and buyers accept. Default: order book.",
    )
    .optional(),
  schedule: Schedule.optional(),
  ...run,
});

const Room = z.union([
  said.describe("A place by its name."),
  z.strictObject({
    name: said,
    about: said.describe("What one sees there.").optional(),
    closed: z.boolean().describe("Nothing is overheard there. Default: false.").optional(),
    seats: z.int().positive().describe("How many can be there at once. Default: any number.").optional(),
  }),
]);

export const Workplace = kindOf(
  "workplace",
  "People move between places, and talk with those who are where they are.",
  {
    places: z.array(Room).min(1).describe("Where people can be."),
    start: z.record(said, said).describe("Where people are at first, by name. Default: at the first place.").optional(),
    eavesdropping: share
      .describe("The probability that others at an open place overhear words for some. Default 0.")
      .optional(),
    schedule: Schedule.optional(),
    ...run,
  },
);

export const MailAndChat = kindOf("mail and chat", "People who are not in one room write e-mails, and in channels.", {
  channels: z
    .record(said, z.union([z.literal("everyone"), z.array(said)]))
    .describe("Channels, as in #launch, and who is in them at first. Default: there is e-mail alone.")
    .optional(),
  mail: Delivery.describe("When an e-mail arrives. Default: next step.").optional(),
  chat: Delivery.describe("When a message in a channel arrives. Default: immediate.").optional(),
  schedule: Schedule.describe("Who acts in a step. Default: whoever a message wakes.").optional(),
  ...run,
});
