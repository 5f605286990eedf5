import { type AnswerValue, misfit, type Scale } from "../../kernel/contracts/answers/scale.ts";
import type { ShownItem } from "../flow/shown.ts";
import type { ItemPart } from "../instrument/kind.ts";
import type { AnswerOption } from "../instrument/written.ts";
import { answerShape } from "./answer-shape.ts";

/** A value that was read from what somebody said, or why there is none in it. */
export type ReadAnswer = { readonly value: AnswerValue } | { readonly fault: string };

/**
 * The value in what was answered to a part: options by label or id, however they are spaced or written large or small, numbers
 * as numbers or digits, what comes in the shape of `answerShape` or as it stands in a file.
 */
export function readAnswer(part: ItemPart, given: unknown): ReadAnswer {
  const value = valueIn(part, given);
  const fault = misfit(part.scale, value) ?? misshapen(part, value);
  return fault === undefined ? { value: value as AnswerValue } : { fault };
}

function misshapen(part: ItemPart, value: unknown): string | undefined {
  if (part.shape === undefined) return undefined;
  const [issue] = answerShape(part).safeParse(value).error?.issues ?? [];
  return issue === undefined
    ? undefined
    : `${["it", ...issue.path].map(String).join(".")} has not its shape: ${issue.message}`;
}

/** What was answered to a whole item, in the shape of `itemShape`: a value or a fault for each part, by its id. */
export function readItem({ parts }: Pick<ShownItem, "parts">, given: unknown): ReadonlyMap<string, ReadAnswer> {
  const answers = typeof given === "object" && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const read = parts.map((part, place): readonly [string, ReadAnswer] => {
    const own =
      parts.length === 1 ? given : Object.hasOwn(answers, String(place + 1)) ? answers[String(place + 1)] : undefined;
    return [part.id, readAnswer(part, own)];
  });
  const found = new Map(read);
  for (const { id, unlike = id } of parts) {
    const [one, other] = [found.get(id), found.get(unlike)];
    const isTwin =
      unlike !== id &&
      one !== undefined &&
      other !== undefined &&
      "value" in one &&
      "value" in other &&
      one.value === other.value;
    if (isTwin) found.set(id, { fault: "it is the same as the one before" });
  }
  return found;
}

type ByScale = { readonly [Kind in Scale["kind"]]: (part: ItemPart, given: unknown) => unknown };

const single = ({ options }: ItemPart, given: unknown): unknown => optionMeant(options, given) ?? given;
const several = (part: ItemPart, given: unknown): unknown =>
  Array.isArray(given) ? given.map((one) => single(part, one)) : given;
const asIs = (_: ItemPart, given: unknown): unknown => given;

const values: ByScale = {
  nominal: single,
  ordinal: single,
  number: (_, given) => numberIn(given),
  ranking: several,
  choices: (part, given) => {
    const chosen = several(part, given);
    if (!Array.isArray(chosen) || part.scale.kind !== "choices") return chosen;
    // In the scale's order, as choices have none of their own; what is no option stays to be refused.
    const known = part.scale.options.filter((option) => chosen.includes(option));
    return chosen.length === known.length ? known : chosen;
  },
  allocation: amountsIn,
  text: (_, given) => (typeof given === "string" ? given.trim() : given),
  texts: (_, given) =>
    Array.isArray(given) ? given.map((one) => (typeof one === "string" ? one.trim() : one)) : given,
  object: asIs,
};

const valueIn = (part: ItemPart, given: unknown): unknown => values[part.scale.kind](part, given);

const folded = (text: string): string => text.normalize("NFKC").trim().replace(/\s+/gu, " ").toLowerCase();

/** The id of the option that a text names; of one that fits exactly before others. */
function optionMeant(options: readonly AnswerOption[], given: unknown): string | undefined {
  if (typeof given !== "string" && typeof given !== "number") return undefined;
  const exact = options.find(({ id, label }) => id === String(given) || label === given);
  const wanted = folded(String(given));
  return (exact ?? options.find(({ id, label }) => folded(label) === wanted || folded(id) === wanted))?.id;
}

function numberIn(given: unknown): unknown {
  return typeof given === "string" && given.trim() !== "" ? Number(given) : given;
}

/** Amounts by option, from a list of option and amount or from keys; what is not named got nothing. */
function amountsIn({ options }: ItemPart, given: unknown): unknown {
  if (typeof given !== "object" || given === null) return given;
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(given)
    ? given.map((one: { option?: unknown; amount?: unknown } | null) => [one?.option, one?.amount])
    : Object.entries(given);
  const named = pairs.map(
    ([option, amount]) => [optionMeant(options, option) ?? String(option), numberIn(amount)] as const,
  );
  if (new Set(named.map(([id]) => id)).size < named.length) return given;
  const rest = options.filter(({ id }) => !named.some(([known]) => known === id)).map(({ id }) => [id, 0] as const);
  return Object.fromEntries([...named, ...rest]);
}
