import type { NoteKind } from "../../kernel/contracts/memory/notes.ts";
import { isRecord } from "../../persona/plain-data.ts";
import { formatVersion, type SavedEpisode, type SavedLife, type SavedNote } from "./document.ts";

type Data = Readonly<Record<string, unknown>>;
type StimulusEpisode = Extract<SavedEpisode, { kind: "stimulus" }>;
type SavedAction = Extract<SavedEpisode, { kind: "turn" }>["actions"][number];

interface Reading {
  readonly episodes: SavedEpisode[];
  readonly warnings: string[];
  /** Actions that no DONE has closed yet. */
  open: SavedAction[];
  openedAt: Pick<SavedEpisode, "time">;
}

interface Item {
  readonly value: Data;
  readonly path: string;
}

type StimulusType = StimulusEpisode["stimulus"]["type"];

const stimulusTypes: ReadonlySet<string> = new Set<StimulusType>([
  "CONVERSATION",
  "SOCIAL",
  "LOCATION",
  "VISUAL",
  "THOUGHT",
  "INTERNAL_GOAL_FORMULATION",
]);

/** What the original calls a memory's kind, and what it is here. */
const noteKinds: ReadonlyMap<unknown, NoteKind> = new Map<unknown, NoteKind>([
  ["action", "event"],
  ["stimulus", "event"],
  ["feedback", "event"],
  ["consolidated", "event"],
  ["reflection", "reflection"],
  ["information", "fact"],
]);

/** Data of the next version, and what was lost on the way. */
export interface Migrated {
  readonly data: Record<string, unknown>;
  readonly warnings: readonly string[];
}

/** Keys of files without a version that say nothing of a life. */
const plain = new Set(["type", "version", "persona", "$schema", "simulated"]);
/** What the original library keeps of a life. */
const lived = ["mental_state", "episodic_memory", "semantic_memory"];

/**
 * From files without a version: `{type: "TinyPerson", persona}`, and agents of the original library with what they
 * lived through.
 */
export function fromUnversioned(data: Record<string, unknown>): Migrated {
  const life = lived.some((key) => data[key] !== undefined) ? originalLife(data) : undefined;
  const others = Object.keys(data).filter((key) => !plain.has(key) && !lived.includes(key));
  return {
    data: {
      type: "TinyPerson",
      version: formatVersion,
      ...(data["$schema"] !== undefined && { $schema: data["$schema"] }),
      ...(data["simulated"] !== undefined && { simulated: data["simulated"] }),
      ...(data["origin"] !== undefined && { origin: data["origin"] }),
      ...(life && { life: life.life }),
    },
    warnings: [...(life?.warnings ?? []), ...others.flatMap((key) => leftAside(key, data[key]))],
  };
}

function leftAside(key: string, value: unknown): readonly string[] {
  if (key === "current_episode_event_count") return [];
  if (key !== "mental_faculties" || !Array.isArray(value)) return [`'${key}' was left aside.`];
  const names = value.map((faculty) => String(isRecord(faculty) ? (faculty["name"] ?? faculty["type"]) : faculty));
  if (names.length === 0) return [];
  return [`'mental_faculties' (${names.join(", ")}) are code: give faculties of your own where the person is loaded.`];
}

/**
 * What an agent of the original library lived through: episodic memory as episodes, semantic memory as notes, mental
 * state. Items are told apart by what they hold: their `type` has two meanings there. What cannot be read is told with
 * its path.
 */
function originalLife(agent: Data): { readonly life: SavedLife; readonly warnings: readonly string[] } {
  const reading: Reading = { episodes: [], warnings: [], open: [], openedAt: {} };
  for (const key of ["memory", "episodic_buffer"]) {
    for (const item of itemsIn(agent, ["episodic_memory", key], reading)) readEpisode(item, reading);
  }
  closeTurn(reading);
  const notes = itemsIn(agent, ["semantic_memory", "memories"], reading).flatMap((item) => noteOf(item, reading));
  const { episodes, warnings } = reading;
  const lastTurn = episodes.findLastIndex(({ kind }) => kind === "turn");
  const pending = episodes.flatMap(({ kind }, place) => (kind === "stimulus" && place > lastTurn ? [place] : []));
  const mind = mindOf(agent["mental_state"], reading);
  return { life: { ...mind, episodes, pending, ...(notes.length > 0 && { notes }) }, warnings };
}

function itemsIn(agent: Data, [memory, key]: readonly [string, string], { warnings }: Reading): readonly Item[] {
  const within = agent[memory];
  const list = isRecord(within) ? within[key] : undefined;
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    warnings.push(`${memory}.${key}: this is no list, and was left aside.`);
    return [];
  }
  return list.flatMap((value: unknown, index) => {
    const path = `${memory}.${key}.${index}`;
    if (isRecord(value)) return [{ value, path }];
    warnings.push(`${path}: this is no memory, and was left aside.`);
    return [];
  });
}

function readEpisode({ value, path }: Item, reading: Reading): void {
  const { content } = value;
  const at = timeOf({ value, path }, reading);
  if (isRecord(content) && Array.isArray(content["stimuli"])) {
    closeTurn(reading);
    for (const [index, stimulus] of content["stimuli"].entries()) {
      perceive(stimulus, { path: `${path}.content.stimuli.${index}`, at, reading });
    }
  } else if (isRecord(content) && isRecord(content["action"])) {
    act(content["action"], { path: `${path}.content.action`, at, reading });
  } else if (typeof content === "string" && value["type"] === "feedback") {
    closeTurn(reading);
    push({ ...stimulusOf("FEEDBACK", content, reading), ...at, wakes: false }, reading);
  } else if (typeof content === "string" && value["type"] === undefined) {
    reading.warnings.push(`${path}: a mark that something was left out; what that was is not in the file.`);
  } else {
    reading.warnings.push(`${path}: neither a stimulus nor an action, and was left aside.`);
  }
}

interface Place {
  readonly path: string;
  readonly at: Pick<SavedEpisode, "time">;
  readonly reading: Reading;
}

function perceive(stimulus: unknown, { path, at, reading }: Place): void {
  const { type, content, source } = isRecord(stimulus) ? stimulus : {};
  if (typeof type !== "string" || !stimulusTypes.has(type) || typeof content !== "string") {
    reading.warnings.push(`${path}: no stimulus that is known here, and was left aside.`);
    return;
  }
  const episode = stimulusOf(type as StimulusType, content, reading);
  const from = typeof source === "string" && source !== "" ? { source } : {};
  push({ ...episode, stimulus: { ...episode.stimulus, ...from }, ...at }, reading);
}

function act(action: Data, { path, at, reading }: Place): void {
  const { type, content, target } = action;
  if (typeof type !== "string" || type === "") {
    reading.warnings.push(`${path}: an action of no kind, and was left aside.`);
    return;
  }
  if (content !== undefined && typeof content !== "string") {
    reading.warnings.push(`${path}.content: this is no text, and was left aside.`);
  }
  if (reading.open.length === 0) reading.openedAt = at;
  const said = typeof content === "string" && content !== "" ? { content } : {};
  const to = typeof target === "string" && target !== "" ? { target } : {};
  reading.open.push(type === "DONE" ? { type } : { type, ...to, ...said });
  if (type === "DONE") closeTurn(reading);
}

/** Actions in a row are one turn, up to DONE or to what was perceived next. */
function closeTurn(reading: Reading): void {
  if (reading.open.length === 0) return;
  const lastTurn = reading.episodes.findLastIndex(({ kind }) => kind === "turn");
  const presented = [...reading.episodes.keys()].slice(lastTurn + 1);
  push({ kind: "turn", id: nextId(reading), ...reading.openedAt, presented, actions: reading.open }, reading);
  reading.open = [];
}

function stimulusOf(type: StimulusType, content: string, reading: Reading): StimulusEpisode {
  return { kind: "stimulus", id: nextId(reading), stimulus: { type, content }, wakes: true };
}

const push = (episode: SavedEpisode, { episodes }: Reading): void => void episodes.push(episode);
const nextId = ({ episodes }: Reading): string => `original#${episodes.length}`;

function noteOf(item: Item, reading: Reading): readonly SavedNote[] {
  const { content, type } = item.value;
  const kind = noteKinds.get(type ?? "information");
  if (typeof content !== "string" || content.trim() === "") {
    reading.warnings.push(`${item.path}: a memory without words, and was left aside.`);
    return [];
  }
  if (kind === undefined) reading.warnings.push(`${item.path}.type: of no kind that is known here; taken as a fact.`);
  const id = `n${Number(item.path.split(".").at(-1)) + 1}`;
  // Each begins with a heading that says its kind.
  const text = content.replace(/^#+ .*\n+/, "").trim();
  return [{ id, kind: kind ?? "fact", text, ...timeOf(item, reading), sources: [], importance: 0.5 }];
}

/** Times without a zone are the simulation's own, which has none: they count as UTC, as everywhere. */
function timeOf({ value, path }: Item, { warnings }: Reading): Pick<SavedEpisode, "time"> {
  const written = value["simulation_timestamp"];
  if (written === undefined) return {};
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(String(written)) ? String(written) : `${String(written)}Z`;
  const moment = /^\d{4}-\d{2}-\d{2}T/.test(zoned) ? new Date(zoned) : new Date(Number.NaN);
  if (!Number.isNaN(moment.getTime())) return { time: moment.toISOString() };
  warnings.push(`${path}.simulation_timestamp: no moment of the calendar, and was left aside.`);
  return {};
}

function mindOf(written: unknown, { warnings }: Reading): Pick<SavedLife, "state" | "location" | "acquaintances"> {
  if (!isRecord(written)) return { state: {} };
  const { goals, context, attention, emotions, location, accessible_agents: reachable } = written;
  const known = Array.isArray(reachable) ? reachable : [];
  const acquaintances = known.flatMap((one: unknown, index) => {
    const { name, relation_description: relation } = isRecord(one) ? one : {};
    if (typeof name === "string" && name !== "") return [{ name, ...(typeof relation === "string" && { relation }) }];
    warnings.push(`mental_state.accessible_agents.${index}: somebody without a name, and was left aside.`);
    return [];
  });
  const words = { goals: oneText(goals), attention: oneText(attention), emotions: oneText(emotions) };
  const said = Object.entries(words).filter(([, text]) => text !== "");
  const around = Array.isArray(context) ? context.filter((text) => typeof text === "string") : [];
  return {
    state: { ...Object.fromEntries(said), ...(around.length > 0 && { context: around }) },
    ...(typeof location === "string" && location !== "" && { location }),
    ...(acquaintances.length > 0 && { acquaintances }),
  };
}

/** Goals are a list at first there, and a text later. */
function oneText(value: unknown): string {
  const texts = [value].flat().filter((text) => typeof text === "string");
  return texts.join("; ");
}
