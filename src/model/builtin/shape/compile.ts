import { z } from "zod";
import { bigintBody, checksOf, dateBody, numberBody, sizeOf, textBody } from "./checks.ts";
import { measureHeights } from "./height.ts";
import type { Maker } from "./intersect.ts";
import { overlap } from "./intersect.ts";
import { meaningOf } from "./meaning.ts";
import type { Body, FieldShape, Shape } from "./shape.ts";
import { core } from "./shape.ts";

type Schema = z.core.$ZodType;
type DefOf<Kind extends z.core.$ZodTypes["_zod"]["def"]["type"]> = Extract<
  z.core.$ZodTypes["_zod"]["def"],
  { type: Kind }
>;

/** A schema that makes new schemas for ever while it is read is cut here. */
const mostShapes = 3_000;

/** Reads a zod 4 schema (classic or mini) into a shape; recursive schemas become recursive shapes. */
export function compile(schema: Schema): Shape {
  const compiler = new Compiler();
  const root = compiler.shapeOf(schema);
  measureHeights(compiler.shapes);
  return root;
}

class Compiler implements Maker {
  readonly #known = new Map<Schema, Shape>();
  readonly #pairs = new Map<Shape, Map<Shape, Shape>>();
  readonly shapes: Shape[] = [];

  shapeOf(schema: Schema): Shape {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    const shape = this.made({ kind: "nothing" });
    this.#known.set(schema, shape);
    if (this.shapes.length > mostShapes) return shape;
    const inner = this.#wrapped(schema);
    if (inner !== undefined) {
      this.#known.set(schema, inner);
      return inner;
    }
    shape.body = this.#read(schema);
    const description = z.globalRegistry.get(schema)?.description;
    if (description !== undefined) shape.description = description;
    return shape;
  }

  made(body: Body): Shape {
    const shape: Shape = { body, height: Number.POSITIVE_INFINITY };
    this.shapes.push(shape);
    return shape;
  }

  both(left: Shape, right: Shape): Shape {
    const pairs = this.#pairs.get(left) ?? new Map<Shape, Shape>();
    this.#pairs.set(left, pairs);
    const known = pairs.get(right);
    if (known !== undefined) return known;
    const shape = this.made({ kind: "nothing" });
    pairs.set(right, shape);
    shape.body = overlap(left.body, right.body, this);
    return shape;
  }

  /** The shape of a schema that only passes on to another one. */
  #wrapped(schema: Schema): Shape | undefined {
    const def = (schema as z.core.$ZodTypes)._zod.def;
    switch (def.type) {
      case "lazy":
        return this.shapeOf(def.getter());
      case "readonly":
      case "catch":
      case "success":
        return this.shapeOf(def.innerType);
      case "nonoptional":
        return core(this.shapeOf(def.innerType));
      case "pipe":
        return this.#pipe(def);
      default:
        return undefined;
    }
  }

  /** What goes into a pipe is wanted; where that is any text, what comes out says which. */
  #pipe(def: DefOf<"pipe">): Shape {
    if ((def.in as z.core.$ZodTypes)._zod.def.type === "transform") return this.shapeOf(def.out);
    const [input, output] = [this.shapeOf(def.in), this.shapeOf(def.out)];
    const plain = input.body.kind === "text" && input.body.format === undefined && input.body.patterns.length === 0;
    const telling = !["text", "anything", "nothing"].includes(output.body.kind);
    if (plain && telling) return this.made({ kind: "written", inner: output });
    if (input.body.kind === "text" && output.body.kind === "text") return this.both(input, output);
    return input;
  }

  #read(schema: Schema): Body {
    const def = (schema as z.core.$ZodTypes)._zod.def;
    const checks = checksOf(schema);
    switch (def.type) {
      case "string":
        return textBody(checks);
      case "number":
        return numberBody(checks);
      case "bigint":
        return bigintBody(checks);
      case "date":
        return dateBody(checks);
      case "boolean":
        return { kind: "choice", options: [true, false] };
      case "enum":
        return { kind: "choice", options: [...((schema as z.core.$ZodEnum)._zod.values ?? [])] };
      case "literal":
        return { kind: "choice", options: def.values };
      case "optional":
      case "default":
      case "prefault":
        return { kind: "maybe", inner: this.shapeOf(def.innerType), otherwise: undefined };
      case "nullable":
        return { kind: "maybe", inner: this.shapeOf(def.innerType), otherwise: null };
      default:
        return this.#rare(schema) ?? this.#container(schema);
    }
  }

  #rare(schema: Schema): Body | undefined {
    const def = (schema as z.core.$ZodTypes)._zod.def;
    switch (def.type) {
      case "null":
        return { kind: "choice", options: [null] };
      case "undefined":
      case "void":
        return { kind: "choice", options: [undefined] };
      case "nan":
        return { kind: "choice", options: [Number.NaN] };
      case "any":
      case "unknown":
      case "custom":
      case "transform":
        return { kind: "anything" };
      case "file": {
        const checks = checksOf(schema);
        const mediaType = checks.find((check) => check.mime !== undefined)?.mime?.[0] ?? "text/plain";
        return { kind: "file", ...sizeOf(checks), mediaType };
      }
      case "promise":
        return { kind: "promise", inner: this.shapeOf(def.innerType) };
      case "template_literal":
        return { kind: "template", parts: def.parts.map((part) => this.#part(part)) };
      default:
        return undefined;
    }
  }

  #part(part: unknown): string | Shape {
    return typeof part === "object" && part !== null ? this.shapeOf(part as Schema) : String(part);
  }

  #container(schema: Schema): Body {
    const def = (schema as z.core.$ZodTypes)._zod.def;
    const size = sizeOf(checksOf(schema));
    switch (def.type) {
      case "object":
        return { kind: "object", fields: this.#fields(def.shape) };
      case "array":
        return { kind: "list", element: this.shapeOf(def.element), ...size, as: "array" };
      case "set":
        return { kind: "list", element: this.shapeOf(def.valueType), ...size, as: "set" };
      case "tuple":
        return {
          kind: "tuple",
          items: def.items.map((item) => this.shapeOf(item)),
          rest: def.rest === null ? undefined : this.shapeOf(def.rest),
        };
      case "union":
        return { kind: "union", options: def.options.map((option) => this.shapeOf(option)) };
      case "intersection":
        return this.both(this.shapeOf(def.left), this.shapeOf(def.right)).body;
      case "record":
      case "map":
        return this.#record(def, size);
      default:
        return { kind: "nothing" };
    }
  }

  #record(def: DefOf<"record"> | DefOf<"map">, size: { min: number; max: number }): Body {
    const [key, value] = [this.shapeOf(def.keyType), this.shapeOf(def.valueType)];
    const complete = def.type === "record" && def.partial !== true && def.mode !== "loose";
    return { kind: "record", key, value, ...size, complete, as: def.type === "map" ? "map" : "object" };
  }

  #fields(shape: Readonly<Record<string, Schema>>): FieldShape[] {
    return Object.keys(shape).map((name) => {
      const schema = shape[name] as Schema;
      const description = descriptionOf(schema);
      return { name, shape: this.shapeOf(schema), description, meaning: meaningOf(name, description) };
    });
  }
}

/** What a schema, or the one that it wraps, says about itself. */
function descriptionOf(schema: Schema): string {
  const said = z.globalRegistry.get(schema)?.description;
  if (said !== undefined) return said;
  const def = schema._zod.def as { readonly innerType?: Schema; readonly in?: Schema };
  const inner = def.innerType ?? def.in;
  return inner === undefined ? "" : descriptionOf(inner);
}
