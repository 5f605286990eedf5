import type { JournalEvent } from "../../kernel/contracts/events.ts";
import type { CognitiveState } from "../../kernel/contracts/person.ts";
import type { Hearers } from "../../kernel/contracts/world/events.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { actionText } from "../../kernel/values/transcript.ts";
import type { SavedPerson } from "../../person/state/document.ts";

/** A person as they were. */
export interface PersonThen {
  readonly id: PersonId;
  readonly name: string;
  readonly persona: unknown;
  readonly state: CognitiveState;
  readonly location?: string;
  readonly context?: readonly string[];
  /** What they had perceived and not reacted to. */
  readonly pending: readonly string[];
  /** Turns taken. */
  readonly turns: number;
}

/** Who came as they were saved, as the journal has it. */
type Restored = Pick<SavedPerson, "life">;

type Known = { -readonly [Field in keyof PersonThen]: PersonThen[Field] };

/** What is needed to know who heard what. */
interface Around {
  readonly worlds: Map<string, Set<PersonId>>;
  /** By the action that said them. */
  readonly words: Map<string, string>;
}

/** The people of a story that ends here, in the order of entering. */
export function peopleIn(events: readonly JournalEvent[]): readonly PersonThen[] {
  const people = new Map<PersonId, Known>();
  const around: Around = { worlds: new Map(), words: new Map() };
  for (const event of events) {
    if (event.type === "person-created") {
      const { person: id, name, persona } = event;
      people.set(id, { id, name, persona, state: {}, pending: [], turns: 0 });
    }
    remember(event, around);
    for (const [hearer, text] of heardIn(event, around)) {
      const person = people.get(hearer);
      if (person !== undefined) person.pending = [...person.pending, text];
    }
    change(people, event);
  }
  return [...people.values()];
}

function remember(event: JournalEvent, { worlds, words }: Around): void {
  if (event.type === "world-created") worlds.set(event.world, new Set(event.people));
  if (event.type === "person-entered") worlds.get(event.world)?.add(event.person);
  if (event.type === "person-left") worlds.get(event.world)?.delete(event.person);
  if (event.type !== "turn") return;
  for (const [place, action] of event.actions.entries()) {
    words.set(`${event.id}.${place}`, `${event.name}: ${actionText(action)}`);
  }
}

function heardIn(event: JournalEvent, { worlds, words }: Around): readonly (readonly [PersonId, string])[] {
  if (event.type === "overheard") return event.by.map((hearer) => [hearer, words.get(event.action) ?? ""] as const);
  if (event.type !== "broadcast" && event.type !== "delivered") return [];
  const from = event.type === "delivered" ? event.from : undefined;
  const text = event.type === "delivered" ? (words.get(event.action) ?? "") : told(event.stimulus);
  const hearers: Hearers = event.to === "everyone" ? [...(worlds.get(event.world) ?? [])] : event.to;
  return hearers.flatMap((hearer) => (hearer === from ? [] : [[hearer, text] as const]));
}

/** What is a person's own. */
function change(people: ReadonlyMap<PersonId, Known>, event: JournalEvent): void {
  const person = "person" in event ? people.get(event.person) : undefined;
  if (person === undefined) return;
  if (event.type === "person-restored") Object.assign(person, broughtBy(event.saved as Restored));
  if (event.type === "persona-changed") person.persona = event.persona;
  if (event.type === "stimulus") person.pending = [...person.pending, told(event.stimulus)];
  if (event.type === "moved") {
    const { location, context } = event;
    if (location !== undefined) Object.assign(person, { location, pending: [...person.pending, location] });
    if (context !== undefined) Object.assign(person, { context, state: { ...person.state, context } });
  }
  if (event.type !== "turn") return;
  person.state = { ...person.state, ...event.state };
  person.turns += 1;
  person.pending = [];
}

function broughtBy({ life }: Restored): Partial<Known> {
  if (life === undefined) return {};
  const { state, location, episodes, pending } = life;
  const news = pending.map((place) => episodes[place]).filter((episode) => episode?.kind === "stimulus");
  return {
    state: state as CognitiveState,
    ...(location !== undefined && { location }),
    pending: news.map(({ stimulus }) => told(stimulus)),
  };
}

const told = ({ source, content }: { readonly source?: string | undefined; readonly content: string }): string =>
  source === undefined ? content : `${source}: ${content}`;
