import { addRule, type JsonSchema, literal, type Scope, verbatim } from "./gbnf.ts";

type Compile = (schema: boolean | JsonSchema, scope: Scope) => string | undefined;

/** An object with the named properties in their order; one that is not required may be left out. */
export function objectOf(schema: JsonSchema, scope: Scope, compile: Compile): string | undefined {
  const required = new Set(schema.required ?? []);
  const fields: { pair: string; needed: boolean }[] = [];
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const compiled = compile(value, scope);
    if (compiled === undefined && required.has(key)) return undefined;
    if (compiled === undefined) continue;
    fields.push({ pair: `${literal(key)} ${verbatim(": ")} ${compiled}`, needed: required.has(key) });
  }
  return addRule(scope, `"{" ${tail(fields, scope)} "}"`);
}

/** What may follow in an object, built from its end: a comma is due once anything stands before. */
function tail(fields: readonly { pair: string; needed: boolean }[], scope: Scope): string {
  let [first, later] = ['""', '""'];
  for (const { pair, needed } of [...fields].reverse()) {
    const [without, withComma] = [`${pair} ${later}`, `${verbatim(", ")} ${pair} ${later}`];
    [first, later] = needed
      ? [addRule(scope, without), addRule(scope, withComma)]
      : [addRule(scope, `${without} | ${first}`), addRule(scope, `${withComma} | ${later}`)];
  }
  return first;
}

/** An object of free keys with values of one kind. */
export function recordOf(schema: JsonSchema, scope: Scope, compile: Compile): string | undefined {
  const key = compile({ maxLength: 40, minLength: 1, type: "string", ...schema.propertyNames }, scope);
  const value = compile(schema.additionalProperties ?? true, scope);
  if (schema.additionalProperties === false || key === undefined || value === undefined) return verbatim("{}");
  const needed = schema.propertyNames?.enum;
  if (needed !== undefined && schema.required !== undefined) {
    const properties = Object.fromEntries(needed.map((name) => [String(name), schema.additionalProperties ?? {}]));
    return objectOf(
      { properties: properties as JsonSchema["properties"] & {}, required: schema.required },
      scope,
      compile,
    );
  }
  const pair = addRule(scope, `${key} ${verbatim(": ")} ${value}`);
  return addRule(scope, `"{" (${pair} (${verbatim(", ")} ${pair}){0,${scope.bounds.items - 1}})? "}"`);
}
