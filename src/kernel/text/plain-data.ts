/**
 * Data as people read it, in one line: fields by name, lists of single values with commas, longer ones numbered.
 * @example
 * plainData({ goal: "Rest.", steps: [{ step: "Sit down", by: "2030-01-01" }] }); // => "goal: Rest; steps: 1. Sit down (by 2030-01-01)"
 */
export function plainData(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return plainList(value);
  const parts = Object.entries(value).flatMap(([name, inner]) => {
    const text = plainData(inner);
    return text === "" ? [] : [`${name.replaceAll("_", " ")}: ${text}`];
  });
  return parts.map((part, index) => (index < parts.length - 1 ? part.replace(/\.$/u, "") : part)).join("; ");
}

function plainList(items: readonly unknown[]): string {
  if (items.every((item) => typeof item !== "object" || item === null)) return items.map(plainData).join(", ");
  if (items.length === 1 && Array.isArray(items[0])) return plainData(items[0]);
  return items.map((item, index) => `${index + 1}. ${plainItem(item)}`).join(" ");
}

/** One entry of a list: its first field tells what it is, the others stand in brackets. */
function plainItem(item: unknown): string {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return plainData(item);
  const [first, ...rest] = Object.entries(item).filter(([, inner]) => plainData(inner) !== "");
  if (first === undefined) return "";
  const more = rest.map(([name, inner]) => `${name} ${plainData(inner)}`).join(", ");
  return plainData(first[1]) + (more === "" ? "" : ` (${more})`);
}
