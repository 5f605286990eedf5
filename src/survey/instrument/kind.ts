import { z } from "zod";
import type { Scale } from "../../kernel/contracts/answers/scale.ts";
import type { Issue } from "../../kernel/values/errors.ts";
import { anchorFamilies } from "../elicitation/anchors/families.ts";
import { elicitationNames } from "../elicitation/names.ts";
import { SurveyCondition } from "./condition.ts";
import { type AnswerOption, Id, mostOptions, Text } from "./written.ts";

/** A part of an item that has one answer of its own; most items have one part. */
export interface ItemPart {
  /** What its answer is called: the item's id, or with the part's as in `service.speed`. */
  readonly id: string;
  readonly scale: Scale;
  /** What it asks beyond the text of the item. */
  readonly asks?: string;
  /** As they are shown, in this order; the scale keeps its own. */
  readonly options: readonly AnswerOption[];
  /** What the ends of a number mean, and what it counts. */
  readonly ends?: { readonly low?: string | undefined; readonly high?: string | undefined };
  readonly unit?: string | undefined;
  /** Parts of one task stay together, whatever the order of tasks. */
  readonly task?: string;
  /** The part that cannot have the same answer. */
  readonly unlike?: string;
  /** Where there is more than one way to ask for such a value. */
  readonly look?: "slider" | "short" | "row";
  /** The shape of data, as JSON Schema. */
  readonly shape?: Readonly<Record<string, unknown>>;
}

/** In which order things are shown: as written, by chance, in Williams' orders over people, or half of them reversed. */
export const Ordering = z.enum(["written", "shuffled", "balanced", "reversed"]);
export type Ordering = z.output<typeof Ordering>;

/** Sentences for the points of an ordered scale, or the family of which it is. */
const Anchors = z
  .union([
    z.array(z.array(Text).min(2).max(mostOptions)).min(1).max(20),
    z.strictObject({
      family: z.enum(anchorFamilies.map(({ name }) => name)),
      first: z
        .enum(["least", "most"])
        .default("least")
        .describe("Whether its first point is the least or the most of what the family is about."),
    }),
  ])
  .describe("For ratings by similarity: sets of sentences, one a point, lowest first; or the family that it is of.");

const shared = {
  id: Id,
  text: Text.describe(
    "What is asked; {{id}} stands for an earlier answer, {{id | else}} has words where there is none.",
  ),
  paraphrases: z
    .array(Text)
    .min(1)
    .max(20)
    .optional()
    .describe("The same question in other words, to see how far answers hang on the words."),
  hint: Text.optional().describe("What helps to answer, shown below the text."),
  image: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe("A picture that is shown with it: a file, relative to this one."),
  optional: z.boolean().default(false).describe("Whether it may be left unanswered."),
  if: SurveyCondition.optional().describe("It is asked only when this holds."),
  skip: z
    .array(z.strictObject({ if: SurveyCondition, to: z.string().min(1).describe("A later item or block, or end.") }))
    .optional()
    .describe("Where it goes on after this item; the first that holds."),
  screenOut: z
    .array(z.strictObject({ if: SurveyCondition, reason: Text }))
    .optional()
    .describe("Whom the survey is not for, told by this answer."),
  expect: z
    .union([z.string(), z.number()])
    .optional()
    .describe("The answer of somebody who reads: an attention check."),
  method: z
    .enum(elicitationNames)
    .optional()
    .describe("In which way simulated people are asked it. Default: what is usual for its kind."),
  anchors: Anchors.optional(),
  temperature: z
    .number()
    .min(0)
    .max(10)
    .optional()
    .describe("Of ratings by similarity: below 1 drawn together, above 1 spread out. Default 1."),
  optionOrder: Ordering.default("written").describe("Of ordered scales only `reversed`."),
  partOrder: z.enum(["written", "shuffled", "balanced"]).default("written").describe("Of rows and tasks."),
};

type Shared = typeof shared;
/** A kind of item: what can be written of it, and what comes of that. All else follows from the scales of its parts. */
export interface Kind<Name extends string, Shape extends z.ZodRawShape> {
  readonly name: Name;
  readonly schema: z.ZodObject<Shared & { kind: z.ZodLiteral<Name> } & Shape, z.core.$strict>;
  /** In the order in which they are written; none for what is only read. */
  parts(item: ItemOf<Name, Shape>): readonly ItemPart[];
  /** What contradicts itself, though each part is written well; paths begin at the item. */
  wrong?(item: ItemOf<Name, Shape>): readonly Issue[];
  /** The item with what it leaves to us, such as which things are compared in which task: written out once, for all. */
  settled?(item: ItemOf<Name, Shape>): ItemOf<Name, Shape>;
  /** Of an item that nobody is asked: what it comes to, as a formula over other answers. */
  formula?(item: ItemOf<Name, Shape>): string;
  /** The keys of English words that would stand in it unless others are written. */
  english?(item: ItemOf<Name, Shape>): readonly string[];
}

type ItemOf<Name extends string, Shape extends z.ZodRawShape> = z.output<Kind<Name, Shape>["schema"]>;

/** A kind from what it has beyond that which all have. */
export function defineKind<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  shape: Shape,
  made: Omit<Kind<Name, Shape>, "name" | "schema">,
): Kind<Name, Shape> {
  return {
    name,
    schema: z.strictObject({ ...shared, kind: z.literal(name), ...shape }) as Kind<Name, Shape>["schema"],
    ...made,
  };
}

/** The ids of options, as a scale has them. */
export const idsOf = (options: readonly AnswerOption[]): readonly string[] => options.map(({ id }) => id);
