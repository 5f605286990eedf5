import { nearest } from "../../../kernel/text/nearest.ts";
import { getAt } from "../../../persona/access.ts";
import { isRecord } from "../../../persona/plain-data.ts";
import type { Persona } from "../../../persona/schema.ts";
import type { Step } from "../../document/document.ts";
import { keptTables } from "../../document/kept.ts";
import { invalidStudy } from "../../document/parse.ts";

/** What of a person is compared: a number, or a text; undefined where the persona says no such thing. */
export function comparedIn(persona: Persona, by: string): string | number | undefined {
  return comparable(getAt(persona, by));
}

/** A number or a text, yes and no among these; undefined for what cannot be compared. */
export function comparable(value: unknown): string | number | undefined {
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

/** STUDY_INVALID for places in which no persona of these people has something that can be compared. */
export function checkCompared(step: Step, place: number, people: readonly { readonly persona: Persona }[]): void {
  const personas = people.map(({ persona }) => persona);
  const issues = ("tables" in step ? keptTables(step.tables) : []).flatMap(({ path, measure }) => {
    if (measure === undefined || !("homophily" in measure)) return [];
    const { by, table } = measure.homophily;
    if (table !== undefined) return [];
    const at = `steps.${place}.tables.${path}.by`;
    return [by].flat().flatMap((one, number) => {
      const message = incomparable(one, personas);
      return message === undefined ? [] : [{ path: Array.isArray(by) ? `${at}.${number}` : at, message }];
    });
  });
  if (issues.length > 0) throw invalidStudy(issues);
}

/** Why nothing in this place of a persona can be compared; undefined where something can. */
function incomparable(by: string, personas: readonly Persona[]): string | undefined {
  const isPath = by.split(".").every((step) => step !== "" && step !== "__proto__");
  if (isPath && personas.some((persona) => comparedIn(persona, by) !== undefined)) return undefined;
  const isThere = isPath && personas.some((persona) => getAt(persona, by) !== undefined);
  const what = isThere
    ? `'${by}' is a list or a group of keys: what is compared is a text or a number.`
    : `Nobody of this study has a '${by}'.`;
  return `${what} ${meant(by, comparableIn(personas))}`;
}

/** What may be meant: what stands below it, what ends so, or about so; else what there is. */
function meant(by: string, known: readonly string[]): string {
  const lastOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);
  const within = known.filter((one) => one.startsWith(`${by}.`));
  const alike = known.filter((one) => nearest(lastOf(by), [lastOf(one)]).length > 0);
  const near = [...new Set([...within, ...nearest(by, known), ...alike])].slice(0, 3);
  return near.length > 0
    ? `Did you mean ${near.join(" or ")}?`
    : `There are: ${[...known.slice(0, 8), ...(known.length > 8 ? ["…"] : [])].join(", ")}.`;
}

/** Where personas have a text or a number, but for names: what most have first. */
function comparableIn(personas: readonly Persona[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of personas.flatMap((persona) => textsIn(persona))) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts]
    .filter(([path]) => path !== "name")
    .toSorted(([, one], [, other]) => other - one)
    .map(([path]) => path);
}

function textsIn(value: object, above = ""): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isRecord(inner)) return textsIn(inner, `${above}${key}.`);
    return ["string", "number", "boolean"].includes(typeof inner) ? [`${above}${key}`] : [];
  });
}
