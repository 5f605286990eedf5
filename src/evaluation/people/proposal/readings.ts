import { folded } from "../reading/value.ts";

/** What a column is taken for, and what was assumed when it was; `left` says why it is left out. */
export type Reading =
  | { readonly item: object; readonly assumed: string }
  | { readonly as: "attribute" | "comment"; readonly assumed: string }
  | { readonly left: string };

/** What stands in a column that both tables have. */
export interface BothSides {
  readonly name: string;
  readonly human: readonly string[];
  readonly simulated: readonly string[];
}

const aboutPeople =
  /\b(?:age|sex|gender|race|racial|ethnic\w*|education|schooling|income|region|country|state|city|residence|party|political|religion|marital|occupation|job|employment|language|parents?|children|household)\b/i;
const why = /\b(?:why|explanations?|comments?|reasons?|because)\b/i;
const mostSteps = 11;
/** The share of answers that may be words where the others are numbers. */
const mostStrays = 0.1;
const mostOptions = 12;
const whole = /^-?\d+(?:\.0+)?$/;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** Scales that people often answer on in words, lowest first. */
const ladders: readonly (readonly string[])[] = [
  [
    "strongly disagree",
    "disagree",
    "somewhat disagree",
    "neither agree nor disagree",
    "neutral",
    "somewhat agree",
    "agree",
    "strongly agree",
  ],
  [
    "very unlikely",
    "unlikely",
    "somewhat unlikely",
    "neither likely nor unlikely",
    "neutral",
    "somewhat likely",
    "likely",
    "very likely",
  ],
  ["very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"],
  ["never", "rarely", "sometimes", "often", "always"],
  ["not at all", "slightly", "moderately", "very", "extremely"],
  ["very poor", "poor", "fair", "good", "very good", "excellent"],
  ["low", "medium", "high"],
];

/** What a column of both tables is taken for, by the values of both together. */
export function readingOf({ name, human, simulated }: BothSides): Reading {
  const all = [...human, ...simulated].map(folded);
  const distinct = [...new Set(all)];
  if (distinct.length === 0) return { left: "nobody says anything in it" };
  if (why.test(name)) return { as: "comment", assumed: "words of people's own, as it is called so" };
  return (
    rankingOf(distinct) ??
    (aboutPeople.test(name) ? ofPeople(distinct) : undefined) ??
    numbersOf(distinct) ??
    ladderOf(distinct) ??
    mostlyNumbersOf(all) ??
    severalOf(all) ??
    wordsOf(all, { human, simulated })
  );
}

/** Rankings such as B-C-D-A-E: each a different order of the same things. */
function rankingOf(distinct: readonly string[]): Reading | undefined {
  for (const separator of ["-", ">", ",", ";", "|", "/"]) {
    const orders = distinct.map((text) => text.split(separator).map(folded));
    const options = (orders[0] ?? []).toSorted();
    const fits = options.length > 2 && new Set(options).size === options.length && !options.includes("");
    if (!fits || orders.some((order) => order.toSorted().join("\n") !== options.join("\n"))) continue;
    return {
      item: { scale: { kind: "ranking", options }, separator },
      assumed: `a ranking of ${options.join(", ")}, the first the best`,
    };
  }
  return undefined;
}

function ofPeople(distinct: readonly string[]): Reading {
  if (distinct.length > mostOptions && distinct.every((text) => number.test(text)))
    return { left: `it has ${distinct.length} different numbers; put them in groups to compare by it` };
  return { as: "attribute", assumed: "something that tells people apart, as it is called so" };
}

function numbersOf(distinct: readonly string[]): Reading | undefined {
  if (!distinct.every((text) => number.test(text))) return undefined;
  const values = distinct.map(Number);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!distinct.every((text) => whole.test(text)) || high - low >= mostSteps)
    return { item: { scale: { kind: "number" } }, assumed: `a number, without bounds (${low} to ${high} occur)` };
  if (low === high) return { left: `all say ${low}, so that its scale cannot be seen` };
  const options = Array.from({ length: high - low + 1 }, (_, step) => low + step);
  return {
    item: { scale: { kind: "ordinal", options } },
    assumed: `a scale from ${low} to ${high}, as these are the ends that occur`,
  };
}

/** Numbers with a few words among them, which are told. */
function mostlyNumbersOf(all: readonly string[]): Reading | undefined {
  const [numbers, strays] = [all.filter((text) => number.test(text)), all.filter((text) => !number.test(text))];
  const read = strays.length > all.length * mostStrays ? undefined : numbersOf([...new Set(numbers)]);
  if (read === undefined || !("item" in read)) return read;
  const told = [...new Set(strays)].map((text) => `'${text}'`).join(", ");
  return {
    item: { ...read.item, outside: "exclude" },
    assumed: `${read.assumed}; what is no number is listed as excluded: ${told}`,
  };
}

/** Cells such as "toilets; noise; theft": several options of a few. */
function severalOf(all: readonly string[]): Reading | undefined {
  const separator = [";", "|"].find((sign) => all.some((text) => text.includes(sign)));
  if (separator === undefined) return undefined;
  const partsOf = (texts: readonly string[]) => texts.flatMap((text) => text.split(separator).map(folded));
  const parts = partsOf(all);
  const options = alike(parts);
  // An option with such a sign in it comes with no others.
  if (partsOf(alike(all)).length === options.length) return undefined;
  if (options.length < 2 || options.length > mostOptions || options.length * 2 > parts.length) return undefined;
  return {
    item: { scale: { kind: "choices", options: options.toSorted() }, separator },
    assumed: `any of ${options.length} options, with '${separator}' between them`,
  };
}

/** Texts that differ by more than case, each as it is written first. */
const alike = (texts: readonly string[]): readonly string[] => [
  ...new Map(texts.toReversed().map((text) => [text.toLowerCase(), text])).values(),
];

function ladderOf(distinct: readonly string[]): Reading | undefined {
  const said = new Map(distinct.map((text) => [text.toLowerCase(), text]));
  const ladder = ladders.find((steps) => said.size > 1 && [...said.keys()].every((text) => steps.includes(text)));
  if (ladder === undefined) return undefined;
  const options = ladder.flatMap((step) => said.get(step) ?? []);
  return {
    item: { scale: { kind: "ordinal", options } },
    assumed: `a scale from '${options[0]}' to '${options.at(-1)}', of the steps that occur`,
  };
}

function wordsOf(all: readonly string[], { human, simulated }: Omit<BothSides, "name">): Reading {
  const words = all.reduce((sum, text) => sum + text.split(" ").length, 0) / all.length;
  const distinct = alike(all);
  if (distinct.length <= mostOptions && distinct.length * 2 <= all.length && distinct.length > 1) {
    const [people, others] = [human, simulated].map((side) => side.map((text) => folded(text).toLowerCase()));
    const shared = people?.some((text) => others?.includes(text));
    const strange = shared === true ? "" : ", though the tables share none of its options";
    return {
      item: { scale: { kind: "nominal", options: distinct.toSorted() } },
      assumed: `one of ${distinct.length} options without an order${strange}`,
    };
  }
  if (words >= 3) return { as: "comment", assumed: "words of people's own" };
  return { left: `it has ${distinct.length} different texts, which may be names` };
}
