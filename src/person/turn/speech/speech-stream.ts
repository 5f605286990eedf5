/** Where words stand in an answer: in the objects of the list `actions`, or in named fields of the answer itself. */
export type SpeechLayout =
  | { readonly in: "actions"; readonly speech: ReadonlySet<string>; readonly stopAt: ReadonlySet<string> }
  | { readonly in: "fields"; readonly fields: ReadonlyMap<string, string> };

/** Some more of the words of one action, as they were produced. */
export interface SpeechPiece {
  readonly action: string;
  readonly target?: string;
  /** Which action of the answer, from 0. */
  readonly index: number;
  readonly text: string;
}

interface Frame {
  readonly kind: "object" | "list";
  /** The key in an object under which the next value stands. */
  key: string;
  /** In an object: a string comes as a key, not as a value. */
  keyNext: boolean;
  /** In a list: how many objects began. */
  objects: number;
  type?: string;
  target?: string;
  /** Words that came before the action's type. */
  held: string;
}

/** How far an answer was read. Plain data: reading on from it gives a new one and leaves it as it is. */
export interface SpeechState {
  readonly layout: SpeechLayout;
  readonly stack: readonly Readonly<Frame>[];
  readonly mode: "between" | "string" | "escape" | "unicode" | "over";
  readonly text: string;
  readonly hex: string;
  /** In a layout of fields: how many gave words before this one, and whether this one did. */
  readonly spoken: number;
  readonly speaking: boolean;
}

type Draft = { -readonly [Key in Exclude<keyof SpeechState, "stack">]: SpeechState[Key] } & {
  stack: Frame[];
  pieces: SpeechPiece[];
};

/** The state before the first character. */
export function startSpeech(layout: SpeechLayout): SpeechState {
  return { layout, stack: [], mode: "between", text: "", hex: "", spoken: 0, speaking: false };
}

/**
 * Reads some more of an answer's JSON text and gives the words in it at once, before their string ends. It never
 * fails: what is no JSON gives no words. However the text is split, the words are the same.
 */
export function readSpeech(state: SpeechState, text: string): { state: SpeechState; pieces: readonly SpeechPiece[] } {
  const draft: Draft = { ...state, stack: state.stack.map((frame) => ({ ...frame })), pieces: [] };
  for (let index = 0; index < text.length && draft.mode !== "over"; index++) step(draft, text.charAt(index));
  if (draft.mode !== "between" && draft.mode !== "over") speak(draft, false);
  const { pieces, ...next } = draft;
  return { state: next, pieces };
}

function step(draft: Draft, character: string): void {
  if (draft.mode === "between") between(draft, character);
  else if (draft.mode === "unicode") unicode(draft, character);
  else if (draft.mode === "escape") escaped(draft, character);
  else if (character === "\\") draft.mode = "escape";
  else if (character === '"') endString(draft);
  else draft.text += character;
}

function between(draft: Draft, character: string): void {
  const top = draft.stack.at(-1);
  if (character === "{") open(draft, "object");
  else if (top === undefined) return;
  else if (character === "[") open(draft, "list");
  else if (character === "}" || character === "]") close(draft);
  else if (character === ":") top.keyNext = false;
  else if (character === ",") top.keyNext = top.kind === "object";
  else if (character === '"') {
    draft.mode = "string";
    draft.text = "";
  }
}

/** No words stand deeper than this; every level costs time with each further piece of the answer. */
const deepest = 100;

function open(draft: Draft, kind: Frame["kind"]): void {
  const top = draft.stack.at(-1);
  if (draft.stack.length >= deepest) {
    draft.mode = "over";
    return;
  }
  if (top?.kind === "list" && kind === "object") top.objects += 1;
  draft.stack.push({ kind, key: "", keyNext: kind === "object", objects: 0, held: "" });
}

function close(draft: Draft): void {
  draft.stack.pop();
  if (draft.stack.length === 0) draft.mode = "over";
}

function escaped(draft: Draft, character: string): void {
  const meant: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
  draft.mode = character === "u" ? "unicode" : "string";
  draft.hex = "";
  if (character !== "u") draft.text += Object.hasOwn(meant, character) ? meant[character] : character;
}

function unicode(draft: Draft, character: string): void {
  draft.hex += character;
  if (draft.hex.length < 4) return;
  const code = Number.parseInt(draft.hex, 16);
  if (!Number.isNaN(code)) draft.text += String.fromCharCode(code);
  draft.mode = "string";
}

function endString(draft: Draft): void {
  draft.mode = "between";
  const top = draft.stack.at(-1);
  if (top === undefined) return;
  if (top.kind === "object" && top.keyNext) {
    top.key = draft.text;
    return;
  }
  if (isAction(draft)) {
    if (top.key === "target") top.target = draft.text;
    if (top.key === "type") typeKnown(draft, top);
  }
  speak(draft, true);
}

function typeKnown(draft: Draft, frame: Frame): void {
  frame.type = draft.text;
  if (draft.layout.in !== "actions") return;
  if (draft.layout.stopAt.has(frame.type)) draft.mode = "over";
  if (draft.layout.speech.has(frame.type) && frame.held !== "") give(draft, frame.type, frame.held);
  frame.held = "";
}

/** In a layout of actions: the innermost frame is an object of the answer's list `actions`. */
function isAction({ layout, stack }: Draft): boolean {
  return layout.in === "actions" && stack.length === 3 && stack[1]?.kind === "list" && stack[0]?.key === "actions";
}

/** Gives the words collected so far, but half of a surrogate pair, which waits for its other half. */
function speak(draft: Draft, ended: boolean): void {
  const top = draft.stack.at(-1);
  if (top === undefined || top.kind !== "object" || top.keyNext) return;
  const cut = !ended && /[\ud800-\udbff]$/.test(draft.text) ? draft.text.length - 1 : draft.text.length;
  const words = draft.text.slice(0, cut);
  const { layout } = draft;
  if (layout.in === "fields" && draft.stack.length === 1 && layout.fields.has(top.key)) {
    giveField(draft, { field: top.key, words, ended });
  } else if (isAction(draft) && top.key === "content") {
    if (top.type === undefined) top.held += words;
    else if (layout.in === "actions" && layout.speech.has(top.type)) give(draft, top.type, words);
  } else return;
  draft.text = draft.text.slice(cut);
}

function giveField(draft: Draft, said: { field: string; words: string; ended: boolean }): void {
  if (draft.layout.in !== "fields") return;
  const action = draft.layout.fields.get(said.field) ?? "";
  if (said.words !== "") draft.pieces.push({ action, index: draft.spoken, text: said.words });
  draft.speaking ||= said.words !== "";
  if (!said.ended) return;
  draft.spoken += draft.speaking ? 1 : 0;
  draft.speaking = false;
}

function give(draft: Draft, action: string, text: string): void {
  const index = (draft.stack[1]?.objects ?? 1) - 1;
  const target = draft.stack.at(-1)?.target;
  if (text !== "") draft.pieces.push({ action, ...(target ? { target } : {}), index, text });
}
