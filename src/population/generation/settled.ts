import { defineAt } from "../../persona/access.ts";
import { type Persona, parsePersona } from "../../persona/schema.ts";
import type { Draw } from "../draw.ts";
import type { Dimension, Level, Specification } from "../specification/schema.ts";
import { type BigFive, bigFive, type Degree } from "./voice/temper.ts";

/** What a draw settles of a person, before a model is asked for the rest. */
export interface Settled {
  /** The name, and what was drawn, each in its place: laid on whatever the model writes. */
  readonly persona: Persona;
  /** The dotted places that are filled, so that nobody is asked for them. */
  readonly places: readonly string[];
  /** What the model reads of it: `Age: 44`. */
  readonly lines: readonly string[];
  /** Traits of character that are dimensions of the population. */
  readonly temper: Readonly<Partial<Record<BigFive, Degree>>>;
}

/** Where dimensions belong whose id is no key of a persona, or one that holds more than a text. */
const placesOfOthers: Readonly<Record<string, string>> = {
  ...{ sex: "gender", country: "country_of_residence", city: "residence", town: "residence" },
  ...{ language: "languages", first_language: "languages" },
  ...{ occupation: "occupation.title", job: "occupation.title", profession: "occupation.title" },
};
const texts = ["age", "gender", "nationality", "country_of_residence", "residence", "education", "health", "languages"];

/** Where a dimension stands in the persona: among the facts, where nothing says it. */
const placeOf = (id: string, dimension: Dimension | undefined): string =>
  dimension?.persona ?? placesOfOthers[id] ?? (texts.includes(id) ? id : "other_facts");

/** Places that hold lists of sentences, to which what was drawn is added. */
const sentences =
  /^(?:other_facts|beliefs|skills|long_term_goals|personality\.traits|preferences\.\w+|behaviors(?:\.\w+)*)$/;

/** Sorts the values of a draw into places of the persona, facts in words, and traits of character. */
export function settledBy(draw: Draw, name: string, specification?: Specification): Settled {
  let persona = parsePersona({ name });
  const places: string[] = [];
  const lines: string[] = [];
  const temper: Partial<Record<BigFive, Degree>> = {};
  for (const [id, value] of Object.entries(draw.values)) {
    const dimension = specification?.dimensions[id];
    const trait = traitOf(id, dimension);
    if (trait !== undefined) {
      temper[trait] = degreeOf(value, dimension);
      continue;
    }
    const place = placeOf(id, dimension);
    const words = place === "age" ? String(value) : inWords(value, dimension);
    const line = `${titleOf(id, dimension)}: ${words}`;
    lines.push(line);
    if (sentences.test(place)) persona = defineAt(persona, place, { value: [`${line}.`], merge: true });
    else {
      persona = defineAt(persona, place, { value: place === "age" ? value : place === "languages" ? [words] : words });
      places.push(place);
    }
  }
  return { persona, places, lines, temper };
}

/** Which of the five a dimension is: a persona says it as a degree with a reason. */
function traitOf(id: string, dimension: Dimension | undefined): BigFive | undefined {
  const place = dimension?.persona ?? id;
  return bigFive.find((trait) => place === trait || place === `personality.big_five.${trait}`);
}

export function titleOf(id: string, dimension: Dimension | undefined): string {
  const words = dimension?.title ?? id.replace(/[-_]+/g, " ");
  return `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`;
}

/** A value as people say it: an amount with its unit is rounded, and a number on a scale of no unit becomes words. */
function inWords(value: Level, dimension: Dimension | undefined): string {
  if (typeof value === "string") return value;
  if (dimension?.kind !== "numeric") return String(value);
  const rounded = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 }).format(value);
  if (dimension.unit !== undefined) return `${rounded} ${dimension.unit}`;
  const share = shareOf(value, dimension);
  if (share === undefined || isCount(dimension)) return String(value);
  return ["very low", "low", "middling", "high", "very high"][fifthAt(share)] as string;
}

type Numeric = Extract<Dimension, { kind: "numeric" }>;

/** Children, rooms, cars: few enough to be counted. */
const isCount = (dimension: Numeric): boolean => dimension.integer !== false && (boundsOf(dimension)?.[1] ?? 100) <= 20;

function boundsOf({ from, to, bands }: Numeric): readonly [number, number] | undefined {
  const low = from ?? bands?.[0]?.from;
  const high = to ?? bands?.at(-1)?.to;
  return low === undefined || high === undefined || high <= low ? undefined : [low, high];
}

function shareOf(value: number, dimension: Numeric): number | undefined {
  const bounds = boundsOf(dimension);
  return bounds && Math.min(1, Math.max(0, (value - bounds[0]) / (bounds[1] - bounds[0])));
}

const fifthAt = (share: number): Degree => Math.min(4, Math.floor(share * 5)) as Degree;

/** A trait that was drawn: a number by its place in the range, a word by what it says. */
function degreeOf(value: Level, dimension: Dimension | undefined): Degree {
  if (typeof value === "number") {
    const share = dimension?.kind === "numeric" ? shareOf(value, dimension) : undefined;
    return fifthAt(share ?? 0.5);
  }
  if (dimension?.kind === "ordinal") {
    const levels = Object.keys(dimension.shares);
    return Math.round((levels.indexOf(value) / Math.max(1, levels.length - 1)) * 4) as Degree;
  }
  const strong = /very|extreme/i.test(value) ? 2 : 1;
  if (/low|little/i.test(value)) return (2 - strong) as Degree;
  return (/high|much/i.test(value) ? 2 + strong : 2) as Degree;
}
