import type { Picture } from "../../document/pictures/load-picture.ts";
import { loadedPicture } from "../../document/pictures/load-picture.ts";
import type { MemoryNote } from "../../kernel/contracts/memory/notes.ts";
import type { Message, Part } from "../../kernel/contracts/model.ts";
import type { Stimulus } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digest } from "../../kernel/values/hash.ts";
import { invalidPersona } from "../../persona/schema.ts";
import { needsEyes } from "../being/sight.ts";
import type { Episode, StimulusEpisode, TurnEpisode } from "../memory/episodic-log.ts";
import type { LeftOut, Quotation } from "../memory/history/digest.ts";
import type { Block } from "../memory/history/parts.ts";
import type { MemoryParts } from "../memory/life-memory.ts";
import type { PersonOptions } from "../options.ts";
import type { PersonMind } from "../person-mind.ts";
import { quotationsIn } from "../prompt/stimuli.ts";
import type {
  SavedBlock,
  SavedEpisode,
  SavedHistory,
  SavedLeft,
  SavedLife,
  SavedMemory,
  SavedMessage,
  SavedPerson,
} from "./document.ts";

/**
 * How a saved person is set up: as they were, with what is said over it. Throws FACULTY_MISSING where a faculty that
 * they had is not given again.
 */
export function restoredOptions(
  { persona, faculties = [], options }: SavedPerson,
  given: PersonOptions,
): PersonOptions {
  const names = new Set(given.faculties?.map(({ name }) => name));
  const missing = faculties.filter((name) => !names.has(name));
  if (missing.length > 0) throw facultyMissing(persona.name, missing);
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...options, ...told } as PersonOptions;
}

function facultyMissing(person: string, missing: readonly string[]): TinyTroupeError<"FACULTY_MISSING"> {
  const what = missing.length === 1 ? "a faculty" : "faculties";
  return new TinyTroupeError(
    "FACULTY_MISSING",
    `${person} was saved with ${what} not given here: ${missing.join(", ")}.`,
    {
      data: { person, missing },
      hint: "Faculties are code, and saved by name: give them again, as in simulation.person(file, { faculties: [yours] }).",
    },
  );
}

/** Puts a saved life into a person who has none yet. Throws MODEL_UNSUPPORTED for pictures that the model cannot see. */
export function restoreLife(mind: PersonMind, life: SavedLife): void {
  const pictures = picturesOf(life);
  needsEyes(mind.context, [...pictures.values()]);
  const episodes = episodesOf(life, pictures);
  const pending = life.pending.map((place) => episodes[place] as StimulusEpisode);
  mind.restore({ state: life.state as PersonMind["state"], location: life.location });
  for (const { name, relation } of life.acquaintances ?? []) mind.reach(name, relation);
  mind.log.restore({ episodes, pending });
  const turns = episodes.filter((episode) => episode.kind === "turn");
  for (const { actions, presented } of turns) mind.guard?.remember(actions, presented.map(stimulusOf));
  mind.stances?.restore(life.stances ?? []);
  mind.memory.restore(memoryOf(life, episodes, turns.length));
  if (life.history?.shape === mind.shape.prose) restoreHistory(mind, life.history, { episodes, pictures });
  else retell(mind, turns);
  mind.grew();
}

const stimulusOf = ({ stimulus }: StimulusEpisode): Stimulus => stimulus;

function picturesOf({ pictures = {} }: SavedLife): ReadonlyMap<string, Picture> {
  return new Map(
    Object.entries(pictures).map(([name, { data, mediaType }]) => {
      const bytes = new Uint8Array(Buffer.from(data, "base64"));
      const found = digest(bytes);
      const issue = { path: `life.pictures.${name}`, message: "The picture has another SHA-256 than its name says." };
      if (found !== name) throw invalidPersona([issue], {});
      return [name, { ...loadedPicture(bytes), mediaType }];
    }),
  );
}

function episodesOf({ episodes }: SavedLife, pictures: ReadonlyMap<string, Picture>): readonly Episode[] {
  const read: Episode[] = [];
  for (const saved of episodes) {
    if (saved.kind === "stimulus") read.push(perceivedOf(saved, pictures));
    else
      read.push({ ...saved, presented: saved.presented.map((place) => read[place] as StimulusEpisode) } as TurnEpisode);
  }
  return read;
}

function perceivedOf(
  saved: Extract<SavedEpisode, { kind: "stimulus" }>,
  pictures: ReadonlyMap<string, Picture>,
): StimulusEpisode {
  const { images, ...told } = saved.stimulus;
  const seen = images?.map((image) => pictures.get(image.digest) as Picture);
  return { ...saved, stimulus: { ...told, ...(seen && { images: seen }) } } as StimulusEpisode;
}

/** What was kept and is still to be made of what happened; where nobody says it, nothing is. */
function memoryOf({ notes = [], memory }: SavedLife, episodes: readonly Episode[], turns: number): MemoryParts {
  const turnOf = (place: number): TurnEpisode => episodes[place] as TurnEpisode;
  const kept = { ...unbegun, turns, ...memory };
  return {
    ...kept,
    notes: notes as readonly MemoryNote[],
    open: kept.open.map(turnOf),
    gathered: kept.gathered.map((episode) => ({ ...episode, turns: episode.turns.map(turnOf) })),
  };
}

const unbegun: SavedMemory = {
  ...{
    forgotten: [],
    summaries: [],
    unreflected: 0,
    open: [],
    tokens: 0,
    turns: 0,
    closed: 0,
    began: [],
    gathered: [],
  },
  ...{ failedAt: 0, owed: 0, through: 0 },
};

interface Restoring {
  readonly episodes: readonly Episode[];
  readonly pictures: ReadonlyMap<string, Picture>;
}

function restoreHistory({ history }: PersonMind, saved: SavedHistory, restoring: Restoring): void {
  const { opening, note, summaries = [], left, pieces, turns, blocks, lastTime } = saved;
  history.restore({
    opening: opening && blockOf(opening, restoring),
    note: note && messageOf(note, restoring.pictures),
    summaries,
    left: leftOf(left),
    pieces: pieces.map((piece) => ({ through: piece.through, left: leftOf(piece.left) })),
    turns,
    blocks: blocks.map((block) => blockOf(block, restoring)),
    lastTime,
  });
}

const leftOf = ({ heard, ...left }: SavedLeft): LeftOut => ({
  ...left,
  heard: new Map(heard.map(({ name, times }) => [name, times])),
});

function blockOf({ turn, messages, quotes }: SavedBlock, { episodes, pictures }: Restoring): Block {
  const { id, actions, presented } = episodes[turn] as TurnEpisode;
  return {
    ...{ turn: id, actions, perceived: presented },
    messages: messages.map((message) => messageOf(message, pictures)),
    ...(quotes && { quotes: quotes as readonly Quotation[] }),
  };
}

function messageOf({ content, ...message }: SavedMessage, pictures: ReadonlyMap<string, Picture>): Message {
  const parts = (written: Exclude<typeof content, string>): Part[] =>
    written.map((part) => (part.type === "text" ? part : (pictures.get(part.digest) as Picture)));
  return { ...message, content: typeof content === "string" ? content : parts(content) } as Message;
}

/** The history written anew from the log, where there is none for this shape of prompt. */
function retell({ history, shape, who }: PersonMind, turns: readonly TurnEpisode[]): void {
  for (const { id, actions, presented } of turns) {
    const { lastTime } = history;
    const perception = { perceived: presented, name: who.name, ...(lastTime === undefined ? {} : { lastTime }) };
    const done = actions.at(-1)?.type === "DONE" ? actions : [...actions, { type: "DONE" }];
    const messages = [shape.stimuli(perception), shape.turn(done)];
    history.append({ turn: id, perceived: presented, actions, messages, quotes: quotationsIn(presented) });
  }
}
