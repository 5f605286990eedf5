import type { Meaning } from "./meaning.ts";

/** A schema as this model sees it: what must be produced, without the ways of checking it. */
export interface Shape {
  body: Body;
  /** How many levels the smallest value has; Infinity when no finite value exists. */
  height: number;
  /** What the schema says about itself. */
  description?: string;
}

export type Body =
  | TextBody
  | NumberBody
  | BigIntBody
  | DateBody
  | ChoiceBody
  | ListBody
  | TupleBody
  | RecordBody
  | ObjectBody
  | { readonly kind: "union"; readonly options: readonly Shape[] }
  | { readonly kind: "maybe"; readonly inner: Shape; readonly otherwise: null | undefined }
  | { readonly kind: "template"; readonly parts: readonly (string | Shape)[] }
  /** A text in which a value is written, as in `z.string().transform(Number).pipe(z.number())`. */
  | { readonly kind: "written"; readonly inner: Shape }
  | { readonly kind: "promise"; readonly inner: Shape }
  | FileBody
  | { readonly kind: "anything" }
  | { readonly kind: "nothing" };

export interface TextBody {
  readonly kind: "text";
  readonly min: number;
  readonly max: number;
  readonly patterns: readonly RegExp[];
  /** Zod's name of the format with what it was told about it, such as `precision` or `protocol`. */
  readonly format?: { readonly name: string; readonly details: Readonly<Record<string, unknown>> };
  readonly prefix: string;
  readonly suffix: string;
  readonly includes: readonly string[];
}

export interface NumberBody {
  readonly kind: "number";
  /** Inclusive; -Infinity and Infinity when open. */
  readonly min: number;
  readonly max: number;
  readonly minExclusive: boolean;
  readonly maxExclusive: boolean;
  readonly integer: boolean;
  /** Every value is a multiple of each. */
  readonly steps: readonly number[];
}

export interface BigIntBody {
  readonly kind: "bigint";
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
  readonly step: bigint;
}

export interface DateBody {
  readonly kind: "date";
  /** Milliseconds since 1970. */
  readonly min: number;
  readonly max: number;
}

/** A closed list: an enum, literals, a boolean, null. */
export interface ChoiceBody {
  readonly kind: "choice";
  readonly options: readonly unknown[];
}

export interface ListBody {
  readonly kind: "list";
  readonly element: Shape;
  readonly min: number;
  readonly max: number;
  readonly as: "array" | "set";
}

export interface TupleBody {
  readonly kind: "tuple";
  readonly items: readonly Shape[];
  readonly rest: Shape | undefined;
}

export interface RecordBody {
  readonly kind: "record";
  readonly key: Shape;
  readonly value: Shape;
  readonly min: number;
  readonly max: number;
  /** Every key of a closed list must be there. */
  readonly complete: boolean;
  readonly as: "object" | "map";
}

export interface ObjectBody {
  readonly kind: "object";
  readonly fields: readonly FieldShape[];
}

export interface FileBody {
  readonly kind: "file";
  readonly min: number;
  readonly max: number;
  readonly mediaType: string;
}

export interface FieldShape {
  readonly name: string;
  readonly shape: Shape;
  readonly meaning: Meaning;
  readonly description: string;
}

/** The shape under optional and nullable wrappers. */
export function core(shape: Shape): Shape {
  let inner = shape;
  while (inner.body.kind === "maybe") inner = inner.body.inner;
  return inner;
}
