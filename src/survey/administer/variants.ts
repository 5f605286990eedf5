import { invalid } from "../../statistics/measured.ts";
import type { SurveyOrder } from "../flow/shown.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { type Item, partsOf } from "../instrument/items.ts";

/** A way in which the same is asked otherwise, to see what of an answer is the question's doing. */
export interface SurveyVariant {
  /** As it stands in rows; `as-written` is taken. */
  readonly name: string;
  /** Options backwards, or from the middle on; an ordered scale has no middle to begin at, and stands as it is written. */
  readonly options?: "reversed" | "rotated";
  /** Other words for the text of items, by id. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** The instrument as it is. */
export const asWritten: SurveyVariant = { name: "as-written" };

/**
 * An instrument in the other words that its items declare (`paraphrases`): in the first of each, in the second of each, and so
 * on. An item that has fewer stands as it is written.
 * @example
 * const items = [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?", paraphrases: ["Is tea something you drink?"] }];
 * paraphrasesOf(parseInstrument({ survey: 1, name: "tea", items }))[0].texts; // => { drinks: "Is tea something you drink?" }
 */
export function paraphrasesOf(instrument: Pick<Instrument, "blocks">): readonly SurveyVariant[] {
  const items = itemsOf(instrument);
  const most = Math.max(0, ...items.map(({ paraphrases = [] }) => paraphrases.length));
  return Array.from({ length: most }, (_, place) => ({
    name: `paraphrase ${place + 1}`,
    texts: Object.fromEntries(
      items.flatMap(({ id, paraphrases }) => (paraphrases?.[place] === undefined ? [] : [[id, paraphrases[place]]])),
    ),
  }));
}

/** An instrument without the other words that it declares, so that what was asked before them stays asked. */
export function asAsked(instrument: Instrument): Instrument {
  const plain = ({ paraphrases: _, ...item }: Item): Item => item as Item;
  return { ...instrument, blocks: instrument.blocks.map((block) => ({ ...block, items: block.items.map(plain) })) };
}

/** Throws OPTION_INVALID for two of a name, and for other words for an item that there is not. */
export function checkVariants({ blocks }: Instrument, variants: readonly SurveyVariant[]): void {
  const names = variants.map(({ name }) => name);
  const twin = names.find((name, place) => name.trim() === "" || names.indexOf(name) < place);
  if (twin !== undefined) throw invalid("variants", { value: twin, hint: "Give each variant a name of its own." });
  const known = new Set(itemsOf({ blocks }).map(({ id }) => id));
  const strange = variants.flatMap(({ texts = {} }) => Object.keys(texts)).find((id) => !known.has(id));
  if (strange === undefined) return;
  throw invalid("variants", { value: strange, hint: `Texts are by item: ${[...known].join(", ")}.` });
}

/** The instrument in the words of a variant. */
export function inWordsOf(instrument: Instrument, { texts }: SurveyVariant): Instrument {
  if (texts === undefined) return instrument;
  const reworded = (item: Item): Item =>
    Object.hasOwn(texts, item.id) ? { ...item, text: texts[item.id] as string } : item;
  return { ...instrument, blocks: instrument.blocks.map((block) => ({ ...block, items: block.items.map(reworded) })) };
}

/** Somebody's order with the options of a variant. */
export function inOrderOf(instrument: Instrument, order: SurveyOrder, { options }: SurveyVariant): SurveyOrder {
  if (options === undefined) return order;
  const turned = itemsOf(instrument).flatMap((item) => {
    if (options === "rotated" && isOrdered(item)) return [];
    const ids = order.options[item.id] ?? movingIn(item);
    const middle = Math.ceil(ids.length / 2);
    return [
      [item.id, options === "reversed" ? ids.toReversed() : [...ids.slice(middle), ...ids.slice(0, middle)]] as const,
    ];
  });
  return { ...order, options: { ...order.options, ...Object.fromEntries(turned) } };
}

const isOrdered = (item: Item): boolean => partsOf(item).some(({ scale }) => scale.kind === "ordinal");

const movingIn = (item: Item): readonly string[] => [
  ...new Set(partsOf(item).flatMap(({ options }) => options.filter(({ fixed }) => !fixed).map(({ id }) => id))),
];
