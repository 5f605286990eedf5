import { type AnswerValue, misfit, type Scale } from "../../../kernel/contracts/answers/scale.ts";
import { readJson } from "../../../kernel/text/written.ts";
import type { PlacedCell } from "../../../table/reading/sheet.ts";
import type { ItemDescription } from "../description/document.ts";

/** What a cell, or several of them, say on a scale: a value, nothing, or why it is none. */
export type Read = { readonly value: AnswerValue } | { readonly empty: true } | { readonly misfit: string };

/** How cells are read. */
interface Reading extends Pick<ItemDescription, "labels" | "separator"> {
  readonly decimal: "." | ",";
  /** The value that the text is the label of: what it says where the text says nothing. */
  readonly code?: string;
}

/** One of the cells that stand for an option each. */
export type OptionCell = Pick<PlacedCell, "text" | "code">;

/** One cell, trimmed, as a value of the scale; options may be said by their label, in any case. */
export function valueIn(scale: Scale, text: string, { labels = {}, separator, decimal, code = text }: Reading): Read {
  switch (scale.kind) {
    case "nominal":
    case "ordinal":
      return checked(scale, saidIn(scale.options, { text, code }, labels));
    case "number":
      return checked(scale, numberOf(text, decimal) ?? numberOf(code, decimal) ?? text);
    case "ranking":
    case "choices": {
      // The separator is a text: what it would mean as a pattern does not matter.
      const parts = listIn(text) ?? (separator === undefined ? [text] : text.split(separator));
      return checked(
        scale,
        parts.map((part) => optionOf(scale.options, folded(part), labels)),
      );
    }
    case "allocation": {
      const read = readJson(text);
      return "value" in read
        ? checked(scale, read.value as AnswerValue)
        : { misfit: `its amounts are no JSON, as in {"${scale.options[0]}":${scale.total}}` };
    }
    default:
      return { misfit: "a single cell cannot hold it" };
  }
}

/** A list of options that is written as JSON. */
function listIn(text: string): readonly string[] | undefined {
  const read = text.startsWith("[") ? readJson(text) : undefined;
  return read !== undefined && "value" in read && Array.isArray(read.value) ? read.value.map(String) : undefined;
}

/** Several cells, one for each option, as a value of the scale. */
export function valueAcross(
  scale: Scale,
  cells: ReadonlyMap<string, OptionCell>,
  { labels = {}, decimal }: Reading,
): Read {
  if ([...cells.values()].every(({ text }) => text === "")) return { empty: true };
  switch (scale.kind) {
    case "ranking":
      return rankingOf(scale, cells);
    case "choices":
      return chosenOf(scale, cells, labels);
    case "allocation":
      return checked(
        scale,
        Object.fromEntries(
          [...cells].map(([option, { text, code = text }]) => [
            option,
            text === "" ? 0 : (numberOf(text, decimal) ?? numberOf(code, decimal) ?? text),
          ]),
        ),
      );
    default:
      return { misfit: "it stands in one column" };
  }
}

/** Cells that say that an option was not chosen. */
const refusals: readonly string[] = ["", "0", "false", "no", "n", "-99"];

/** Cells that say that it was, as its name and its label do. */
const consents: readonly string[] = ["1", "true", "yes", "y", "x"];

function chosenOf(
  scale: Scale & { kind: "choices" },
  cells: ReadonlyMap<string, OptionCell>,
  labels: Readonly<Record<string, string>>,
): Read {
  const isChosen = (option: string, text: string): boolean =>
    consents.includes(text.toLowerCase()) || optionOf([option], folded(text), labels) === option;
  const isRefused = (text: string): boolean => refusals.includes(text.toLowerCase());
  const chosen: string[] = [];
  for (const [option, { text, code = text }] of cells) {
    if (isChosen(option, text)) chosen.push(option);
    else if (isRefused(text)) continue;
    // A label such as "Quoted" says nothing, and its value does.
    else if (isChosen(option, code)) chosen.push(option);
    else if (!isRefused(code)) return { misfit: `'${text}' does not say whether '${option}' was chosen` };
  }
  return checked(scale, chosen);
}

/** Text on one line. */
export const folded = (text: string): string => text.replace(/\s+/g, " ").trim();

function rankingOf(scale: Scale & { kind: "ranking" }, cells: ReadonlyMap<string, OptionCell>): Read {
  const placed = [...cells].flatMap(([option, { text, code = text }]) =>
    text === "" ? [] : [{ option, place: Number(isNumber(text) ? text : code), text }],
  );
  const strange = placed.find(({ place }) => !Number.isInteger(place) || place < 1);
  if (strange !== undefined) return { misfit: `'${strange.text}' is no place in a ranking` };
  const order = placed.toSorted((one, other) => one.place - other.place);
  const off = order.find(({ place }, index) => place !== index + 1);
  if (off !== undefined) return { misfit: `its places are ${order.map(({ place }) => place).join(", ")}` };
  return checked(
    scale,
    order.map(({ option }) => option),
  );
}

/** The option that a cell means: by its text, else by the value that this is the label of. */
function saidIn(
  options: readonly string[],
  { text, code }: Required<OptionCell>,
  labels: Readonly<Record<string, string>>,
): string {
  const found = [text, code].map((said) => optionOf(options, said, labels));
  return found.find((option) => options.includes(option)) ?? text;
}

/** The option that a text means: as it is written, as a label, or as a number that is the same. */
function optionOf(options: readonly string[], text: string, labels: Readonly<Record<string, string>>): string {
  const same = (name: string): boolean => folded(name).toLowerCase() === text.toLowerCase();
  return (
    options.find((option) => option === text) ??
    options.find(same) ??
    Object.entries(labels).find(([, label]) => same(label))?.[0] ??
    options.find((option) => isNumber(option) && isNumber(text) && Number(option) === Number(text)) ??
    text
  );
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const isNumber = (text: string): boolean => number.test(text);

function numberOf(text: string, decimal: "." | ","): number | undefined {
  const plain = decimal === "," ? text.replace(",", ".") : text;
  return isNumber(plain) ? Number(plain) : undefined;
}

function checked(scale: Scale, value: AnswerValue): Read {
  const reason = misfit(scale, value);
  return reason === undefined ? { value } : { misfit: reason };
}
