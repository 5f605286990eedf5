import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { SurveyCondition } from "../instrument/condition.ts";
import type { ItemKind } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { piped, pipesIn, textsOf } from "../instrument/piping.ts";
import type { AnswerOption } from "../instrument/written.ts";
import type { Answers } from "./holds.ts";

/** In which order somebody sees what has more than one; by id. What is not named stands as it is written. */
export interface SurveyOrder {
  readonly blocks?: readonly string[];
  /** Items of a block. */
  readonly items: Readonly<Record<string, readonly string[]>>;
  /** Options of an item; those that stay behind the others are not among them. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Parts of an item. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

/** Everything as it is written. */
export const writtenOrder: SurveyOrder = { items: {}, options: {}, parts: {} };

/** An item as somebody sees it: earlier answers in its texts, options and parts in their order. */
export interface ShownItem {
  readonly id: string;
  readonly kind: ItemKind;
  readonly text: string;
  readonly hint?: string;
  /** A picture's file, relative to the instrument. */
  readonly image?: string;
  readonly optional: boolean;
  /** What is to be answered. */
  readonly parts: readonly ItemPart[];
}

/** An item as the flow needs it: plain data, with the parts that its kind makes of it. */
export interface ScriptItem extends Omit<ShownItem, "hint" | "image"> {
  readonly hint?: string | undefined;
  readonly image?: string | undefined;
  readonly if?: SurveyCondition | undefined;
  readonly skip?: readonly { readonly if: SurveyCondition; readonly to: string }[] | undefined;
  readonly screenOut?: readonly { readonly if: SurveyCondition; readonly reason: string }[] | undefined;
  /** Of what nobody is asked. */
  readonly formula?: string | undefined;
}

/** What texts are filled from. */
export interface Showing {
  readonly answers: Answers;
  /** Of the parts that were asked before, to have the label of what was chosen. */
  readonly parts: ReadonlyMap<string, ItemPart>;
  readonly order: SurveyOrder;
}

/** An item as somebody sees it; undefined where a text wants an answer that there is none of. */
export function shownItem(item: ScriptItem, showing: Showing): ShownItem | undefined {
  const answerTo = (id: string): string | undefined =>
    withinSentence(answerInWords(showing.answers.get(id), showing.parts.get(id)));
  const wants = textsOf(item).flatMap(pipesIn);
  if (wants.some(({ id, otherwise }) => otherwise === undefined && answerTo(id) === undefined)) return undefined;
  const say = (text: string): string => piped(text, answerTo);
  const { options, parts } = showing.order;
  const spoken = item.parts.map(
    (part): ItemPart => ({
      ...part,
      ...(part.asks !== undefined && { asks: say(part.asks) }),
      options: toldApart(
        inOrder(part.options, options[item.id]).map((option) => ({ ...option, label: say(option.label) })),
      ),
    }),
  );
  return {
    ...{ id: item.id, kind: item.kind, text: say(item.text), optional: item.optional },
    ...(item.hint !== undefined && { hint: say(item.hint) }),
    ...(item.image !== undefined && { image: item.image }),
    parts: inOrder(spoken, tasksInOrder(spoken, parts[item.id])),
  };
}

/** In characters: what of an earlier answer stands in a later text. */
const longestPiped = 300;

/** An earlier answer on one line, so that it reads as part of a sentence and never as a line of the questionnaire. */
function withinSentence(answer: string | undefined): string | undefined {
  const line = answer?.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line !== undefined && line.length > longestPiped ? `${line.slice(0, longestPiped).toWellFormed()}…` : line;
}

/** Options that earlier answers make the same are numbered: they are chosen by their labels. */
function toldApart(options: readonly AnswerOption[]): readonly AnswerOption[] {
  const seen = new Set<string>();
  return options.map((option) => {
    let label = option.label;
    for (let count = 2; seen.has(label.toLowerCase()); count++) label = `${option.label} (${count})`;
    seen.add(label.toLowerCase());
    return label === option.label ? option : { ...option, label };
  });
}

/** The parts of tasks that stand in an order. */
function tasksInOrder(parts: readonly ItemPart[], order: readonly string[] | undefined): readonly string[] | undefined {
  return order?.flatMap((task) => parts.filter((part) => (part.task ?? part.id) === task).map(({ id }) => id));
}

/** An answer as it stands in a sentence; undefined where there is none. */
export function answerInWords(answer: Answer | undefined, part: ItemPart | undefined): string | undefined {
  if (answer === undefined || answer.value === null) return undefined;
  const { value, other } = answer;
  const label = (id: unknown): string => labelOf(String(id), { options: part?.options ?? [], other });
  if (Array.isArray(value)) return value.map(label).join(", ");
  if (typeof value !== "object") return label(value);
  return Object.entries(value)
    .map(([id, amount]) => `${label(id)}: ${typeof amount === "object" ? JSON.stringify(amount) : String(amount)}`)
    .join(", ");
}

function labelOf(
  id: string,
  { options, other }: { readonly options: readonly AnswerOption[]; readonly other: string | undefined },
): string {
  const option = options.find((one) => one.id === id);
  return option?.open === true && other !== undefined ? other : (option?.label ?? id);
}

/**
 * Things in somebody's order: those that it names take, in its order, the places that they have among them; the others stay.
 * @example
 * inOrder([{ id: "a" }, { id: "b" }, { id: "none" }], ["b", "a"]).map(({ id }) => id); // => ["b", "a", "none"]
 */
export function inOrder<T extends { readonly id: string }>(
  all: readonly T[],
  order: readonly string[] | undefined,
): readonly T[] {
  if (order === undefined) return all;
  const known = new Map(all.map((one) => [one.id, one]));
  const sorted = order.flatMap((id) => known.get(id) ?? []);
  const moving = new Set(order);
  let next = 0;
  return all.map((one) => (moving.has(one.id) ? (sorted[next++] as T) : one));
}
