import type { Context, Source, Subject } from "../../kernel/contracts/context.ts";
import type { JournalEvent, TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Store } from "../../kernel/contracts/store.ts";
import type { PersonId, WorldId } from "../../kernel/values/ids.ts";
import { transcriptOf } from "../../kernel/values/transcript.ts";
import { readStory } from "../../store/story.ts";

/** Who of stored runs is read about, each as they were at the end: what models are asked of them this context asks. */
export async function subjectsIn(
  runs: readonly Source[],
  { store, context, of }: { readonly store: Store; readonly context: Context; readonly of: "people" | "worlds" },
): Promise<readonly PastSubject[]> {
  const found: PastSubject[] = [];
  for (const { run, arm, seed } of runs) {
    const source = { run, ...(arm !== undefined && { arm }), ...(seed !== undefined && { seed }) };
    const story = readIn(await Array.fromAsync(readStory(store, run)));
    const place = context.fork(`run:${run}`);
    const subjects = of === "people" ? [...story.people.values()] : [...story.worlds.values()];
    for (const { id, name } of subjects) {
      let read: readonly TranscriptEntry[] | undefined;
      const transcript = (): readonly TranscriptEntry[] => (read ??= entriesOf(id, of, story));
      const own = place.fork(`${of === "people" ? "person" : "world"}:${id}`);
      found.push({ id, name, source, context: own, transcript });
    }
  }
  return found;
}

/** Looked up when it is asked for: of a crowd, few may be read about. */
function entriesOf(id: string, of: "people" | "worlds", story: Story): readonly TranscriptEntry[] {
  return of === "people" ? lifeOf(id, story) : story.entries.filter(({ world }) => world === id);
}

/** All of a stored run (`readStory`) as something that can be asked; the context of an open run pays. */
export function storedSubject(context: Context, name: string, events: readonly JournalEvent[]): Subject {
  const entries = transcriptOf(events);
  return { name, context, transcript: () => entries };
}

/** Somebody, or a world, of a stored run. */
export interface PastSubject extends Subject {
  readonly source: Source;
}

interface Named {
  readonly id: string;
  readonly name: string;
  /** Of a world: everybody who was ever there. */
  readonly there: Set<PersonId>;
}

interface Story {
  readonly entries: readonly TranscriptEntry[];
  readonly people: ReadonlyMap<PersonId, Named>;
  readonly worlds: ReadonlyMap<WorldId, Named>;
}

function readIn(events: readonly JournalEvent[]): Story {
  const people = new Map<PersonId, Named>();
  const worlds = new Map<WorldId, Named>();
  for (const event of events) {
    if (event.type === "person-created") {
      people.set(event.person, { id: event.person, name: event.name, there: new Set() });
    }
    if (event.type === "world-created") {
      worlds.set(event.world, { id: event.world, name: event.name, there: new Set(event.people) });
    }
    if (event.type === "person-entered") worlds.get(event.world)?.there.add(event.person);
  }
  return { entries: transcriptOf(events), people, worlds };
}

/** What somebody did, and what was said to them or to all who were where they were: nobody else's thoughts. */
function lifeOf(id: PersonId, { entries, people, worlds }: Story): readonly TranscriptEntry[] {
  const name = people.get(id)?.name ?? id;
  const isThere = (world: WorldId | undefined): boolean =>
    world !== undefined && worlds.get(world)?.there.has(id) === true;
  return entries.filter(({ from, to, kind, type, world }) => {
    if (from === name || to.includes(name)) return true;
    return to.length === 0 && isThere(world) && (kind === "stimulus" || type === "TALK");
  });
}
