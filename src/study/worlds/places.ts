import type { Actor } from "../../kernel/contracts/person.ts";
import type { SocialGraph } from "../../kernel/contracts/world/network.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { WorldKind } from "../../world/kinds/kind.ts";
import { SocialFeed } from "../../world/kinds/places/feed/social-feed.ts";
import { MailAndChat } from "../../world/kinds/places/mail/mail-and-chat.ts";
import { Marketplace, type MarketplaceOptions } from "../../world/kinds/places/market/marketplace.ts";
import { Workplace } from "../../world/kinds/places/workplace/workplace.ts";
import { invalidStudy } from "../document/parse.ts";
import type { WorldOf } from "../document/worlds/world.ts";
import { type Called, fullName, named } from "./names.ts";
import { checkRelations, networkOf } from "./network.ts";
import { deliveryNamed, type Stage, scheduleNamed } from "./parts.ts";
import { present } from "./present.ts";

/** A place as a study file describes it. */
export type PlaceDocument = WorldOf<"social feed" | "marketplace" | "workplace" | "mail and chat">;

/** A kind of world, and what it needs to know of its people once they are there: what they are to each other. */
export interface Ground {
  readonly kind: WorldKind;
  settle?(name: string, stage: Stage): Promise<SocialGraph>;
}

/** The kind of world that a place is, among people who are called so. */
export function groundOf(given: PlaceDocument, called: readonly Called[]): Ground {
  const schedule = given.schedule && { schedule: scheduleNamed(given.schedule) };
  switch (given.kind) {
    case "social feed":
      return feedOf(given, schedule);
    case "marketplace": {
      const { goods, mechanism } = given;
      const holdings = holdingsOf(given, called);
      return { kind: new Marketplace({ goods, holdings, ...present({ mechanism }), ...schedule }) };
    }
    case "workplace": {
      const { places, start = {}, eavesdropping } = given;
      const rooms = places.map((place) => (typeof place === "string" ? place : present(place)));
      const first = Object.entries(start).map(([name, place]) => [fullName(name, called), place]);
      const options = { places: rooms, start: Object.fromEntries(first), ...present({ eavesdropping }) };
      return { kind: new Workplace({ ...options, ...schedule }) };
    }
    case "mail and chat": {
      const { channels = {}, mail, chat } = given;
      const members = Object.entries(channels).map(([channel, who]) => {
        return [channel, who === "everyone" ? who : who.map((name) => fullName(name, called))];
      });
      const post = { ...(mail && { mail: deliveryNamed(mail) }), ...(chat && { chat: deliveryNamed(chat) }) };
      return { kind: new MailAndChat({ channels: Object.fromEntries(members), ...post, ...schedule }) };
    }
  }
}

function feedOf(
  { follows, ranking, page, activity }: WorldOf<"social feed">,
  schedule: ConstructorParameters<typeof SocialFeed>[0],
): Ground {
  const options = { ...present({ ranking, page, activity }), ...schedule };
  if (follows === undefined) return { kind: new SocialFeed(options) };
  const followed = new Map<PersonId, readonly PersonId[]>();
  return {
    kind: new SocialFeed({ ...options, follows: ({ id }: Actor) => followed.get(id) ?? [] }),
    settle: async (name, stage) => {
      const network = await networkOf(follows, name, stage);
      for (const { id } of stage.people) followed.set(id, [...network.neighbours(id)]);
      return network;
    },
  };
}

/** An entry without `who` is for all who are not named. */
function holdingsOf({ holdings }: WorldOf<"marketplace">, called: readonly Called[]): MarketplaceOptions["holdings"] {
  const given = holdings.map(({ who, ...has }) => {
    return { who: who && [who].flat().map((name) => fullName(name, called)), has: present(has) };
  });
  const others = given.find(({ who }) => who === undefined);
  return ({ name }) => (given.find(({ who }) => who?.includes(name)) ?? others)?.has ?? {};
}

/** The names in a place's description; STUDY_INVALID for one that means nobody, and for somebody with two entries. */
export function checkPlace(given: PlaceDocument, people: readonly Called[]): void {
  if (given.kind === "social feed" && given.follows !== undefined) {
    checkRelations(given.follows, people, "world.follows");
  }
  if (given.kind === "marketplace") checkHoldings(given.holdings, people);
  if (given.kind === "workplace") {
    for (const name of Object.keys(given.start ?? {})) named(name, people, `world.start.${name}`);
  }
  if (given.kind === "mail and chat") {
    for (const [channel, who] of Object.entries(given.channels ?? {})) {
      if (who !== "everyone") named(who, people, `world.channels.${channel}`);
    }
  }
}

function checkHoldings(holdings: WorldOf<"marketplace">["holdings"], people: readonly Called[]): void {
  const known = new Set<Called>();
  for (const [place, { who }] of holdings.entries()) {
    const path = `world.holdings.${place}.who`;
    for (const person of who === undefined ? [] : named(who, people, path)) {
      if (known.has(person)) throw invalidStudy([{ path, message: `There is an entry for ${person.name} already.` }]);
      known.add(person);
    }
  }
}
