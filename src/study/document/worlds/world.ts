import { z } from "zod";
import { NetworkDocument } from "./network.ts";
import { Delivery, Endings, Resolution, Schedule, said, share, Visibility } from "./parts.ts";
import { MailAndChat, Marketplace, SocialFeed, Workplace } from "./places.ts";
import { Debate, FocusGroup, Interview, TownHall } from "./talk.ts";

const Room = z
  .strictObject({
    kind: z.literal("room").optional(),
    name: said,
    schedule: Schedule.optional(),
    accessible: z
      .enum(["everyone", "nobody"])
      .describe("Who can address whom at the beginning. Default: everyone, or along the network where there is one.")
      .optional(),
    network: NetworkDocument.optional(),
    visibility: Visibility.optional(),
    eavesdropping: share
      .describe("The probability that others in reach overhear words for some. Default 0.")
      .optional(),
    delivery: Delivery.describe("When words arrive. Default: immediate.").optional(),
    resolution: Resolution.optional(),
    termination: Endings.optional(),
  })
  .describe("People in a room, who act in steps.");
export type Room = z.infer<typeof Room>;

/** A world as a study file writes it. */
export const World = z.discriminatedUnion("kind", [
  Room,
  FocusGroup,
  Interview,
  Debate,
  TownHall,
  SocialFeed,
  Marketplace,
  Workplace,
  MailAndChat,
]);
export type World = z.infer<typeof World>;

type Kind = NonNullable<World["kind"]>;
/** A world of some kind. */
export type WorldOf<K extends Kind> = Extract<World, { kind: K }>;

type Columns = Readonly<Record<string, readonly string[]>>;
const meeting = (...held: readonly string[]) => ({ held, tables: {} });
const place = (tables: Columns) => ({ held: undefined, tables });

const networkColumns: Columns = {
  positions: [...["person", "name", "degreeIn", "degreeOut", "strengthIn", "strengthOut", "clustering", "component"]],
  network: [
    ...["people", "ties", "density", "reciprocity", "clustering", "transitivity", "components", "largestComponent"],
    ...["pathLength", "longestPath", "pathsFrom"],
  ],
};

/** Whether people of such a world have relations: the network of a room or a town hall, or whom they follow in a feed. */
export const hasNetwork = (world: World): boolean =>
  ("network" in world ? world.network : "follows" in world ? world.follows : undefined) !== undefined;

/** The columns of the tables that a world keeps: those of its kind, and some of its network, where there is one. */
export function keptColumns(world: World): Columns {
  return { ...columnsOf[world.kind ?? "room"].tables, ...(hasNetwork(world) && networkColumns) };
}

/** The columns of the table that is made when such a world is held, and of those that its kind keeps: a place has these alone. */
export const columnsOf: Readonly<
  Record<Kind, { readonly held: readonly string[] | undefined; readonly tables: Columns }>
> = {
  room: place({}),
  "focus group": meeting("topic", "person", "spoke", "probed"),
  debate: meeting("person", "side", "before", "after", "changed", "because", "by", "byWhom"),
  "town hall": meeting("person", "urgency", "question", "asked", "answer", "answered"),
  interview: meeting("question", "kind", "answer", "event"),
  "social feed": place({
    posts: ["post", "author", "step", "content", "exposures", "likes", "reposts", "comments"],
    exposures: ["step", "person", "post", "author", "place"],
    engagement: ["step", "person", "action", "post", "author", "content"],
  }),
  marketplace: place({
    trades: ["step", "good", "quantity", "price", "seller", "buyer"],
    prices: ["step", "good", "trades", "quantity", "low", "high", "mean", "last"],
    orders: ["order", "side", "person", "good", "quantity", "price"],
    holdings: ["person", "money"],
  }),
  workplace: place({ whereabouts: ["step", "person", "place"] }),
  "mail and chat": place({
    mails: ["step", "from", "to", "subject", "content"],
    messages: ["step", "channel", "from", "content", "mentions"],
  }),
};
