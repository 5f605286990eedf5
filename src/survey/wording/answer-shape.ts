import { z } from "zod";
import type { Scale } from "../../kernel/contracts/answers/scale.ts";
import type { ShownItem } from "../flow/shown.ts";
import type { ItemPart } from "../instrument/kind.ts";

type ByScale = {
  readonly [Kind in Scale["kind"]]: (scale: Scale & { readonly kind: Kind }, part: ItemPart) => z.ZodType;
};

const labels = ({ options }: ItemPart): z.ZodType<string> => z.enum(options.map(({ label }) => label));

/** The shape of an answer by the kind of scale; options by their labels, as they stand in the words of the item. */
const shapes: ByScale = {
  nominal: (_, part) => labels(part),
  ordinal: (_, part) => labels(part),
  number: ({ low, high, whole }) => {
    const number = whole ? z.int() : z.number();
    const from = low === undefined ? number : number.min(low);
    return high === undefined ? from : from.max(high);
  },
  ranking: ({ options, most = options.length }, part) => z.array(labels(part)).length(most),
  choices: ({ least = 0, most, options, alone }, part) =>
    z
      .array(labels(part))
      .min(alone === undefined ? least : Math.min(least, 1))
      .max(most ?? options.length),
  allocation: ({ total }, { options }) =>
    z
      .array(z.object({ option: z.enum(options.map(({ label }) => label)), amount: z.number().min(0).max(total) }))
      .length(options.length),
  text: ({ most }) => (most === undefined ? z.string().min(1) : z.string().min(1).max(most)),
  texts: ({ least = 0, most }) => {
    const list = z.array(z.string().min(1)).min(least);
    return most === undefined ? list : list.max(most);
  },
  object: (_, { shape }) => z.fromJSONSchema(shape as Parameters<typeof z.fromJSONSchema>[0]),
};

/** The shape of an answer to a part, for models: `readAnswer` makes a value of what comes in it. */
export function answerShape(part: ItemPart): z.ZodType {
  return (shapes[part.scale.kind] as (scale: Scale, part: ItemPart) => z.ZodType)(part.scale, part);
}

/**
 * The shape of an answer to a whole item, for models: that of its part, or of several one a part by its number in the words of
 * the item, `"1"`, `"2"`; `readItem` makes answers of it.
 */
export function itemShape({ parts }: Pick<ShownItem, "parts">): z.ZodType {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return answerShape(first);
  return z.object(Object.fromEntries(parts.map((part, place) => [String(place + 1), answerShape(part)])));
}
