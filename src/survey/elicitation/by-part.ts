import { z } from "zod";
import type { ShownItem } from "../flow/shown.ts";
import type { ItemPart } from "../instrument/kind.ts";

/** The shape of what is said to an item, and how what came is told apart by part. */
export interface ByPart<T> {
  readonly schema: z.ZodType<Record<string, unknown>>;
  /** One a part, in the item's order. */
  read(value: Readonly<Record<string, unknown>>): readonly T[];
  /** Where in the value a part stands, dotted. */
  pathOf(part: ItemPart): string;
}

/** The shape of a part, and fields that are said before and after. */
export interface Fields<T> {
  shape(part: ItemPart): z.ZodType<T>;
  readonly before?: z.ZodRawShape;
  readonly after?: z.ZodRawShape;
}

/**
 * One field where an item has one part; else an object with a field for each, numbered as the item's words are.
 * @param name of the field, as `answer`
 */
export function byPart<T>(
  { parts }: Pick<ShownItem, "parts">,
  name: string,
  { shape, before = {}, after = {} }: Fields<T>,
): ByPart<T> {
  const [only] = parts;
  const keyOf = (place: number): string => String(place + 1);
  const single = parts.length === 1 && only !== undefined;
  const fields = Object.fromEntries(parts.map((part, place) => [keyOf(place), shape(part)]));
  return {
    schema: z.object({ ...before, [name]: single ? shape(only) : z.object(fields), ...after }),
    read: (value) =>
      single
        ? [value[name] as T]
        : parts.map((_, place) => (value[name] as Readonly<Record<string, T>>)[keyOf(place)] as T),
    pathOf: (part) => (single ? name : `${name}.${keyOf(parts.indexOf(part))}`),
  };
}
