import type { Phrases } from "../phrases.ts";
import { type Control, element, type PageElement } from "./dom.ts";

type Shape = Readonly<Record<string, unknown>>;
interface Naming {
  readonly name: string;
  readonly say: Phrases;
}

/** Fields for data of a shape: an input for each value, a line for each entry of a list. */
export function fieldsControl(shape: Shape, { name, say }: Naming): Control {
  const properties = Object.entries((shape["properties"] ?? {}) as Readonly<Record<string, Shape>>);
  const fields = properties.map(([key, inner], place) => ({
    key,
    inner,
    control: fieldControl(inner, { name: `${name}-${place}`, say }),
  }));
  const nodes = fields.map(({ key, inner, control }, place) => {
    const label = String(inner["description"] ?? key);
    return inner["type"] === "object"
      ? element("fieldset", {}, element("legend", { dir: "auto" }, label), ...control.nodes)
      : element(
          "div",
          { class: "field" },
          element("label", { for: `${name}-${place}`, dir: "auto" }, label),
          ...control.nodes,
        );
  });
  return {
    nodes,
    value: () => {
      const given = fields
        .map(({ key, control }) => [key, control.value()] as const)
        .filter(([, value]) => value !== undefined);
      const left = ((shape["required"] ?? []) as readonly string[]).some(
        (key) => !given.some(([name]) => name === key),
      );
      return given.length === 0 || left ? undefined : Object.fromEntries(given);
    },
  };
}

function fieldControl(shape: Shape, naming: Naming): Control {
  const { name, say } = naming;
  const { type } = shape;
  if (type === "object") return fieldsControl(shape, naming);
  if (type === "array") return listControl(shape, name);
  if (type === "boolean")
    return selectControl(
      name,
      [
        ["true", say.yes],
        ["false", say.no],
      ],
      (value) => value === "true",
    );
  if (Array.isArray(shape["enum"]))
    return selectControl(
      name,
      shape["enum"].map((one) => [String(one), String(one)]),
      (value) => value,
    );
  const isNumber = type === "number" || type === "integer";
  const field = element("input", {
    id: name,
    type: isNumber ? "number" : "text",
    step: type === "number" ? "any" : undefined,
  });
  return { nodes: [field], value: () => read(field, (text) => (isNumber ? Number(text) : text)) };
}

const read = (field: PageElement, as: (text: string) => unknown): unknown =>
  field.value.trim() === "" ? undefined : as(field.value.trim());

function selectControl(
  name: string,
  options: readonly (readonly [value: string, label: string])[],
  as: (value: string) => unknown,
): Control {
  const select = element(
    "select",
    { id: name },
    ...[["", "–"], ...options].map(([value, label]) => element("option", { value }, label ?? "")),
  );
  return { nodes: [select], value: () => read(select, as) };
}

/** Lists of texts and numbers a line each; what is nested deeper is written as JSON, a line each. */
function listControl(shape: Shape, name: string): Control {
  const field = element("textarea", { id: name, rows: 3 });
  const type = ((shape["items"] ?? {}) as Shape)["type"];
  const entry = (line: string): unknown => (type === "string" ? line : jsonIn(line));
  const lines = (text: string): readonly unknown[] =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map(entry);
  return { nodes: [field], value: () => read(field, lines) };
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No JSON is no entry; the check of the shape says so.
    return line;
  }
}
