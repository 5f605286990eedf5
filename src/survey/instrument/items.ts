import { z } from "zod";
import type { Issue } from "../../kernel/values/errors.ts";
import type { ItemPart } from "./kind.ts";
import { number } from "./kinds/amounts/number.ts";
import { scale } from "./kinds/amounts/scale.ts";
import { slider } from "./kinds/amounts/slider.ts";
import { checkbox } from "./kinds/choosing/checkbox.ts";
import { choice } from "./kinds/choosing/choice.ts";
import { likert } from "./kinds/choosing/likert.ts";
import { rank, top } from "./kinds/choosing/rank.ts";
import { yesNo } from "./kinds/choosing/yes-no.ts";
import { freeText } from "./kinds/said/free-text.ts";
import { note } from "./kinds/said/note.ts";

/** Every kind of item there is; a kind is a file, and a word here. */
const kinds = [freeText, note, yesNo, choice, checkbox, likert, rank, top, number, scale, slider] as const;

/** An item of a questionnaire, of one of the kinds. */
export type Item = z.output<(typeof kinds)[number]["schema"]>;

/** What a kind of item is called. */
export type ItemKind = Item["kind"];

/** The names of all kinds. */
export const itemKinds: readonly ItemKind[] = kinds.map(({ name }) => name);

type SchemasOf<Kinds extends readonly unknown[]> = {
  -readonly [Place in keyof Kinds]: Kinds[Place] extends { schema: infer Schema } ? Schema : never;
};

/** An item as it is written: `kind` says which. */
export const ItemEntry = z.discriminatedUnion(
  "kind",
  kinds.map(({ schema }) => schema) as unknown as SchemasOf<typeof kinds>,
);

/** A kind as the code sees it that treats all of them alike. */
interface AnyKind {
  parts(item: Item): readonly ItemPart[];
  wrong?(item: Item): readonly Issue[];
}

const kindOf = ({ kind }: Item): AnyKind => kinds.find(({ name }) => name === kind) as AnyKind;

/**
 * The parts of an item that are answered, each with its scale, in the order in which they are written; none of a note.
 */
export const partsOf = (item: Item): readonly ItemPart[] => kindOf(item).parts(item);

/** What contradicts itself within an item, by its kind; paths begin at the item. */
export const wrongIn = (item: Item): readonly Issue[] => kindOf(item).wrong?.(item) ?? [];

/** Every text of an item that people read. */
export const itemTexts = (item: Item): readonly string[] => [
  item.text,
  ...(item.hint === undefined ? [] : [item.hint]),
  ...partsOf(item).flatMap(({ asks, options }) => [
    ...(asks === undefined ? [] : [asks]),
    ...options.map(({ label }) => label),
  ]),
];
