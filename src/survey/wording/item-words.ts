import type { ItemPart } from "../instrument/kind.ts";
import { partLines } from "./part-words.ts";

/** What of an item is put in words: a `ShownItem`, or an item as it is written with its parts. */
export interface Wordable {
  readonly text: string;
  readonly hint?: string | undefined;
  readonly optional: boolean;
  readonly parts: readonly ItemPart[];
}

/**
 * An item in words, whole: its text, each part, each option in the order in which this person sees them, each limit and label.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const next = nextItem(tea, []);
 * next.kind === "item" ? itemInWords(next.item) : ""; // => "Do you drink tea?\n\nChoose exactly one:\n- Yes\n- No"
 */
export function itemInWords({ text, hint, optional, parts }: Wordable): string {
  const asked = parts.map((part, place) => {
    const [first = "", ...rest] = partLines(part, parts[place - 1]);
    return [parts.length > 1 ? `${place + 1}. ${first}` : first, ...rest].join("\n");
  });
  const skipping = optional && parts.length > 0 ? ["This may be left unanswered."] : [];
  return [text, ...(hint === undefined ? [] : [hint]), ...asked, ...skipping].join("\n\n");
}
