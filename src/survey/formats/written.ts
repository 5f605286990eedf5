import type { Block, Instrument } from "../instrument/document.ts";
import type { Item } from "../instrument/items.ts";

/** What an instrument says where nothing else is written. */
const defaults: Readonly<Record<string, unknown>> = {
  ...{ optional: false, optionOrder: "written", partOrder: "written", itemOrder: "written", blockOrder: "written" },
  ...{ fixed: false, whole: false, short: false, several: false, quotas: "[]", labels: "{}" },
};

/**
 * An instrument as its file has it, in the language in which it was read: plain data that `parseInstrument` makes the same
 * instrument of.
 */
function instrumentDocument(instrument: Instrument): Readonly<Record<string, unknown>> {
  const { survey, name, blocks, languages: _, ...rest } = instrument;
  const [only] = blocks;
  const isSingle =
    blocks.length === 1 &&
    only !== undefined &&
    only.id === "all" &&
    only.itemOrder === "written" &&
    only.if === undefined;
  const content = isSingle ? { items: only.items.map(entry) } : { blocks: blocks.map(blockEntry) };
  return { survey, name, ...told(rest), ...content };
}

/** The same as a text in YAML, or in JSON. */
export async function instrumentText(instrument: Instrument, format: "yaml" | "json"): Promise<string> {
  const document = instrumentDocument(instrument);
  if (format === "json") return `${JSON.stringify(document, null, 2)}\n`;
  const { stringify } = await import("yaml");
  return stringify(document, { lineWidth: 100, aliasDuplicateObjects: false });
}

const blockEntry = ({ items, ...block }: Block): object => ({ ...told(block), items: items.map(entry) });

function entry(item: Item): object {
  const { id, kind, text, ...rest } = item;
  return { id, kind, text, ...told(rest) };
}

/** What is not as it would be anyway. */
function told(given: object): object {
  const entries = Object.entries(given).filter(([key, value]) => {
    const plain =
      typeof value === "object" && value !== null && Object.keys(value).length === 0 ? JSON.stringify(value) : value;
    return value !== undefined && !(Object.hasOwn(defaults, key) && defaults[key] === plain);
  });
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Array.isArray(value) ? value.map(shortOption) : value]),
  );
}

/** An option whose label is its id is written as that. */
function shortOption(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { id, label, ...rest } = value as { id?: unknown; label?: unknown };
  return id !== undefined && id === label && Object.keys(rest).length === 0 ? id : value;
}
