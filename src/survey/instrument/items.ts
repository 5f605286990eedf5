import { z } from "zod";
import type { Issue } from "../../kernel/values/errors.ts";
import type { ItemPart } from "./kind.ts";
import { budget } from "./kinds/amounts/budget.ts";
import { computed } from "./kinds/amounts/computed.ts";
import { netPromoter } from "./kinds/amounts/net-promoter.ts";
import { number } from "./kinds/amounts/number.ts";
import { scale } from "./kinds/amounts/scale.ts";
import { slider } from "./kinds/amounts/slider.ts";
import { vanWestendorp } from "./kinds/amounts/van-westendorp.ts";
import { checkbox } from "./kinds/choosing/checkbox.ts";
import { choice } from "./kinds/choosing/choice.ts";
import { imageChoice } from "./kinds/choosing/image-choice.ts";
import { likert } from "./kinds/choosing/likert.ts";
import { rank, top } from "./kinds/choosing/rank.ts";
import { yesNo } from "./kinds/choosing/yes-no.ts";
import { freeText } from "./kinds/said/free-text.ts";
import { list } from "./kinds/said/list.ts";
import { note } from "./kinds/said/note.ts";
import { object } from "./kinds/said/object.ts";
import { bestWorst } from "./kinds/tasks/best-worst.ts";
import { conjoint } from "./kinds/tasks/conjoint.ts";
import { matrix } from "./kinds/tasks/matrix.ts";
import { pairwise } from "./kinds/tasks/pairwise.ts";

/** Every kind of item there is; a kind is a file, and a word here. */
const kinds = [
  ...([freeText, note, yesNo, choice, checkbox, imageChoice, likert, rank, top] as const),
  ...([number, scale, slider, netPromoter, vanWestendorp, budget, computed] as const),
  ...([matrix, pairwise, bestWorst, conjoint, list, object] as const),
] as const;

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
  settled?(item: Item): Item;
  formula?(item: Item): string;
  english?(item: Item): readonly string[];
}

/** What its kind makes of an item. */
export function kindOf({ kind }: Item): AnyKind {
  return kinds.find(({ name }) => name === kind) as unknown as AnyKind;
}

/**
 * The parts of an item that are answered, each with its scale, in the order in which they are written; none of a note.
 */
export const partsOf = (item: Item): readonly ItemPart[] => kindOf(item).parts(item);
