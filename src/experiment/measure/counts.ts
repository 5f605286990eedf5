import type { JournalEvent } from "../../kernel/contracts/events.ts";
import { actionText } from "../../kernel/values/transcript.ts";
import type { MetricSource } from "../design/metric.ts";
import type { Reading, Scene } from "./reading.ts";

type CountSource = Extract<MetricSource, { count: string }>;

/** How often everybody did something: actions of a type, or events that are about them. */
export function countsOf(source: CountSource, { simulation, story }: Scene): readonly Reading[] {
  const counts = new Map<string, number>(simulation.people.map(({ id }) => [id, 0]));
  for (const event of story) {
    const person = "person" in event ? event.person : undefined;
    const before = person === undefined ? undefined : counts.get(person);
    if (person !== undefined && before !== undefined) counts.set(person, before + timesIn(event, source));
  }
  return [...counts].map(([person, value]) => ({ person, value }));
}

function timesIn(event: JournalEvent, { count, saying }: CountSource): number {
  const has = (text: string): boolean => saying === undefined || text.toLowerCase().includes(saying.toLowerCase());
  const deeds =
    event.type === "turn" ? event.actions.filter((action) => action.type === count && has(actionText(action))) : [];
  return deeds.length + (event.type === count && has(JSON.stringify(event)) ? 1 : 0);
}
