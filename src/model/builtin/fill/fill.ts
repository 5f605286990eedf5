import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { Body, ListBody, RecordBody, Shape } from "../shape/shape.ts";
import type { Author, Spot } from "./author.ts";
import { absent, below, rootSpot } from "./author.ts";
import type { Declared } from "./declared.ts";
import { asObject, asText, isRecord, lookUp, optionFor, suits } from "./draft.ts";
import { leafOf } from "./leaf.ts";

/** No value was found for a place of the schema; another throw of the dice may find one. */
export class Unfillable extends Error {}

export interface Filling {
  readonly dice: Random;
  readonly author: Author;
  readonly declared: Declared;
  /** 0 in the first attempt: later ones keep less to the draft and try odder values. */
  readonly attempt: number;
}

/** Deeper than this, and after this many places, only what must be there is filled. */
const deepest = 7;
const mostPlaces = 400;

/**
 * A value of the shape: what was declared comes first, then what the draft says, then what the author writes.
 * @throws Unfillable where the shape allows nothing that the rules can find
 */
export function fill(shape: Shape, draft: unknown, filling: Filling): unknown {
  const value = new Filler(filling).fill(shape, rootSpot, draft);
  return value === absent ? undefined : value;
}

class Filler {
  readonly #filling: Filling;
  #places = 0;

  constructor(filling: Filling) {
    this.#filling = filling;
  }

  fill(shape: Shape, spot: Spot, draft: unknown): unknown {
    if (shape.height === Number.POSITIVE_INFINITY) throw new Unfillable(`Nothing can be at '${spot.path}'.`);
    this.#places += 1;
    const drawn = this.#filling.declared.empty ? undefined : this.#filling.declared.draw(spot.path);
    return this.#fillBody(shape, spot, drawn === undefined ? draft : this.#bound(shape, spot, drawn));
  }

  #fillBody(shape: Shape, spot: Spot, draft: unknown): unknown {
    const { body } = shape;
    switch (body.kind) {
      case "maybe":
        return this.#fillMaybe(body, spot, draft);
      case "union":
        return this.#fillUnion(body.options, spot, draft);
      case "list":
        return this.#fillList(body, spot, draft);
      case "object":
        return this.#fillObject(body, spot, draft);
      case "tuple":
        return this.#fillTuple(body, spot, draft);
      case "record":
        return this.#fillRecord(body, spot, draft);
      case "template":
        return body.parts
          .map((part) => (typeof part === "string" ? part : String(this.fill(part, spot, undefined))))
          .join("");
      case "written":
        return written(this.fill(body.inner, spot, draft));
      case "promise":
        return Promise.resolve(this.fill(body.inner, spot, draft));
      default:
        return this.#leaf(body, spot, draft);
    }
  }

  #bound(shape: Shape, spot: Spot, option: string): unknown {
    const draft = draftOf(option, shape);
    if (suits(shape, draft) >= 0 && !Number.isNaN(draft)) return draft;
    throw new TinyTroupeError("OPTION_INVALID", `'${option}' was declared for '${spot.path}', where it cannot stand.`, {
      data: { option: `rehearsal.distribution.${spot.path}`, value: option },
      hint: "Declare weights for options that the schema has at this path.",
    });
  }

  #leaf(body: Body, spot: Spot, draft: unknown): unknown {
    const value = leafOf(body, { spot, draft, ...this.#filling });
    if (value === absent) throw new Unfillable(`No value was found for '${spot.path}'.`);
    return value;
  }

  #thrifty(spot: Spot): boolean {
    return spot.depth >= deepest || this.#places > mostPlaces;
  }

  #declaredBelow(spot: Spot): readonly string[] {
    return this.#filling.declared.empty ? [] : this.#filling.declared.stepsBelow(spot.path);
  }

  #fillMaybe(body: Extract<Body, { kind: "maybe" }>, spot: Spot, draft: unknown): unknown {
    const left = body.otherwise === null ? null : absent;
    const impossible = body.inner.height === Number.POSITIVE_INFINITY;
    if (impossible || draft === null || draft === absent) {
      const deeper = !impossible && body.inner.body.kind === "maybe" && draft !== left;
      return deeper ? this.#fillBody(body.inner, spot, draft) : left;
    }
    if (draft === undefined && this.#declaredBelow(spot).length === 0) {
      const bare = this.#filling.attempt % 4 === 3;
      if (this.#thrifty(spot) || bare || this.#filling.dice.next() < 0.2) return left;
    }
    return this.#fillBody(body.inner, spot, draft);
  }

  #fillUnion(options: readonly Shape[], spot: Spot, draft: unknown): unknown {
    const possible = options.filter((option) => option.height < Number.POSITIVE_INFINITY);
    const wanted = this.#optionFor(possible, spot, draft);
    return this.#fillBody(wanted, draft === undefined ? { ...spot, depth: spot.depth + 1 } : spot, draft);
  }

  #optionFor(options: readonly Shape[], spot: Spot, draft: unknown): Shape {
    const steps = this.#declaredBelow(spot);
    const holding = steps.length === 0 ? [] : options.filter((option) => holds(option, steps));
    const candidates = holding.length > 0 ? holding : options;
    if (draft !== undefined) {
      const scores = candidates.map((option) => suits(option, draft));
      const best = Math.max(...scores);
      const suited = candidates.filter((_, index) => scores[index] === best);
      if (best > 0 || this.#filling.attempt === 0) return suited[0] as Shape;
    }
    const least = Math.min(...candidates.map((option) => option.height));
    const shallow = this.#thrifty(spot) ? candidates.filter((option) => option.height === least) : candidates;
    return this.#filling.dice.pick(shallow);
  }

  #fillList(body: ListBody, spot: Spot, draft: unknown): unknown {
    const drafts = Array.isArray(draft) ? draft : typeof draft === "string" ? [draft] : undefined;
    const length = this.#length(body, spot, drafts?.length);
    const items: unknown[] = [];
    const distinct = body.as === "set";
    for (let index = 0; items.length < length && index < length + (distinct ? 40 : 0); index++) {
      const item = this.fill(body.element, this.#inside(spot, items.length, body.element), drafts?.[index]);
      const value = item === absent ? undefined : item;
      if (!distinct || !items.includes(value)) items.push(value);
    }
    if (items.length < body.min) throw new Unfillable(`Too few different items were found for '${spot.path}'.`);
    return distinct ? new Set(items) : items;
  }

  #inside(spot: Spot, step: number, element: Shape): Spot {
    const description = element.description ?? spot.description;
    return below(spot, step, { description, depth: spot.depth + 1 });
  }

  #length(
    body: { readonly min: number; readonly max: number; readonly element?: Shape },
    spot: Spot,
    drafted: number | undefined,
  ): number {
    const declared = Math.max(
      0,
      ...this.#declaredBelow(spot).map((step) => (/^\d{1,3}$/.test(step) ? Number(step) + 1 : 0)),
    );
    const endless = body.element?.height === Number.POSITIVE_INFINITY;
    const liked =
      this.#thrifty(spot) || endless ? 0 : Math.max(0, this.#filling.author.count(spot) - Math.floor(spot.depth / 2));
    return Math.min(body.max, Math.max(body.min, declared, drafted ?? liked));
  }

  #fillObject(body: Extract<Body, { kind: "object" }>, spot: Spot, draft: unknown): unknown {
    const drafts = asObject(draft, body.fields);
    const result: Record<string, unknown> = Object.create(Object.prototype);
    for (const field of body.fields) {
      const { meaning, description, name } = field;
      const inner = below(spot, name, { name, meaning, description, depth: spot.depth + 1 });
      const value = this.fill(field.shape, inner, lookUp(drafts, name));
      if (value === absent) continue;
      if (name === "__proto__")
        Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
      else result[name] = value;
    }
    return result;
  }

  #fillTuple(body: Extract<Body, { kind: "tuple" }>, spot: Spot, draft: unknown): unknown {
    const drafts = Array.isArray(draft) ? draft : [];
    const items = body.items.map((item, index) => {
      const value = this.fill(item, this.#inside(spot, index, item), drafts[index]);
      return value === absent ? undefined : value;
    });
    for (const [index, extra] of body.rest === undefined ? [] : drafts.slice(items.length).entries()) {
      items.push(
        this.fill(body.rest as Shape, this.#inside(spot, body.items.length + index, body.rest as Shape), extra),
      );
    }
    return items;
  }

  #fillRecord(body: RecordBody, spot: Spot, draft: unknown): unknown {
    const drafts = isRecord(draft) ? draft : {};
    const closed = body.key.body.kind === "choice" ? body.key.body.options : undefined;
    const entries = new Map<unknown, unknown>();
    const length =
      closed !== undefined && body.complete
        ? closed.length
        : this.#length(body, spot, Object.keys(drafts).length || undefined);
    const names = closed ?? Object.keys(drafts);
    const keySpot = below(spot, "key", { meaning: "name", depth: spot.depth + 1 });
    for (let index = 0; entries.size < length && index < length + 60; index++) {
      const key =
        index < names.length ? names[index] : this.fill(body.key, keySpot, index > 2 ? `key ${index}` : undefined);
      if (entries.has(key)) continue;
      const inner = below(spot, String(key), { name: String(key), depth: spot.depth + 1 });
      const value = this.fill(body.value, inner, lookUp(drafts, String(key)));
      entries.set(key, value === absent ? undefined : value);
    }
    if (entries.size < body.min) throw new Unfillable(`Too few different keys were found for '${spot.path}'.`);
    return body.as === "map" ? entries : Object.fromEntries(entries as Map<string, unknown>);
  }
}

/** Whether something can stand at the first of these steps inside of the shape. */
function holds(shape: Shape, steps: readonly string[]): boolean {
  const { body } = shape;
  if (body.kind === "maybe") return holds(body.inner, steps);
  if (body.kind === "object") return body.fields.some((field) => steps.includes(field.name));
  return (body.kind === "list" || body.kind === "tuple") && steps.some((step) => /^\d+$/.test(step));
}

/** A declared option is a text; what it stands for depends on the shape at its place. */
function draftOf(option: string, shape: Shape): unknown {
  const { body } = shape;
  switch (body.kind) {
    case "choice":
      return body.options[optionFor(body.options, option)] ?? option;
    case "maybe":
      return option === "null" ? null : option === "" || option === "undefined" ? absent : draftOf(option, body.inner);
    case "number":
      return Number(option);
    case "text":
      return option;
    case "union":
      return unionDraft(option, body.options);
    default:
      return parsed(option);
  }
}

/** An option of a union: an alternative itself, or the word by which one alternative is known. */
function unionDraft(option: string, options: readonly Shape[]): unknown {
  for (const alternative of options) {
    const { body } = alternative;
    if (body.kind !== "object") continue;
    const mark = body.fields.find((field) => {
      const inner = field.shape.body;
      return inner.kind === "choice" && inner.options.some((value) => String(value) === option);
    });
    if (mark !== undefined) return { [mark.name]: option };
  }
  const simple = options.find((alternative) => suits(alternative, draftOf(option, alternative)) > 3);
  return simple === undefined ? parsed(option) : draftOf(option, simple);
}

function parsed(option: string): unknown {
  try {
    return JSON.parse(option) as unknown;
  } catch {
    // An option that is no JSON is the text that it is.
    return option;
  }
}

function written(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return asText(isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : value) ?? String(value);
}
