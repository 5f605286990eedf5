import type { JournalEvent } from "../../kernel/contracts/events.ts";
import type { PersonId, WorldId } from "../../kernel/values/ids.ts";

/** What the people and the worlds of a story are called, by their ids. */
export interface StoryNames {
  readonly people: ReadonlyMap<PersonId, string>;
  readonly worlds: ReadonlyMap<WorldId, string>;
}

/**
 * What the people and the worlds of a story are called, by their ids, for readers: several of one name have their ids
 * behind it.
 * @example
 * storyNames([{ type: "world-created", id: "world:room#0", world: "room", name: "Room", people: [] }]).worlds.get("room"); // => "Room"
 */
export function storyNames(events: Iterable<JournalEvent>): StoryNames {
  const people = new Map<PersonId, string>();
  const worlds = new Map<WorldId, string>();
  for (const event of events) {
    if (event.type === "person-created") people.set(event.person, event.name);
    if (event.type === "world-created") worlds.set(event.world, event.name);
  }
  return { people: toldApart(people), worlds: toldApart(worlds) };
}

function toldApart(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const bearers = Map.groupBy(names, ([, name]) => name);
  const label = (id: string, name: string): string => ((bearers.get(name)?.length ?? 0) > 1 ? `${name} (${id})` : name);
  return new Map(Array.from(names, ([id, name]) => [id, label(id, name)]));
}
