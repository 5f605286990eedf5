import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Specification } from "../specification/schema.ts";

/** More people than this are not drawn at once. */
const mostPeople = 10_000_000;

/** How many people to draw. Throws OPTION_INVALID. */
export function checkedSize(specification: Specification, given: number | undefined): number {
  const size = given ?? specification.size;
  if (size !== undefined && Number.isInteger(size) && size >= 1 && size <= mostPeople) return size;
  const message = size === undefined ? "Nobody says how many people to draw." : `${size} people cannot be drawn.`;
  throw new TinyTroupeError("OPTION_INVALID", message, {
    data: { option: "size", ...(size === undefined ? {} : { value: size }) },
    hint: "Give a whole number from 1 to ten million: `size` in the specification or among the options, on the command line --size.",
  });
}
