import {
  addRule,
  either,
  type GrammarBounds,
  type JsonSchema,
  literal,
  type Scope,
  sharedRule,
  verbatim,
} from "./gbnf.ts";
import { objectOf, recordOf } from "./objects.ts";
import { number, text } from "./scalars.ts";

/**
 * A GBNF grammar whose every sentence is JSON of the schema, in the spacing of `{"a": 1, "b": [2, 3]}`.
 * Lengths, formats of dates and short ranges of whole numbers are kept; other ranges and patterns are not.
 * Undefined when nothing finite fits the schema.
 */
export function jsonGrammar(schema: JsonSchema, bounds: GrammarBounds): string | undefined {
  const scope: Scope = { root: schema, bounds, rules: new Map(), named: new Map(), depth: 0 };
  const root = compile(schema, scope);
  if (root === undefined) return undefined;
  return [`root ::= ${root}`, ...[...scope.rules].map(([name, body]) => `${name} ::= ${body}`)].join("\n");
}

/** The expression for one schema, or undefined where no finite value is left within the depth. */
function compile(schema: boolean | JsonSchema, scope: Scope): string | undefined {
  if (typeof schema === "boolean") return schema ? anything(scope) : undefined;
  if (schema.$ref !== undefined) return reference(schema.$ref, scope);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return either(schema.enum.map(literal));
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return alternatives(branches, scope);
  if (schema.allOf !== undefined) return compile(merged(schema.allOf, scope), scope);
  if (typeof schema.type === "string") return ofType(schema.type, schema, scope);
  if (schema.type !== undefined) {
    return alternatives(
      schema.type.map((type) => ({ ...schema, type })),
      scope,
    );
  }
  return schema.properties === undefined ? anything(scope) : objectOf(schema, scope, compile);
}

function ofType(type: string, schema: JsonSchema, scope: Scope): string | undefined {
  switch (type) {
    case "string":
      return text(schema, scope);
    case "number":
      return number(schema, false, scope);
    case "integer":
      return number(schema, true, scope);
    case "boolean":
      return either([literal(true), literal(false)]);
    case "null":
      return literal(null);
    case "array":
      return list(schema, scope);
    case "object":
      return schema.properties === undefined ? recordOf(schema, scope, compile) : objectOf(schema, scope, compile);
    default:
      return anything(scope);
  }
}

function alternatives(branches: readonly JsonSchema[], scope: Scope): string | undefined {
  const possible = branches.map((branch) => compile(branch, scope)).filter((branch) => branch !== undefined);
  return possible.length === 0 ? undefined : either(possible);
}

function reference(ref: string, scope: Scope): string | undefined {
  if (scope.depth >= scope.bounds.depth) return undefined;
  const key = `${ref} ${scope.depth}`;
  const known = scope.named.get(key);
  if (known !== undefined) return known;
  const target = resolve(ref, scope.root);
  const body = target === undefined ? undefined : compile(target, { ...scope, depth: scope.depth + 1 });
  if (body === undefined) return undefined;
  const name = addRule(scope, body);
  scope.named.set(key, name);
  return name;
}

function resolve(ref: string, root: JsonSchema): JsonSchema | undefined {
  if (ref === "#") return root;
  const name = decodeURIComponent(ref.replace(/^#\/\$defs\//, ""))
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
  return root.$defs !== undefined && Object.hasOwn(root.$defs, name) ? root.$defs[name] : undefined;
}

function merged(parts: readonly JsonSchema[], scope: Scope): JsonSchema {
  const resolved = parts.map((part) => (part.$ref === undefined ? part : (resolve(part.$ref, scope.root) ?? part)));
  const whole: JsonSchema = Object.assign({}, ...resolved);
  if (resolved.every((part) => part.properties === undefined)) return whole;
  return {
    ...whole,
    properties: Object.assign({}, ...resolved.map((part) => part.properties ?? {})),
    required: resolved.flatMap((part) => part.required ?? []),
  };
}

function list(schema: JsonSchema, scope: Scope): string | undefined {
  const fixed = (schema.prefixItems ?? []).map((item) => compile(item, scope));
  if (fixed.some((item) => item === undefined)) return undefined;
  if (fixed.length > 0) return addRule(scope, `"[" ${fixed.join(` ${verbatim(", ")} `)} "]"`);
  const least = schema.minItems ?? 0;
  const most = Math.max(least, schema.maxItems ?? scope.bounds.items);
  const item = most === 0 ? undefined : compile(schema.items ?? true, scope);
  if (item === undefined) return least === 0 ? verbatim("[]") : undefined;
  const name = sharedRule(scope, item);
  const more = `(${verbatim(", ")} ${name}){${Math.max(0, least - 1)},${most - 1}}`;
  return addRule(scope, least === 0 ? `"[" (${name} ${more})? "]"` : `"[" ${name} ${more} "]"`);
}

/** Any JSON value, nested no deeper than the bounds say. */
function anything(scope: Scope): string {
  const scalars = ["string", "number", "boolean", "null"].map((type) => ofType(type, {}, scope));
  if (scope.depth >= scope.bounds.depth) return sharedRule(scope, scalars.join(" | "));
  const deeper = { ...scope, depth: scope.depth + 1 };
  const nested = [list({}, deeper), recordOf({}, deeper, compile)];
  return sharedRule(scope, [...scalars, ...nested].join(" | "));
}
