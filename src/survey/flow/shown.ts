import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import { type Item, type ItemKind, itemTexts, partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { piped, pipesIn } from "../instrument/piping.ts";
import type { AnswerOption } from "../instrument/written.ts";
import type { Answers } from "./holds.ts";
import { inOrder, type SurveyOrder } from "./order.ts";

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

/** What texts are filled from. */
export interface Showing {
  readonly answers: Answers;
  /** Of the parts that were asked before, to have the label of what was chosen. */
  readonly parts: ReadonlyMap<string, ItemPart>;
  readonly order: SurveyOrder;
}

/** An item as somebody sees it; undefined where a text wants an answer that there is none of. */
export function shownItem(item: Item, showing: Showing): ShownItem | undefined {
  const answerTo = (id: string): string | undefined => inWords(showing.answers.get(id), showing.parts.get(id));
  const wants = itemTexts(item).flatMap(pipesIn);
  if (wants.some(({ id, otherwise }) => otherwise === undefined && answerTo(id) === undefined)) return undefined;
  const say = (text: string): string => piped(text, answerTo);
  const { options, parts } = showing.order;
  const spoken = partsOf(item).map(
    (part): ItemPart => ({
      ...part,
      ...(part.asks !== undefined && { asks: say(part.asks) }),
      options: inOrder(part.options, options[item.id]).map((option) => ({ ...option, label: say(option.label) })),
    }),
  );
  return {
    ...{ id: item.id, kind: item.kind, text: say(item.text), optional: item.optional },
    ...(item.hint !== undefined && { hint: say(item.hint) }),
    ...(item.image !== undefined && { image: item.image }),
    parts: inOrder(spoken, parts[item.id]),
  };
}

/** An answer as it stands in a sentence; undefined where there is none. */
function inWords(answer: Answer | undefined, part: ItemPart | undefined): string | undefined {
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
