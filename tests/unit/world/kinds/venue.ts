import type { Venue } from "../../../../src/world/kinds/venue.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { type Player, player, type Script } from "../cast.ts";

/** People without a model by what they do, and a place in which their worlds are made. */
export function stage(scripts: Readonly<Record<string, Script>>) {
  const context = testContext();
  const people = Object.entries(scripts).map(([name, script]) => player(name, context, { script }));
  const venue: Venue<Player> = {
    world: (name, all, options) => new TinyWorld(name, all, { ...options, context: context.fork(`world:${name}`) }),
  };
  return { context, venue, people: Object.fromEntries(people.map((one) => [one.name, one])) };
}

/** What somebody heard, each with who said it. */
export const heardBy = ({ heard }: Player): readonly string[] =>
  heard.flatMap(({ type, source, content }) => (type === "CONVERSATION" ? [`${source}: ${content}`] : []));

/** Who acted, in the order of acting. */
export const actingIn = ({ context }: ReturnType<typeof stage>): readonly string[] =>
  context.events.flatMap((event) => (event.type === "acted" ? [event.person] : []));
