import type { Scale } from "../../kernel/contracts/answers/scale.ts";
import type { ItemPart } from "../instrument/kind.ts";

type Lines = readonly string[];
type ByScale = { readonly [Kind in Scale["kind"]]: (scale: Scale & { readonly kind: Kind }, part: ItemPart) => Lines };

/** How what can be answered reads, by the kind of scale: each option, each limit, each label. */
const lines: ByScale = {
  nominal: (_, part) => ["Choose exactly one:", ...optionLines(part), ...openLine(part)],
  ordinal: (_, part) => ["Choose exactly one:", ...optionLines(part)],
  number: (scale, part) => [numberLine(scale, part), ...endLines(scale, part)],
  ranking: ({ options, most = options.length }, part) => [
    most < options.length
      ? `Name the best ${most} of these, the best first, each once:`
      : `Put all of these in order, the best first, each once:`,
    ...optionLines(part),
  ],
  choices: (scale, part) => [
    `Choose ${countOf(scale)}:`,
    ...optionLines(part),
    ...aloneLine(scale.alone, part),
    ...openLine(part),
  ],
  allocation: ({ total }, part) => [
    `Divide ${total}${unitOf(part)} among these; each gets an amount from 0, and the amounts add up to ${total}:`,
    ...optionLines(part),
  ],
  text: ({ most }) => [`Answer in your own words${most === undefined ? "" : `, in at most ${most} characters`}.`],
  texts: (scale) => [`Name ${countOf(scale)}, each by itself.`],
  object: (_, { shape }) => ["Answer with data of this shape (JSON Schema):", JSON.stringify(shape ?? {})],
};

/** What a part asks, and all that can be answered to it, in lines; options that stand above it are not told again. */
export function partLines(part: ItemPart, before: ItemPart | undefined): Lines {
  const asks = part.asks === undefined ? [] : [part.asks];
  if (before !== undefined && isSame(part, before))
    return [...asks, "Choose among the same, in the same way.", ...unlikeLine(part, before)];
  const write = lines[part.scale.kind] as (scale: Scale, part: ItemPart) => Lines;
  return [...asks, ...write(part.scale, part)];
}

/** Numbers and texts are told in a line each time. */
function isSame(part: ItemPart, before: ItemPart): boolean {
  const labels = ({ options }: ItemPart): string => JSON.stringify(options.map(({ label }) => label));
  const isLong = part.options.length > 0 && JSON.stringify(part.scale) === JSON.stringify(before.scale);
  return isLong && labels(part) === labels(before);
}

const unlikeLine = ({ unlike }: ItemPart, { id }: ItemPart): Lines =>
  unlike === id ? ["It cannot be the same as the one before."] : [];

const optionLines = ({ options }: ItemPart): Lines => options.map(({ label }) => `- ${label}`);

function openLine({ options }: ItemPart): Lines {
  const open = options.filter((option) => option.open).map(({ label }) => `“${label}”`);
  return open.length === 0 ? [] : [`Who chooses ${open.join(" or ")} says in words what is meant.`];
}

function aloneLine(alone: readonly string[] = [], { options }: ItemPart): Lines {
  const named = options.filter(({ id }) => alone.includes(id)).map(({ label }) => `“${label}”`);
  return named.length === 0 ? [] : [`Nothing else can be chosen with ${named.join(" or ")}.`];
}

const unitOf = ({ unit }: ItemPart): string => (unit === undefined ? "" : ` ${unit}`);

function numberLine({ low, high, whole }: Scale & { readonly kind: "number" }, part: ItemPart): string {
  const what = whole ? "a whole number" : "a number";
  const bounds = boundsOf(low, high);
  return `Answer with ${what}${part.unit === undefined ? "" : ` (${part.unit})`}${bounds}.`;
}

function boundsOf(low: number | undefined, high: number | undefined): string {
  if (low !== undefined && high !== undefined) return ` from ${low} to ${high}`;
  if (low !== undefined) return `, at least ${low}`;
  return high === undefined ? "" : `, at most ${high}`;
}

function endLines({ low, high }: Scale & { readonly kind: "number" }, { ends }: ItemPart): Lines {
  return [
    ...(ends?.low === undefined ? [] : [`- ${low ?? "lowest"}: ${ends.low}`]),
    ...(ends?.high === undefined ? [] : [`- ${high ?? "highest"}: ${ends.high}`]),
  ];
}

function countOf({ least = 0, most = Infinity }: { readonly least?: number; readonly most?: number }): string {
  if (least === most) return `exactly ${least}`;
  if (most === Infinity) return least === 0 ? "as many as apply" : `at least ${least}`;
  return least === 0 ? `at most ${most}` : `${least} to ${most}`;
}
