import type { Shape } from "../shape/shape.ts";
import { core } from "../shape/shape.ts";
import { absent } from "./author.ts";

/** Fields that carry an object's main text, when an object has to become a text or a text an object. */
const mainFields = ["title", "name", "text", "content", "description", "summary", "label", "value"];

/** How well a draft suits a shape; below 0 means not at all. */
export function suits(shape: Shape, draft: unknown): number {
  const { body } = shape;
  if (draft === undefined) return 0;
  if (body.kind === "maybe") return draft === null || draft === absent ? 4 : suits(body.inner, draft);
  if (draft === absent) return -1;
  switch (body.kind) {
    case "anything":
      return 1;
    case "choice":
      return optionFor(body.options, draft) === -1 ? -4 : 5;
    case "number":
      return typeof draft === "number" ? 4 : -1;
    case "text":
      return typeof draft === "string" ? 3 : isRecord(draft) || Array.isArray(draft) ? 0 : -1;
    case "list":
    case "tuple":
      return Array.isArray(draft) ? 4 : typeof draft === "string" ? 1 : -2;
    case "union":
      return Math.max(...body.options.map((option) => suits(option, draft)));
    case "record":
      return isRecord(draft) ? 2 : -2;
    case "object":
      return isRecord(draft) ? suitsObject(shape, draft) : -2;
    default:
      return 0;
  }
}

function suitsObject(shape: Shape, draft: Readonly<Record<string, unknown>>): number {
  const { body } = shape;
  if (body.kind !== "object") return -2;
  let score = 3;
  let known = 0;
  for (const field of body.fields) {
    const given = lookUp(draft, field.name);
    const closed = core(field.shape).body.kind === "choice";
    if (given === undefined) score -= closed ? 2 : 0.5;
    else {
      known += 1;
      const fit = suits(field.shape, given);
      if (closed && fit < 0) return -8;
      score += fit < 0 ? -1 : 1;
    }
  }
  return score - (Object.keys(draft).length - known) * 0.5;
}

/** The draft's value for a field, whether it is spelled long_term_goals, longTermGoals or LongTermGoals. */
export function lookUp(draft: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(draft, name)) return draft[name];
  const wanted = bare(name);
  for (const key of Object.keys(draft)) if (bare(key) === wanted) return draft[key];
  return undefined;
}

const bare = (name: string): string => name.replace(/[_\-\s]/g, "").toLowerCase();

/** The index of the option that a draft names, or -1. */
export function optionFor(options: readonly unknown[], draft: unknown): number {
  const exact = options.indexOf(draft);
  if (exact >= 0 || (typeof draft !== "string" && typeof draft !== "number" && typeof draft !== "boolean"))
    return exact;
  const wanted = String(draft).toLowerCase();
  return options.findIndex((option) => String(option).toLowerCase() === wanted);
}

/** A draft as one line of text, or undefined when there is none in it. */
export function asText(draft: unknown): string | undefined {
  if (typeof draft === "string") return draft;
  if (typeof draft === "number" || typeof draft === "boolean") return String(draft);
  if (Array.isArray(draft)) return draft.length === 0 ? undefined : draft.map((item) => asText(item) ?? "").join(", ");
  if (!isRecord(draft)) return undefined;
  const main = mainFields.map((field) => lookUp(draft, field)).find((value) => typeof value === "string");
  return (main as string | undefined) ?? asText(Object.values(draft).filter((value) => typeof value === "string"));
}

/** A draft as an object: a bare text becomes the main text of the object's fields. */
export function asObject(
  draft: unknown,
  fields: readonly { readonly name: string }[],
): Readonly<Record<string, unknown>> {
  if (isRecord(draft)) return draft;
  if (typeof draft !== "string") return {};
  const main = mainFields.find((name) => fields.some((field) => bare(field.name) === name));
  return main === undefined ? {} : { [main]: draft };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
