import type { Picture } from "../../document/pictures/load-picture.ts";
import type { Message, Part } from "../../kernel/contracts/model.ts";
import type { EventId } from "../../kernel/values/ids.ts";
import type { Persona } from "../../persona/schema.ts";
import type { Episode } from "../memory/episodic-log.ts";
import type { LeftOut } from "../memory/history/digest.ts";
import type { Block } from "../memory/history/parts.ts";
import type { MemoryParts } from "../memory/life-memory.ts";
import type { PersonOptions } from "../options.ts";
import type { PersonMind } from "../person-mind.ts";
import {
  formatVersion,
  type SavedBlock,
  type SavedEpisode,
  type SavedHistory,
  type SavedLeft,
  type SavedLife,
  type SavedMessage,
  type SavedOptions,
  type SavedPerson,
} from "./document.ts";

/**
 * A person as data, between two turns; what their memory has under way has its effect before. What the same story tells
 * gives the same data, to the byte.
 */
export async function snapshotOf(
  mind: PersonMind,
  { faculties = [], ...options }: PersonOptions,
): Promise<SavedPerson> {
  const set = savedOptions(options);
  const memory = await mind.memory.parts();
  return {
    type: "TinyPerson",
    version: formatVersion,
    simulated: true,
    persona: mind.persona,
    ...(mind.origin && { origin: mind.origin }),
    ...(faculties.length > 0 && { faculties: faculties.map(({ name }) => name) }),
    ...(Object.keys(set).length > 0 && { options: set }),
    life: lifeOf(mind, memory),
  };
}

/** What was said when the person was set up; what was not takes the default of whoever loads it. */
function savedOptions(options: Omit<PersonOptions, "faculties">): SavedOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function lifeOf(mind: PersonMind, memory: MemoryParts): SavedLife {
  const { episodes, pending, former } = mind.log;
  const places = new Map<unknown, number>();
  for (const [place, episode] of episodes.entries()) {
    places.set(episode, place);
    // Blocks of the history and turns of an episode know a turn by what was done in it.
    if (episode.kind === "turn") places.set(episode.actions, place);
  }
  const { run } = mind.context;
  const ids = new Set(episodes.slice(former).map(({ id }) => id));
  const gathering: Gathering = {
    placeOf: (part) => places.get(part) ?? Number.NaN,
    named: (id) => (ids.has(/^[^#]*#\d+/.exec(id)?.[0] ?? id) ? `${run}:${id}` : id),
    pictures: new Map(),
  };
  const history = historyOf(mind, gathering);
  const saved = episodes.map((episode, place) => episodeOf(episode, { ...gathering, isFormer: place < former }));
  const { location, reachable, state } = mind;
  return {
    state: { ...state, ...(state.context && { context: [...state.context] }) } as SavedLife["state"],
    ...(location !== undefined && { location }),
    ...(reachable !== undefined && { acquaintances: [...reachable] }),
    episodes: saved,
    pending: pending.map(gathering.placeOf),
    history,
    ...memoryOf(memory, gathering),
    ...stancesOf(mind, gathering),
    ...(gathering.pictures.size > 0 && { pictures: picturesOf(gathering.pictures) }),
  };
}

/** What was kept, and how far that is. */
function memoryOf(parts: MemoryParts, { placeOf, named }: Gathering): Pick<SavedLife, "notes" | "memory"> {
  const { notes, open, gathered, forgotten, summaries, unreflected, turns, closed, began, tokens, ...progress } = parts;
  const memory = {
    ...{ forgotten, summaries, unreflected, turns, closed, began },
    open: open.map(placeOf),
    tokens,
    gathered: gathered.map((episode) => ({ ...episode, turns: episode.turns.map(placeOf) })),
    ...progress,
  };
  const kept = notes.map((note) => ({ ...note, sources: note.sources.map(named) }));
  return structuredClone({ ...(kept.length > 0 && { notes: kept }), memory }) as Pick<SavedLife, "notes" | "memory">;
}

/** What the person came to hold; what the persona says they take from there. */
function stancesOf({ stances }: PersonMind, { named }: Gathering): Pick<SavedLife, "stances"> {
  const own = (stances?.held ?? []).filter(({ fromPersona }) => !fromPersona);
  if (own.length === 0) return {};
  const kept = own.map(({ topic, stance, firmness, because, causes }) => {
    return { topic, stance, firmness, because, causes: causes.map(named) };
  });
  return { stances: kept };
}

interface Gathering {
  readonly placeOf: (part: unknown) => number;
  /** An event's name with its run, since the next run has events of the same names. */
  readonly named: (id: EventId) => EventId;
  readonly pictures: Map<string, Picture>;
}

function historyOf({ history, shape }: PersonMind, gathering: Gathering): SavedHistory {
  const { opening, note, summaries, left, pieces, turns, blocks, lastTime } = history.parts;
  return {
    shape: shape.prose,
    ...(opening && { opening: blockOf(opening, gathering) }),
    ...(note && { note: messageOf(note, gathering.pictures) }),
    ...(summaries.length > 0 && { summaries: [...summaries] }),
    left: leftOf(left),
    pieces: pieces.map((piece) => ({ through: piece.through, left: leftOf(piece.left) })),
    turns,
    blocks: blocks.map((block) => blockOf(block, gathering)),
    ...(lastTime !== undefined && { lastTime }),
  };
}

function leftOf({ turns, events, heard, said }: LeftOut): SavedLeft {
  return { turns, events, heard: [...heard].map(([name, times]) => ({ name, times })), said: [...said] };
}

function blockOf({ actions, messages, quotes = [] }: Block, { placeOf, pictures }: Gathering): SavedBlock {
  return {
    turn: placeOf(actions),
    messages: messages.map((message) => messageOf(message, pictures)),
    ...(quotes.length > 0 && { quotes: quotes.map((quote) => ({ ...quote, sources: [...quote.sources] })) }),
  };
}

function messageOf({ role, content, cacheUpToHere }: Message, pictures: Gathering["pictures"]): SavedMessage {
  const kept = typeof content === "string" ? content : content.map((part) => partOf(part, pictures));
  return { role, content: kept, ...(cacheUpToHere && { cacheUpToHere }) } as SavedMessage;
}

function partOf(part: Part, pictures: Gathering["pictures"]) {
  if (part.type === "text") return part;
  pictures.set(part.digest, part);
  return { type: part.type, digest: part.digest };
}

interface Placed extends Gathering {
  /** Its names say already of which run they are. */
  readonly isFormer: boolean;
}

function episodeOf(episode: Episode, { isFormer, placeOf, pictures, ...gathering }: Placed): SavedEpisode {
  const named = isFormer ? (id: EventId): EventId => id : gathering.named;
  const id = named(episode.id);
  if (episode.kind === "turn") {
    const { kind, id: _own, time, presented, ...done } = episode;
    const at = time === undefined ? {} : { time };
    return { kind, id, ...at, presented: presented.map(placeOf), ...done } as SavedEpisode;
  }
  const { images, via, ...told } = episode.stimulus;
  for (const image of images ?? []) pictures.set(image.digest, image);
  const stimulus = {
    ...told,
    ...(images && { images: images.map(({ digest }) => ({ digest })) }),
    ...(via !== undefined && { via: named(via) }),
  };
  return { ...episode, id, stimulus } as SavedEpisode;
}

function picturesOf(pictures: ReadonlyMap<string, Picture>): NonNullable<SavedLife["pictures"]> {
  const sorted = [...pictures].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([digest, { data, mediaType }]) => [digest, { mediaType, data: Buffer.from(data).toString("base64") }]),
  );
}

/** What of a person goes into a journal: not the persona, which stands there already, nor where they come from, nor the bytes of pictures. */
export function restoredState({
  persona: _told,
  origin: _aside,
  life,
  ...person
}: SavedPerson & { readonly persona: Persona }): unknown {
  const { pictures: _bytes, ...lived } = life ?? {};
  return { ...person, ...(life && { life: lived }) };
}
