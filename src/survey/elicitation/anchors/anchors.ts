import { invalid } from "../../../statistics/measured.ts";
import type { ItemPart } from "../../instrument/kind.ts";
import { type AnchorFamily, type AnchorSet, anchorFamilies, type FamilyAnchors, pointsOfSeven } from "./families.ts";

/** What the points of a scale sound like, and where the sentences come from. */
export interface Anchors {
  /** Each has a sentence a point, in the scale's order. */
  readonly sets: readonly AnchorSet[];
  /** `given` with the item, a family by its name, or `labels`: the scale's own words. */
  readonly from: string;
}

/**
 * Sentences for the points of an ordered scale: those that are given, else those of the family that its labels are of, where
 * they tell which end is which, else its labels as somebody says them. Throws OPTION_INVALID for sentences that are not one a point.
 * @example
 * const likely = { id: "buy", scale: { kind: "ordinal", options: ["no", "yes"] }, options: [{ id: "no", label: "Unlikely" }, { id: "yes", label: "Likely" }] };
 * anchorsFor(likely).from; // => "likelihood"
 */
export function anchorsFor(part: ItemPart, given?: readonly AnchorSet[] | FamilyAnchors): Anchors {
  const points = pointsOf(part);
  if (given !== undefined) {
    const hint = faultIn(part, given);
    if (hint !== undefined) throw invalid(`anchors.${part.id}`, { value: JSON.stringify(given).slice(0, 200), hint });
    return "family" in given ? ofFamily(given, points.length) : { sets: given, from: "given" };
  }
  const family = anchorFamilies.find(
    ({ known }) => points.filter((label) => known.test(label.toLowerCase())).length > 1,
  );
  const from = family === undefined ? undefined : endsOf(points, family);
  if (family === undefined || pointsOfSeven[points.length] === undefined || from === undefined)
    return { sets: asSaid(points), from: "labels" };
  return ofFamily({ family: family.name, first: from === "best" ? "most" : "least" }, points.length);
}

/** Why these are no sentences for the points of a part, as what to do instead; undefined where they are. */
export function faultIn(part: ItemPart, given: readonly AnchorSet[] | FamilyAnchors): string | undefined {
  const { length } = pointsOf(part);
  if (part.scale.kind !== "ordinal") return "Only the points of an ordered scale have sentences: leave `anchors` out.";
  if ("family" in given) {
    const names = anchorFamilies.map(({ name }) => name);
    if (!names.includes(given.family)) return `There is no family '${given.family}': take one of ${names.join(", ")}.`;
    return pointsOfSeven[length] === undefined
      ? `Families have sentences for 2 to 7 points, and ${part.id} has ${length}: write them out.`
      : undefined;
  }
  const wrong = given.some((set) => set.length !== length || set.some((text) => text.trim() === ""));
  return wrong || given.length === 0
    ? `Give sets of ${length} sentences for ${part.id}, one a point, lowest first.`
    : undefined;
}

function ofFamily({ family: name, first = "least" }: FamilyAnchors, points: number): Anchors {
  const places = pointsOfSeven[points] ?? [];
  const { sets: whole = [] } = anchorFamilies.find((one) => one.name === name) ?? {};
  const sets = whole.map((set) => places.map((place) => set[place] as string));
  return { sets: first === "most" ? sets.map((set) => set.toReversed()) : sets, from: name };
}

/** Whether there are sentences for every point: of a family, or because each is called by more than a number. */
export const hasWords = (part: ItemPart): boolean =>
  anchorsFor(part).from !== "labels" || pointsOf(part).every((label) => /\p{L}/u.test(label));

/** The labels of a scale in its own order, lowest first, whatever the order in which they are shown. */
function pointsOf({ scale, options }: ItemPart): readonly string[] {
  const labels = new Map(options.map(({ id, label }) => [id, label]));
  return "options" in scale ? scale.options.map((id) => labels.get(id) ?? id) : [];
}

const negative = /\b(?:un\w+|dis\w+|not|never|no|poor|bad|terrible|difficult|hard|rarely|\w+n['’]t)\b/;
const positive = /\b(?:definitely|certainly|absolutely|yes|every|very|extremely|good|great)\b/;
/** What is at neither end of what a family goes through. */
const middling =
  /\b(?:slightly|somewhat|hardly|little|least|less|seldom|sometimes|occasionally|fair|neither|neutral|sure|unsure|opinion|know)\b/;

/**
 * Which end a scale is written from; undefined unless one end is clearly for and the other clearly against what the family is
 * about: sentences the wrong way round would turn all answers into their opposites.
 */
function endsOf(points: readonly string[], { known }: AnchorFamily): "worst" | "best" | undefined {
  const side = (label = ""): "for" | "against" | undefined => {
    const words = label.toLowerCase();
    if (middling.test(words)) return undefined;
    if (negative.test(words)) return "against";
    return known.test(words) || positive.test(words) ? "for" : undefined;
  };
  const [first, last] = [side(points[0]), side(points.at(-1))];
  if (first === "against" && last === "for") return "worst";
  return first === "for" && last === "against" ? "best" : undefined;
}

/** Points as somebody says them; the number that a label begins with is left out where words follow. */
function asSaid(points: readonly string[]): readonly AnchorSet[] {
  const words = points.map((label) => label.replace(/^-?\d+ – /, ""));
  return [words.map((label) => `My answer is: ${label}.`), words.map((label) => `${label}, that is how I see it.`)];
}
