import type { Answer, GivenAnswer } from "../../kernel/contracts/answers/answer.ts";
import type { ItemPart } from "../instrument/kind.ts";

/**
 * What a part comes to in numbers: one mean for scales that have an order or are numbers, one share an option for choices,
 * one mean amount an option for what is divided, one share of first places an option for rankings; none of words and data.
 */
export interface FigureOf {
  /** `mean`, or the option. */
  readonly figure: string;
  readonly is: "mean" | "share";
  /** Beyond these no answer lies, and so no mean. */
  readonly ends?: readonly [low: number, high: number];
  /** What one answer adds: undefined where it says nothing. */
  of(answer: GivenAnswer): number | undefined;
}

/** The figures of a part. A point of an ordered scale counts as its number, or else as its place from 1. */
export function figuresOf({ scale }: Pick<ItemPart, "scale">): readonly FigureOf[] {
  switch (scale.kind) {
    case "number":
      return [
        {
          ...{ figure: "mean", is: "mean", ends: [scale.low ?? -Infinity, scale.high ?? Infinity] },
          of: ({ value }) => (typeof value === "number" ? value : undefined),
        },
      ];
    case "ordinal":
      return [
        pointsFigure(scale.options),
        ...scale.options.map((option) => ({ figure: option, is: "share" as const, of: chance(option) })),
      ];
    case "nominal":
      return scale.options.map((option) => ({ figure: option, is: "share", of: chance(option) }));
    case "choices":
      return scale.options.map((option) => ({
        ...{ figure: option, is: "share" as const },
        of: ({ value }) => (Array.isArray(value) ? Number(value.includes(option)) : undefined),
      }));
    case "ranking":
      return scale.options.map((option) => ({
        ...{ figure: option, is: "share" as const },
        of: ({ value }) => (Array.isArray(value) ? Number(value[0] === option) : undefined),
      }));
    case "allocation":
      return scale.options.map((option) => ({
        ...{ figure: option, is: "mean" as const, ends: [0, scale.total] as const },
        of: ({ value }) => Number((value as Readonly<Record<string, unknown>>)[option]),
      }));
    default:
      return [];
  }
}

function pointsFigure(options: readonly string[]): FigureOf {
  const points = pointsOf(options);
  const ends = [Math.min(...points.values()), Math.max(...points.values())] as const;
  return { figure: "mean", is: "mean", ends, of: expected(points) };
}

function pointsOf(options: readonly string[]): ReadonlyMap<string, number> {
  const numbers = options.every((option) => option.trim() !== "" && Number.isFinite(Number(option)));
  return new Map(options.map((option, place) => [option, numbers ? Number(option) : place + 1]));
}

/** Of the draw: a distribution has less noise, but is no answer of anybody. */
const expected =
  (points: ReadonlyMap<string, number>) =>
  ({ value }: GivenAnswer): number | undefined =>
    points.get(String(value));

const chance =
  (option: string) =>
  ({ value }: GivenAnswer): number =>
    Number(String(value) === option);

/** The answers that have a value. */
export const withValue = <T extends Answer>(answers: readonly T[]): readonly (T & GivenAnswer)[] =>
  answers.filter((answer): answer is T & GivenAnswer => answer.value !== null);
