import type { z } from "zod";
import type { Issue } from "../../../kernel/values/errors.ts";
import { everyLanguage, OptionEntry, Text } from "../written.ts";

type Schema = z.core.$ZodType;

interface Settling {
  readonly language: string;
  readonly languages: readonly string[];
  readonly issues: Issue[];
}

/**
 * Data of an instrument with each text in one language, and what is not translated. Data of another shape than the schema's
 * stays as it is, for the schema to refuse.
 */
export function inOneLanguage(
  schema: Schema,
  value: unknown,
  asked: Pick<Settling, "language" | "languages">,
): { readonly value: unknown; readonly issues: readonly Issue[] } {
  const settling: Settling = { ...asked, issues: [] };
  return { value: settled({ schema, value, path: [] }, settling), issues: settling.issues };
}

interface Place {
  readonly schema: Schema;
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

function settled({ schema, value, path }: Place, settling: Settling): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const at = (inner: Schema, part: unknown, key: string | number): unknown =>
    settled({ schema: inner, value: part, path: [...path, key] }, settling);
  switch (def.type) {
    case "optional":
    case "default":
      return settled({ schema: def.innerType, value, path }, settling);
    case "pipe":
      if (isSame(def, Text)) return textOf(value, path, settling);
      if (isSame(def, OptionEntry) && typeof value === "string") return bareOption(value, path, settling);
      return settled({ schema: def.in, value, path }, settling);
    case "array":
      return Array.isArray(value) ? value.map((part, place) => at(def.element, part, place)) : value;
    case "record":
      return mapped(value, (part, key) => at(def.valueType, part, key));
    case "object":
      return mapped(value, (part, key) => {
        const inner = Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
        return inner === undefined ? part : at(inner, part, key);
      });
    case "union": {
      const meant = alternative(def.options, value);
      return meant === undefined ? value : settled({ schema: meant, value, path }, settling);
    }
    default:
      return value;
  }
}

/** `describe` and `meta` make copies of a schema, which share what it is made of. */
const isSame = (def: z.core.$ZodPipeDef, schema: Schema): boolean => def.in === (schema as z.core.$ZodPipe)._zod.def.in;

/** The alternative in which texts can stand: the kind that the data names, or the one that takes such data. */
function alternative(options: readonly Schema[], value: unknown): Schema | undefined {
  const isGroup = typeof value === "object" && value !== null;
  const kind: unknown = isGroup ? Reflect.get(value, "kind") : undefined;
  const named = options.find((option) => option._zod.propValues?.["kind"]?.has(kind as z.core.util.Primitive));
  if (named !== undefined) return named;
  if (value === true) return undefined;
  const ofType = (type: string) => options.find((option) => (option as z.core.$ZodTypes)._zod.def.type === type);
  return ofType(Array.isArray(value) ? "array" : isGroup ? "object" : "pipe") ?? ofType("pipe");
}

function mapped(value: unknown, change: (part: unknown, key: string) => unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part, key)]));
}

function textOf(value: unknown, path: Place["path"], { language, languages, issues }: Settling): unknown {
  const issue = (message: string): void => void issues.push({ path: path.join("."), message });
  if (typeof value === "string" && languages.length > 1) {
    issue(
      `This is written in one language of ${languages.length}: write { ${languages.map((code) => `${code}: …`).join(", ")} }.`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const texts = value as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(texts, everyLanguage)) return texts[everyLanguage];
  const strange = Object.keys(texts).filter((code) => !languages.includes(code));
  if (strange.length > 0) {
    issue(`'${strange[0]}' is none of the instrument's languages (${languages.join(", ")}): add it to \`languages\`.`);
    return value;
  }
  const missing = languages.filter((code) => !Object.hasOwn(texts, code));
  if (missing.length > 0) issue(`This is not translated: ${missing.join(", ")}.`);
  return texts[language] ?? Object.values(texts)[0] ?? value;
}

function bareOption(value: string, path: Place["path"], { languages, issues }: Settling): unknown {
  const isFigure = Number.isFinite(Number(value));
  if (languages.length > 1 && !isFigure) {
    const message = `This option is written in one language of ${languages.length}: give it an id and a label in each.`;
    issues.push({ path: path.join("."), message });
  }
  return value;
}
