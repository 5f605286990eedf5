import type { JournalEvent } from "../../../index.ts";

/**
 * A story as it is read: each turn of a world's step, and what came of its effects, stands right before the world takes
 * it up; who was quicker does not matter.
 */
export function inReadingOrder(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const turns = new Map<string, JournalEvent>();
  for (const event of events) if (event.type === "turn") turns.set(event.id, event);
  const taken = new Set(events.flatMap((event) => (event.type === "acted" ? [event.turn] : [])));
  const effects = Map.groupBy(events.filter(isEffect), turnOf);
  return events.flatMap((event) => {
    if (isEffect(event)) return turns.has(turnOf(event)) ? [] : [event];
    if (event.type === "turn") return taken.has(event.id) ? [] : [event, ...(effects.get(event.id) ?? [])];
    const turn = event.type === "acted" ? turns.get(event.turn) : undefined;
    return turn === undefined ? [event] : [turn, ...(effects.get(turn.id) ?? []), event];
  });
}

type Effect = Extract<JournalEvent, { type: "effect-begun" | "effect-done" }>;

const isEffect = (event: JournalEvent): event is Effect =>
  event.type === "effect-begun" || event.type === "effect-done";

const turnOf = ({ action }: Effect): string => action.replace(/\.\d+$/, "");
