import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { ItemPart } from "../instrument/kind.ts";

/**
 * An answer as a number, where it is one: numbers and options called by a number are what they say, points of an ordered
 * scale count from 1, the lowest; of what was chosen or named it is how many.
 */
export function numberIn(answer: Answer | undefined, part: ItemPart | undefined): number | undefined {
  const value = answer?.value ?? null;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.length;
  if (typeof value !== "string" || part === undefined) return undefined;
  const { scale } = part;
  if (scale.kind !== "nominal" && scale.kind !== "ordinal") return undefined;
  const areNumbers = scale.options.every((option) => Number.isFinite(Number(option)));
  if (areNumbers) return Number(value);
  const place = scale.options.indexOf(value);
  return scale.kind === "ordinal" && place >= 0 ? place + 1 : undefined;
}
