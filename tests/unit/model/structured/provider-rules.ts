import type { JsonSchema } from "../../../../src/model/structured/strict-schema.ts";

/** What each provider's schema mode says it takes, written from its documentation; every breach is a line. */
export interface Rules {
  readonly keywords: ReadonlySet<string>;
  readonly arrayTypes: boolean;
}

const common = ["type", "enum", "properties", "required", "additionalProperties", "items", "anyOf", "$ref", "$defs"];
const bounds = ["minimum", "maximum", "minItems", "maxItems"];

/** OpenAI, structured outputs, supported schemas: all required, closed objects, an object at the root, no `oneOf`. */
export const openaiRules: Rules = { keywords: new Set([...common, ...bounds, "description"]), arrayTypes: true };
/** Anthropic, structured outputs: no numeric or length constraints, closed objects. */
export const anthropicRules: Rules = { keywords: new Set([...common, "description"]), arrayTypes: true };
/** Google, GenerationConfig.responseJsonSchema: the list of supported properties; nothing beside `$ref`. */
export const googleRules: Rules = { keywords: new Set([...common, ...bounds, "description"]), arrayTypes: true };
/** Ollama hands the schema to llama.cpp's grammar converter. */
export const ollamaRules: Rules = { keywords: new Set([...common, ...bounds, "description"]), arrayTypes: true };

export function breaches(schema: JsonSchema, rules: Rules): string[] {
  const root = [
    ...(schema.type === "object" ? [] : ["/: the root is no object"]),
    ...(schema.anyOf === undefined ? [] : ["/: anyOf at the root"]),
  ];
  return [...root, ...nodeBreaches(schema, { path: "", rules, definitions: schema["$defs"] as object | undefined })];
}

interface Place {
  readonly path: string;
  readonly rules: Rules;
  readonly definitions: object | undefined;
}

function nodeBreaches(node: JsonSchema, place: Place): string[] {
  const { path, rules } = place;
  const found: string[] = [];
  const say = (text: string): void => void found.push(`${path || "/"}: ${text}`);
  for (const keyword of Object.keys(node)) if (!rules.keywords.has(keyword)) say(`keyword ${keyword}`);
  if (node.type === undefined && node.anyOf === undefined && node.$ref === undefined) say("no type");
  if (Array.isArray(node.type) && !rules.arrayTypes) say("a list of types");
  if (node.$ref !== undefined) {
    if (Object.keys(node).length > 1) say("something beside $ref");
    const name = /^#\/\$defs\/(\w+)$/.exec(node.$ref)?.[1];
    if (name === undefined || !Object.hasOwn(place.definitions ?? {}, name)) say(`$ref to ${node.$ref}`);
  }
  if (node.type === "object") objectBreaches(node, say);
  if (node.type === "array" && typeof node.items !== "object") say("a list without items");
  if (node.enum !== undefined && node.enum.length === 0) say("an empty enum");
  const children: [string, unknown][] = [
    ...Object.entries(node.properties ?? {}),
    ...Object.entries((node["$defs"] as Record<string, unknown> | undefined) ?? {}),
    ...(node.anyOf ?? []).map((branch, index) => [`anyOf${index}`, branch] as [string, unknown]),
    ...(typeof node.items === "object" ? ([["items", node.items]] as [string, unknown][]) : []),
  ];
  return [
    ...found,
    ...children.flatMap(([key, child]) => nodeBreaches(child as JsonSchema, { ...place, path: `${path}/${key}` })),
  ];
}

function objectBreaches(node: JsonSchema, say: (text: string) => void): void {
  if (node.additionalProperties !== false) say("open to further properties");
  const keys = Object.keys(node.properties ?? {});
  if (node.properties === undefined) say("an object without properties");
  if (JSON.stringify([...(node.required ?? [])].sort()) !== JSON.stringify(keys.sort())) say("not all required");
}
