import type { JournalEvent, TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Store } from "../../kernel/contracts/store.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { transcriptOf } from "../../kernel/values/transcript.ts";
import { knownRun, readStory } from "../../store/story.ts";
import { type AskedThen, askedBefore } from "./asked.ts";
import { type PersonThen, peopleIn } from "./people.ts";

/** A stored run as it was at one of its places: to be looked at, and never to be changed. */
export interface PastMoment {
  readonly run: RunId;
  /** The place, or undefined for the end. */
  readonly at?: string;
  /** Who had entered by then. */
  readonly people: readonly (PersonThen & {
    /** What they were last asked, and their answer. */ readonly asked?: AskedThen;
  })[];
  /** What had happened by then, each thing once. */
  readonly transcript: readonly TranscriptEntry[];
}

/**
 * A stored run as it was before a step (`room/3`) or at a checkpoint, or at its end: from what is kept alone, without
 * running anything.
 * @throws RUN_UNKNOWN, PLACE_UNKNOWN
 * @example
 * const store = await openSqliteStore(".tinytroupe/troupe.db");
 * for (const { id } of await store.listRuns()) (await readMoment(store, id)).people.map(({ state }) => state.emotions);
 * await store.close();
 */
export async function readMoment(
  store: Store,
  run: RunId,
  place?:
    | string
    | { readonly at: string /** Where the story does not come there, it is its end. */; readonly isEnd: boolean },
): Promise<PastMoment> {
  const { at, isEnd } = typeof place === "object" ? place : { at: place, isEnd: false };
  const record = await knownRun(store, run);
  const story = await Array.fromAsync(readStory(store, run));
  const events = at === undefined ? story : before(story, { at, isEnd });
  const people = peopleIn(events);
  const asked = await askedBefore(store, record, { events, people });
  return {
    run,
    ...(at !== undefined && { at }),
    people: people.map((person) => ({
      ...person,
      ...(asked.has(person.id) && { asked: asked.get(person.id) as AskedThen }),
    })),
    transcript: transcriptOf(events),
  };
}

/** The places of a story, in its order: steps that began, and checkpoints. */
function placeOf(event: JournalEvent): string | undefined {
  if (event.type === "step-started") return `${event.world}/${event.step}`;
  return event.type === "checkpoint" ? event.label : undefined;
}

function before(
  story: readonly JournalEvent[],
  { at, isEnd }: { readonly at: string; readonly isEnd: boolean },
): readonly JournalEvent[] {
  const end = story.findIndex((event) => placeOf(event) === at);
  if (end >= 0 || isEnd) return end >= 0 ? story.slice(0, end) : story;
  const known = story.flatMap((event) => placeOf(event) ?? []);
  throw new TinyTroupeError("PLACE_UNKNOWN", `The run has no place '${at}'.`, {
    data: { place: at, known },
    hint: known.length === 0 ? "It has no steps and no checkpoints." : `Its places: ${known.slice(0, 12).join(", ")}.`,
  });
}
