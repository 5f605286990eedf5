import type { JournalEvent } from "../../kernel/contracts/events.ts";

/**
 * The session of everybody who was in a world with others: those who met, or met somebody who did, have one in common,
 * called by the cell and the first of their worlds.
 */
export function sessionsIn(story: readonly JournalEvent[], cell: string): ReadonlyMap<string, string> {
  const members = new Map<string, Set<string>>();
  for (const event of story) {
    const came = event.type === "world-created" ? event.people : event.type === "person-entered" ? [event.person] : [];
    if (!("world" in event) || came.length === 0) continue;
    members.set(event.world, new Set([...(members.get(event.world) ?? []), ...came]));
  }
  const sessions: { readonly name: string; readonly people: Set<string> }[] = [];
  for (const [world, people] of members) {
    const met = sessions.filter((session) => [...people].some((person) => session.people.has(person)));
    const [first, ...others] = met;
    const all = new Set([...met.flatMap((session) => [...session.people]), ...people]);
    for (const one of others) sessions.splice(sessions.indexOf(one), 1);
    if (first === undefined) sessions.push({ name: `${cell}/${world}`, people: all });
    else for (const person of all) first.people.add(person);
  }
  const several = sessions.filter(({ people }) => people.size > 1);
  return new Map(several.flatMap(({ name, people }) => [...people].map((person) => [person, name] as const)));
}
