import {
  type Action,
  actionText,
  clockTime,
  type Hearers,
  type JournalEvent,
  type LiveEvent,
  perceivedAs,
  perceivedText,
  type Stimulus,
  undeliveredText,
} from "../../index.ts";
import type { Style } from "../terminal/style.ts";
import { fit, harmless, isolate, widthOf, wrap, wrapWhole } from "../terminal/text.ts";

/** How people and worlds appear: colours by person, the width, whether thoughts are shown. */
export interface Look {
  readonly style: Style;
  readonly width: number;
  readonly thoughts: boolean;
  /** The steady number of a person, for the colour. */
  indexOf(name: string): number;
}

const indent = "  ";

/** Numbers people in the order in which they appear. */
export function numbering(): Look["indexOf"] {
  const order = new Map<string, number>();
  return (name) => {
    const index = order.get(name) ?? order.size;
    order.set(name, index);
    return index;
  };
}

/** A heading: a rule with a title in it. */
function heading(title: string, { style, width }: Look): string {
  const text = fit(inLine(title), width - 4);
  return style.dim(`── ${isolate(text)} ${"─".repeat(Math.max(0, width - widthOf(text) - 4))}`);
}

/** Whether an action is told at all: DONE never, thoughts where they are wanted. */
export function isShown(type: string, look: Look): boolean {
  return type !== "DONE" && (type !== "THINK" || look.thoughts);
}

/** The line above what somebody says or thinks, within the width. */
export function speaker(name: string, action: Pick<Action, "type" | "target">, look: Look): string {
  const does = verbs.get(action.type) ?? "";
  const manner = verbs.has(action.type) ? "" : ` (${inLine(action.type.toLowerCase().replaceAll("_", " "))})`;
  const target = inLine(action.target ?? "");
  const room = look.width - widthOf(does + manner);
  const who = fit(inLine(name), target === "" ? room : Math.max(8, room - widthOf(target) - 3));
  const to = target === "" ? "" : ` → ${isolate(fit(target, Math.max(8, room - widthOf(who) - 3)))}`;
  return look.style.person(isolate(who), look.indexOf(name)) + look.style.dim(does + to + manner);
}

/** The words under it, indented; thoughts and the like are dimmed. */
function words(text: string, type: string, look: Look): string[] {
  return wrap(harmless(text), wordsWidth(look)).map((line) => body(line, type, look));
}

/** Columns for words under a speaker. */
export const wordsWidth = (look: Look): number => look.width - indent.length;

/** One line of words, as `words` gives it. */
export function body(line: string, type: string, look: Look): string {
  const shown = isolate(line);
  return indent + (type === "TALK" || type === "CONVERSATION" ? shown : look.style.dim(shown));
}

/** An action as it stands in the terminal; empty for what is not shown. */
export function actionLines(name: string, action: Action, look: Look): string[] {
  if (!isShown(action.type, look)) return [];
  const text = actionText(action);
  return [speaker(name, action, look), ...(text === "" ? [] : words(text, action.type, look))];
}

/** What the world or the experimenter says to people. */
function stimulusLines(to: string, stimulus: Stimulus, look: Look): string[] {
  const name = (who: string): string => isolate(fit(inLine(who), Math.max(8, Math.floor(look.width / 2) - 8)));
  const from = stimulus.source === to ? "" : `${name(stimulus.source ?? "You")} → `;
  const head = look.style.bold(`${from}${name(to)}`);
  const kind = perceivedAs(stimulus.type);
  return [
    head + (stimulus.type === "CONVERSATION" ? "" : look.style.dim(` (${kind})`)),
    ...words(perceivedText(stimulus), "CONVERSATION", look),
  ];
}

const hearers = (to: Hearers, names: (id: string) => string): string =>
  // What a crowd hears is not told by all of its names.
  to === "everyone" || to.length > 8 ? "everyone" : to.map(names).join(", ") || "nobody";

/** How somebody fared with a system under test, in a line. */
function visitText(value: unknown): string {
  const { person, system, goal, end, steps } = value as Readonly<Record<string, unknown>>;
  // Whether they have it, is found out later.
  const ended = end === "reached" ? "reached, they say," : end;
  return `${person} · ${system} · ${goal}: ${ended} after ${steps} ${steps === 1 ? "step" : "steps"}`;
}

/** What is told of an event beside what people do, in a live view and in a transcript; empty for what is not shown. */
export function eventLines(event: JournalEvent, names: (id: string) => string, look: Look): string[] {
  switch (event.type) {
    case "step-started":
      return ["", heading(stepTitle(event, names(event.world)), look)];
    case "broadcast":
      if (event.stimulus.type === "FEEDBACK") return [];
      return ["", ...stimulusLines(hearers(event.to, names), event.stimulus, look)];
    case "stimulus":
      if (event.stimulus.via !== undefined || event.stimulus.type === "FEEDBACK") return [];
      return ["", ...stimulusLines(names(event.person), event.stimulus, look)];
    case "stage-entered":
      return ["", ...wrapWhole(inLine(event.stage), look.width).map(look.style.bold)];
    case "voted":
      return note(`(${names(event.person)} ${voteText(event)})`, look);
    case "undelivered":
      return note(`(${undeliveredText(event, names)})`, look);
    case "effect-begun":
      if (!event.approved) return [];
      return note(`(${names(event.person)}, ${effectName(event.effect)}: asked, and approved of)`, look);
    case "effect-done":
      return effectLines(event, names, look);
    case "failed":
      return warning(`${names(event.person)} lost this turn: ${event.error.message}`, look);
    case "noted":
      return event.label === "visit" ? note(`(${visitText(event.value)})`, look) : [];
    case "extracted":
      return [
        "",
        ...wrapWhole(inLine(`Extracted from ${event.subject}: ${event.objective}`), look.width).map(look.style.dim),
      ];
    default:
      return worldLines(event, names, look);
  }
}

/** How far a visit is, in one line. */
export function visitLine(visit: Extract<LiveEvent, { type: "visiting" }>, { style, width }: Look): string {
  const { visitor, system, goal, moves, most, did } = visit;
  const last = did === undefined ? "" : `: ${did}`;
  return style.dim(
    isolate(fit(inLine(`${visitor} · ${system} · ${goal} · move ${moves} of ${most}${last}`), width - 2)),
  );
}

function voteText({ ballot, because, choice, error }: Extract<JournalEvent, { type: "voted" }>): string {
  if (choice === undefined) return `does not vote ${ballot}: ${error?.message}`;
  return `votes ${choice}, ${ballot}: ${because}`;
}

/** What happens in a world beside what people do, told whole. */
function worldLines(event: JournalEvent, names: (id: string) => string, look: Look): string[] {
  const line = worldLine(event, names, look);
  return line === undefined ? [] : note(`(${line})`, look);
}

function worldLine(event: JournalEvent, names: (id: string) => string, { thoughts }: Look): string | undefined {
  switch (event.type) {
    // As private as thoughts.
    case "bid": {
      const why = event.error?.message ?? event.reason ?? "";
      return thoughts ? `${names(event.person)} bids ${event.urgency} of 9${why && `: ${why}`}` : undefined;
    }
    case "woken":
      // News that wakes somebody stand right above.
      return event.by === "time" ? `${names(event.person)} wakes: it is time` : undefined;
    case "sent": {
      const when = typeof event.due === "number" ? `before step ${event.due}` : `at ${clockTime(event.due)}`;
      return `what ${names(event.from)} said reaches ${hearers(event.to, names)} ${when}`;
    }
    case "lost":
      return `what ${names(event.from)} said never reaches ${hearers(event.to, names)}`;
    case "overheard":
      return `overheard by ${hearers(event.by, names)}`;
    case "resolved":
      return event.outcome === "accepted" ? undefined : `${names(event.person)}: ${ruling(event)}`;
    case "ended":
      return `it ends here: ${event.reason}`;
    case "time-skipped":
      return `time goes on to ${clockTime(event.to)}`;
    case "meanwhile":
      return `${names(event.person)} meanwhile: ${event.summary ?? event.error?.message ?? "nobody knows"}`;
    case "intervention-fired":
      return `intervention ${event.intervention}${event.reason === undefined ? "" : `: ${event.reason}`}`;
    case "intervention-failed":
      return `intervention ${event.intervention} failed: ${event.error.message}`;
    default:
      return undefined;
  }
}

function ruling({ outcome, reason, by }: Extract<JournalEvent, { type: "resolved" }>): string {
  const what = outcome === "refused" ? "it did not come about" : "it came about otherwise";
  return `${what}, by ${by}${reason === undefined ? "" : `: ${reason}`}`;
}

/** What became of an effect, in a word. */
export function effectFate({ how, outcome }: Pick<EffectDone, "how" | "outcome">): string {
  if (how === "run") return outcome.failed === undefined ? "done" : "failed";
  return how === "unsure" ? "may have happened" : how;
}

/** What came of something that changes more than what people say, on one line. */
function effectLines(event: JournalEvent<EffectDone>, names: (id: string) => string, look: Look): string[] {
  const { artefacts = [], text } = event.outcome;
  const made = artefacts.length > 0 ? artefacts.map(({ file }) => file).join(", ") : text;
  const came = made === "" || made === "done" ? "" : `: ${made}`;
  const line = inLine(`(${names(event.person)}, ${effectName(event.effect)}: ${effectFate(event)}${came})`);
  const colour = event.outcome.failed === undefined ? look.style.dim : look.style.warn;
  return [colour(indent + isolate(fit(line, wordsWidth(look))))];
}

/** `send-mail-3fa9c1e2d4b6` as it is read. */
const effectName = (effect: string): string => effect.replace(/-[^-]*$/, "").replaceAll("-", " ");

type EffectDone = Extract<JournalEvent, { type: "effect-done" }>;

function stepTitle({ step, of, time }: JournalEvent<StepStarted>, world: string): string {
  const last = of === undefined ? "" : ` of ${of}`;
  const when = time === undefined ? "" : ` · ${clockTime(time)}`;
  return `${world} · step ${step}${last}${when}`;
}

type StepStarted = Extract<JournalEvent, { type: "step-started" }>;

/** A remark of the program, dimmed. */
export function note(text: string, look: Look): string[] {
  return wrapWhole(inLine(text), wordsWidth(look)).map((line) => look.style.dim(indent + line));
}

/** Something that the reader should know. */
export function warning(text: string, look: Look): string[] {
  return wrapWhole(harmless(text), look.width).map(look.style.warn);
}

/** A text without line breaks, for headings and names. */
export const inLine = (text: string): string => harmless(text).replace(/\s+/g, " ").trim();

/** What people do as a sentence goes on behind their name; all else is told in brackets, as documents tell it. */
const verbs: ReadonlyMap<string, string> = new Map([
  ["TALK", ""],
  ["THINK", " thinks"],
  ["REACH_OUT", " reaches out"],
]);
