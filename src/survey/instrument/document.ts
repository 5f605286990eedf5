import { z } from "zod";
import { SurveyCondition } from "./condition.ts";
import { type Item, ItemEntry } from "./items.ts";
import { Id, LanguageCode, Text } from "./written.ts";

const Order = z.enum(["written", "shuffled", "balanced"]);
const Items = z.array(ItemEntry).min(1).max(1000);

const BlockEntry = z.strictObject({
  id: Id,
  title: Text.optional(),
  if: SurveyCondition.optional().describe("Its items are asked only when this holds."),
  itemOrder: Order.default("written"),
  fixed: z.boolean().default(false).describe("It stays in its place, whatever the order of the others."),
  items: Items,
});

const Quota = z.strictObject({
  name: Id,
  if: SurveyCondition.describe("Who counts."),
  most: z.int().min(0).describe("How many of them are wanted."),
});

const shape = {
  survey: z.literal(1).describe("The version of the format."),
  name: z.string().trim().min(1).max(200),
  about: z.string().trim().min(1).optional().describe("For those who work with it; people do not see it."),
  language: LanguageCode.default("en").describe("The language that is read unless another is asked for."),
  languages: z.array(LanguageCode).min(1).max(50).optional().describe("Every language that each text is written in."),
  intro: Text.optional().describe("What people read first."),
  thanks: Text.optional().describe("What people read last."),
  blockOrder: Order.default("written"),
  quotas: z.array(Quota).max(200).default([]),
};

/** A questionnaire as its file has it. */
export const InstrumentDocument = z.strictObject({
  $schema: z.string().optional(),
  ...shape,
  items: Items.optional().describe("The items, where there is one block."),
  blocks: z.array(BlockEntry).min(1).max(200).optional(),
});
export type InstrumentDocument = z.output<typeof InstrumentDocument>;

/** Items that belong together. */
export type Block = Omit<z.output<typeof BlockEntry>, "items"> & { readonly items: readonly Item[] };

/** A questionnaire in one language, checked: the same ids in each. */
export type Instrument = Omit<InstrumentDocument, "$schema" | "items" | "blocks" | "languages"> & {
  readonly languages: readonly string[];
  readonly blocks: readonly Block[];
};

/** All items of an instrument, as they are written. */
export const itemsOf = ({ blocks }: Pick<Instrument, "blocks">): readonly Item[] =>
  blocks.flatMap(({ items }) => items);
