import type { Body, FieldShape, NumberBody, ObjectBody, Shape, TextBody } from "./shape.ts";

/** Makes the shapes that an intersection needs anew; the same pair gives the same shape, so recursion ends. */
export interface Maker {
  made(body: Body): Shape;
  both(left: Shape, right: Shape): Shape;
}

/** What satisfies both, as far as rules can tell; where they cannot, the left one, and zod has the last word. */
export function overlap(left: Body, right: Body, maker: Maker): Body {
  if (left.kind === "anything") return right;
  if (right.kind === "anything") return left;
  if (left.kind === "maybe") return overlapMaybe(left, right, maker);
  if (right.kind === "maybe") return overlap(left, right.inner.body, maker);
  if (left.kind === "union") return spread(left.options, (option) => overlap(option.body, right, maker), maker);
  if (right.kind === "union") return spread(right.options, (option) => overlap(left, option.body, maker), maker);
  if (left.kind === "object" && right.kind === "object") return overlapObjects(left, right, maker);
  if (left.kind === "text" && right.kind === "text") return overlapTexts(left, right);
  if (left.kind === "number" && right.kind === "number") return overlapNumbers(left, right);
  if (left.kind === "choice" && right.kind === "choice") {
    return { kind: "choice", options: left.options.filter((option) => right.options.includes(option)) };
  }
  if (left.kind === "list" && right.kind === "list") {
    const element = maker.both(left.element, right.element);
    return { ...left, element, min: Math.max(left.min, right.min), max: Math.min(left.max, right.max) };
  }
  if (right.kind === "choice") return right;
  if (left.kind === "record" && right.kind === "object") return right;
  return left.kind === right.kind || left.kind === "choice" || right.kind === "record" ? left : { kind: "nothing" };
}

function overlapMaybe(left: Extract<Body, { kind: "maybe" }>, right: Body, maker: Maker): Body {
  if (right.kind !== "maybe") return overlap(left.inner.body, right, maker);
  const inner = maker.both(left.inner, right.inner);
  return left.otherwise === right.otherwise ? { ...left, inner } : inner.body;
}

function spread(options: readonly Shape[], meet: (option: Shape) => Body, maker: Maker): Body {
  return { kind: "union", options: options.map((option) => maker.made(meet(option))) };
}

function overlapObjects(left: ObjectBody, right: ObjectBody, maker: Maker): Body {
  const others = new Map(right.fields.map((field) => [field.name, field]));
  const fields = left.fields.map((field): FieldShape => {
    const other = others.get(field.name);
    others.delete(field.name);
    if (other === undefined) return field;
    return { ...field, shape: maker.both(field.shape, other.shape) };
  });
  return { kind: "object", fields: [...fields, ...others.values()] };
}

function overlapTexts(left: TextBody, right: TextBody): TextBody {
  const format = left.format ?? right.format;
  return {
    kind: "text",
    min: Math.max(left.min, right.min),
    max: Math.min(left.max, right.max),
    patterns: [...left.patterns, ...right.patterns],
    ...(format === undefined ? {} : { format }),
    prefix: left.prefix.length > right.prefix.length ? left.prefix : right.prefix,
    suffix: left.suffix.length > right.suffix.length ? left.suffix : right.suffix,
    includes: [...left.includes, ...right.includes],
  };
}

function overlapNumbers(left: NumberBody, right: NumberBody): NumberBody {
  const [lower, upper] = [left.min >= right.min ? left : right, left.max <= right.max ? left : right];
  return {
    kind: "number",
    min: lower.min,
    minExclusive: lower.minExclusive,
    max: upper.max,
    maxExclusive: upper.maxExclusive,
    integer: left.integer || right.integer,
    steps: [...left.steps, ...right.steps],
  };
}
