import type { ActOptions } from "../../../kernel/contracts/person.ts";
import type { Present } from "../../prompt/present.ts";
import type { Mind } from "../mind.ts";
import type { Draft } from "./draft.ts";

/** What holds for a person at this point of a turn. */
export function presentOf(mind: Mind, draft: Draft, options: ActOptions): Present {
  const time = mind.context.clock.written();
  const reachable = options.reachable ?? mind.reachable;
  const { queries, pause } = draft;
  const asked = queries < mind.settings.maxQueries ? "answered" : "last";
  return {
    name: mind.who.name,
    ...(mind.language === undefined ? {} : { language: mind.language }),
    ...(time === undefined ? {} : { time }),
    ...(mind.location === undefined ? {} : { location: mind.location }),
    ...(reachable === undefined ? {} : { reachable }),
    alsoReachable: options.alsoReachable ?? 0,
    state: { ...mind.state, ...draft.state },
    notes: [...draft.notes, ...(mind.stances?.notes() ?? [])],
    fresh: draft.presented.length,
    ...(draft.refused.length === 0 ? {} : { again: true }),
    ...(pause === undefined ? {} : { query: pause === "unread" ? "unread" : asked }),
  };
}
