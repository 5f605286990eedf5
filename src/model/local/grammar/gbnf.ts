/** How long what a schema leaves open may grow, so that a small model cannot babble for ever. */
export interface GrammarBounds {
  /** Characters of a string without a `maxLength`. */
  readonly text: number;
  /** Items of an array or entries of a record without a maximum. */
  readonly items: number;
  /** How often a recursive schema may enter itself. */
  readonly depth: number;
}

/** The part of JSON Schema that the compiler reads; everything else is left to the validation afterwards. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: boolean | JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** The grammar under construction: its rules by name, and how deep in itself a recursive schema is. */
export interface Scope {
  readonly root: JsonSchema;
  readonly bounds: GrammarBounds;
  readonly rules: Map<string, string>;
  readonly named: Map<string, string>;
  readonly depth: number;
}

/** A literal of the grammar that stands for a JSON value. */
export const literal = (value: unknown): string => JSON.stringify(JSON.stringify(value));

/** A piece of JSON punctuation as a literal. */
export const verbatim = (text: string): string => JSON.stringify(text);

/** Alternatives in brackets; a single one stays as it is. */
export const either = (options: readonly string[]): string =>
  options.length === 1 ? (options[0] as string) : `(${options.join(" | ")})`;

/** Adds a rule and returns its name. */
export function addRule(scope: Scope, body: string): string {
  const name = `r${scope.rules.size}`;
  scope.rules.set(name, body);
  return name;
}

/** A rule of its own for an expression, shared by all who ask for the same one. */
export function sharedRule(scope: Scope, body: string): string {
  const known = scope.named.get(body);
  if (known !== undefined) return known;
  const name = addRule(scope, body);
  scope.named.set(body, name);
  return name;
}
