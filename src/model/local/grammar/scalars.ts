import { either, type JsonSchema, literal, type Scope, sharedRule } from "./gbnf.ts";

// Control characters cannot be written at all, not even escaped: no terminal code leaves a model this way.
const plainCharacter = String.raw`[^"\\\x00-\x1F\x7F-\x9F] | "\\" ["\\n]`;
const enumerable = 100;
const block = 64;

/** A JSON string of bounded length. */
export function text(schema: JsonSchema, scope: Scope): string {
  const dated = schema.format === undefined ? undefined : moments[schema.format];
  if (dated !== undefined) return sharedRule(scope, dated);
  const least = schema.minLength ?? 0;
  const most = Math.max(least, schema.maxLength ?? scope.bounds.text);
  const character = sharedRule(scope, plainCharacter);
  return sharedRule(scope, String.raw`"\"" ${repeated(character, least, most)} "\""`);
}

/** Long repetitions go in blocks: the engine unrolls every single one and refuses more than 2,000. */
export function repeated(character: string, least: number, most: number): string {
  if (most <= 4 * block) return `${character}{${least},${most}}`;
  const rest = `${character}{0,${most % block}}`;
  const whole = `(${character}{${block}}){0,${Math.floor(most / block) - 1}}`;
  return `${character}{${Math.min(least, block)},${block}} ${whole} ${rest}`;
}

const digits = (count: number): string => `[0-9]{${count}}`;
const day = `${digits(4)} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01])`;
const hour = `([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9]`;
const quoted = (body: string): string => String.raw`"\"" ${body} "\""`;
const moments: Readonly<Record<string, string>> = {
  date: quoted(day),
  time: quoted(hour),
  "date-time": quoted(`${day} "T" ${hour} "Z"`),
};

/** A JSON number; a short range of whole numbers is listed one by one, so that a scale is always met. */
export function number(schema: JsonSchema, whole: boolean, scope: Scope): string {
  const low = schema.exclusiveMinimum === undefined ? schema.minimum : Math.floor(schema.exclusiveMinimum) + 1;
  const high = schema.exclusiveMaximum === undefined ? schema.maximum : Math.ceil(schema.exclusiveMaximum) - 1;
  if (whole && low !== undefined && high !== undefined && high - low < enumerable && high >= low) {
    const first = Math.ceil(low);
    return either(Array.from({ length: Math.floor(high) - first + 1 }, (_, step) => literal(first + step)));
  }
  const sign = low !== undefined && low >= 0 ? "" : `"-"? `;
  const integer = `("0" | [1-9] [0-9]{0,11})`;
  return sharedRule(scope, `${sign}${integer}${whole ? "" : ` ("." [0-9]{1,6})?`}`);
}
