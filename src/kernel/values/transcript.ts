import type { JournalEvent, TranscriptEntry, TurnTaken } from "../contracts/events.ts";
import type { Action, Stimulus, StimulusType } from "../contracts/person.ts";
import type { Hearers } from "../contracts/world/events.ts";
import { withoutControls } from "../text/controls.ts";
import { plainData } from "../text/plain-data.ts";
import { clockTime } from "./clock.ts";
import type { EventId, PersonId, WorldId } from "./ids.ts";

/**
 * A transcript as plain lines for a model or a text file; nothing is cut, and each entry appears once. Only entries
 * begin at the margin: the further lines of a text are indented, so that no text can pass for an entry.
 * @example
 * transcriptText([{ id: "a#0.0", kind: "action", type: "TALK", from: "Lisa", to: ["Oscar"], text: "Hello." }]); // => "Lisa to Oscar: Hello."
 */
export function transcriptText(
  entries: readonly TranscriptEntry[],
  options: { readonly ids?: boolean; readonly interventions?: boolean } = {},
): string {
  return entries.map((entry) => (options.ids ? `[${entry.id}] ` : "") + transcriptLine(entry, options)).join("\n");
}

/** One entry of a transcript as text; what an intervention did is told as such where that is wanted. */
export function transcriptLine(entry: TranscriptEntry, { interventions = false } = {}): string {
  const text = withoutControls(entry.text).replace(lineEnds, "\n  ");
  const to = entry.to.length > 0 ? ` to ${entry.to.map(inLine).join(", ")}` : "";
  const from = inLine(sourceText(interventions ? entry : { from: entry.from }));
  if (entry.kind === "narration") return `(${text})`;
  switch (entry.type) {
    case "TALK":
    case "CONVERSATION":
      return `${from}${to}: ${text}`;
    case "THINK":
      return `${from} thinks: ${text}`;
    default:
      return `${from}${to} [${perceivedAs(entry.type)}]${text === "" ? "" : ` ${text}`}`;
  }
}

/**
 * Who something came from, as a reader is told it.
 * @example
 * sourceText({ intervention: "price rise" }); // => "(from outside, by the intervention 'price rise')"
 */
export function sourceText({
  from,
  intervention,
}: {
  readonly from?: string | undefined;
  readonly intervention?: string | undefined;
}): string {
  if (intervention === undefined) return from ?? "(from outside)";
  const by = `by the intervention '${intervention}'`;
  return from === undefined ? `(from outside, ${by})` : `${from} (${by})`;
}

const kinds: ReadonlyMap<string, string> = new Map<StimulusType, string>([
  ["VISUAL", "to see"],
  ["THOUGHT", "on the mind"],
  ["INTERNAL_GOAL_FORMULATION", "a goal"],
  ["LOCATION", "a place"],
  ["SOCIAL", "a meeting"],
]);

/**
 * What kind of thing somebody perceives, as a reader is told it; the type itself for what people do.
 * @example
 * perceivedAs("INTERNAL_GOAL_FORMULATION"); // => "a goal"
 */
export const perceivedAs = (type: string): string => kinds.get(type) ?? type;

const lineEnds = /\r\n?|[\n\u0085\u2028\u2029]/g;
const inLine = (name: string): string => withoutControls(name).replace(lineEnds, " ");

/**
 * The transcript of a run from its events: broadcasts, what people perceived without a world, and what they did, each
 * once. The turns of a world's step stand where the world took them up, in its order, with the step's number; what a
 * world delivered is told by the action that it delivers. What people answer when they are asked alone stands below the
 * question, whoever of several was faster.
 * @param events a run's story, in the order in which it was told
 * @param options.names names of people beyond those whom the events name
 */
export function transcriptOf(
  events: readonly JournalEvent[],
  options: { readonly names?: ReadonlyMap<PersonId, string> } = {},
): TranscriptEntry[] {
  const story = read(events, options.names);
  const steps = new Map<WorldId, number>();
  return answersInPlace(events, story.taken).flatMap((event) => {
    if (event.type === "step-started") steps.set(event.world, event.step);
    if (event.type === "step-finished") steps.delete(event.world);
    const world = "world" in event ? event.world : undefined;
    const step = world === undefined ? undefined : steps.get(world);
    return entriesOf(event, story).map((entry) => ({
      ...entry,
      ...(world !== undefined && { world }),
      ...(step !== undefined && { step }),
      ...(event.time !== undefined && { time: event.time }),
    }));
  });
}

/** The events with each turn that was taken alone right after what the person perceived before it. */
function answersInPlace(events: readonly JournalEvent[], taken: ReadonlySet<EventId>): readonly JournalEvent[] {
  const placed: JournalEvent[][] = [];
  let perceived = new Map<PersonId, JournalEvent[]>();
  for (const event of events) {
    // What happens in a world may be what the next turns answer: they stay behind it.
    if ("world" in event) perceived = new Map();
    const question = event.type === "turn" && !taken.has(event.id) ? perceived.get(event.person) : undefined;
    if (question !== undefined) {
      question.push(event);
      continue;
    }
    const place = [event];
    placed.push(place);
    if (event.type === "stimulus") perceived.set(event.person, place);
  }
  return placed.flat();
}

type Entry = Omit<TranscriptEntry, "world" | "step" | "time">;
type Turned = JournalEvent<TurnTaken>;

interface Story {
  readonly nameOf: (id: PersonId) => string;
  readonly turns: ReadonlyMap<EventId, Turned>;
  /** Turns that a world took up. */
  readonly taken: ReadonlySet<EventId>;
  readonly heard: ReadonlyMap<string, Hearers>;
  /** Words for some that all heard, and for whom they were. */
  readonly meant: ReadonlyMap<string, readonly PersonId[]>;
}

function read(events: readonly JournalEvent[], known: ReadonlyMap<PersonId, string> = new Map()): Story {
  const names = new Map(known);
  const turns = new Map<EventId, Turned>();
  const taken = new Set<EventId>();
  const heard = new Map<string, Hearers>();
  const meant = new Map<string, readonly PersonId[]>();
  for (const event of events) {
    if (event.type === "turn") turns.set(event.id, event);
    if (event.type === "turn" || event.type === "person-created" || event.type === "person-forked") {
      names.set(event.person, event.name);
    }
    if (event.type === "acted") taken.add(event.turn);
    if (event.type === "delivered" && event.meant !== undefined) meant.set(event.action, event.meant);
    if (event.type === "delivered" || event.type === "sent" || event.type === "lost") {
      heard.set(event.action, both(heard.get(event.action), event.to));
    }
  }
  return { nameOf: (id) => names.get(id) ?? id, turns, taken, heard, meant };
}

/** Words may reach some now, others later or never: they were for all of these. */
function both(some: Hearers | undefined, others: Hearers): Hearers {
  if (some === undefined) return others;
  return some === "everyone" || others === "everyone" ? "everyone" : [...new Set([...some, ...others])];
}

function entriesOf(event: JournalEvent, story: Story): readonly Entry[] {
  switch (event.type) {
    case "stimulus":
    case "broadcast":
      return perceived(event, story);
    case "turn":
      return story.taken.has(event.id) ? [] : actionsOf(event, story);
    case "acted": {
      const turn = story.turns.get(event.turn);
      return turn === undefined ? [] : actionsOf(turn, story);
    }
    case "undelivered":
      return [narrated(event, `${undeliveredText(event, story.nameOf)}.`)];
    case "overheard":
      return [narrated(event, `${event.by.map(story.nameOf).join(", ")} overheard ${story.nameOf(event.from)}.`)];
    case "sent": {
      const when = typeof event.due === "number" ? `before step ${event.due}` : `at ${clockTime(event.due)}`;
      return [narrated(event, `What ${story.nameOf(event.from)} said is under way, and arrives ${when}.`)];
    }
    case "lost":
      return [narrated(event, `What ${story.nameOf(event.from)} said was lost on the way.`)];
    case "ended":
      return [narrated(event, `It ends here: ${event.reason}`)];
    case "resolved":
      return event.outcome === "accepted" ? [] : [narrated(event, ruled(event, story))];
    case "stage-entered":
      return [narrated(event, event.stage)];
    case "voted":
      return [narrated(event, voted(event, story))];
    case "person-entered":
      return [narrated(event, `${story.nameOf(event.person)} comes in.`)];
    case "person-left":
      return [narrated(event, `${story.nameOf(event.person)} leaves.`)];
    default:
      return [];
  }
}

function voted(
  { ballot, choice, because, error, person }: Extract<JournalEvent, { type: "voted" }>,
  story: Story,
): string {
  if (choice === undefined) return `${story.nameOf(person)} does not vote (${ballot}): ${error?.message}`;
  return `${story.nameOf(person)} votes ${JSON.stringify(choice)} (${ballot}): ${because}`;
}

function ruled(event: Extract<JournalEvent, { type: "resolved" }>, story: Story): string {
  const what = event.outcome === "refused" ? "did not come about" : "came about otherwise";
  return `What ${story.nameOf(event.person)} did ${what}: ${event.reason}`;
}

/**
 * Whom somebody's words did not reach, and why, as a reader is told it.
 * @example
 * undeliveredText({ from: "lisa", target: "Zoe", reason: "unknown" }, () => "Lisa"); // => "Lisa did not reach Zoe: nobody here is called so"
 */
export function undeliveredText(
  { from, target, reason }: Pick<Extract<JournalEvent, { type: "undelivered" }>, "from" | "target" | "reason">,
  nameOf: (id: PersonId) => string,
): string {
  return `${nameOf(from)} did not reach ${target.trim() === "" ? "anybody" : target}: ${reasons[reason]}`;
}

const reasons = {
  unknown: "nobody here is called so",
  ambiguous: "several people are called so",
  inaccessible: "out of reach",
  self: "spoke to nobody else",
  left: "not here any more",
} as const;

function perceived(
  event: JournalEvent<Extract<JournalEvent, { type: "stimulus" | "broadcast" }>>,
  story: Story,
): Entry[] {
  const { stimulus } = event;
  const cause = "intervention" in event ? { intervention: event.intervention } : {};
  if (stimulus.via !== undefined || stimulus.type === "FEEDBACK") return [];
  const hearers = event.type === "stimulus" ? [event.person] : event.to;
  const to = hearers === "everyone" ? [] : hearers.length === 0 ? ["nobody"] : hearers.map(story.nameOf);
  const from = stimulus.source === undefined ? {} : { from: stimulus.source };
  return [
    { id: event.id, kind: "stimulus", type: stimulus.type, ...from, to, text: perceivedText(stimulus), ...cause },
  ];
}

/**
 * What was perceived, as a reader is told it: pictures are named, since they cannot be shown.
 * @example
 * perceivedText({ type: "VISUAL", content: "The new label." }); // => "The new label."
 */
export function perceivedText({ content, images = [] }: Stimulus): string {
  if (images.length === 0) return content;
  return `(${images.length === 1 ? "a picture" : `${images.length} pictures`})${content === "" ? "" : ` ${content}`}`;
}

function actionsOf(turn: Turned, story: Story): Entry[] {
  return turn.actions.flatMap((action, index) => {
    if (action.type === "DONE") return [];
    const id = `${turn.id}.${index}`;
    const meant = story.meant.get(id)?.map(story.nameOf);
    const to = meant ?? addressees(action, story.heard.get(id), story);
    return [{ id, kind: "action", type: action.type, from: turn.name, to, text: actionText(action) }];
  });
}

/** A channel as it was written; those who heard it when it was meant for them; a target as it was written otherwise; nobody when all heard it. */
function addressees(action: Action, heard: Hearers | undefined, story: Story): readonly string[] {
  const target = action.target?.trim() ?? "";
  if (target.startsWith("#")) return [target];
  if (heard === "everyone") return [];
  if (heard === undefined || heard.length === 0) return target === "" ? [] : [target];
  return target === "" && heard.length > 1 ? [] : heard.map(story.nameOf);
}

/**
 * What an action says, in plain words: its content, below what else it was told; or all that it was told.
 * @example
 * actionText({ type: "SEARCH_WEB", args: { query: "rye bread" } }); // => "query: rye bread"
 */
export function actionText({ content, args, target }: Action): string {
  if (typeof args !== "object" || args === null) return content ?? plainData(args);
  const told = Object.entries(args).filter(([, value]) => value !== content && value !== target);
  return [plainData(Object.fromEntries(told)), content ?? ""].filter((part) => part !== "").join("\n");
}

const narrated = (event: JournalEvent, text: string): Entry => ({
  id: event.id,
  kind: "narration",
  type: event.type.toUpperCase().replaceAll("-", "_"),
  to: [],
  text,
});
