import type { Scale } from "../../kernel/contracts/answers/scale.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { ShownItem } from "../flow/shown.ts";
import type { Elicitation, ElicitationSettings } from "./elicitation.ts";
import { direct } from "./methods/direct.ts";
import { optionProbabilities } from "./methods/option-probabilities.ts";
import { pairwise } from "./methods/pairwise.ts";
import { similarityRating } from "./methods/similarity-rating.ts";
import { statedProbabilities } from "./methods/stated-probabilities.ts";
import { twoPass } from "./methods/two-pass.ts";
import { type ElicitationName, elicitationNames } from "./names.ts";

const all: Readonly<Record<ElicitationName, Elicitation>> = {
  direct,
  "two-pass": twoPass,
  "similarity-rating": similarityRating,
  "stated-probabilities": statedProbabilities,
  "option-probabilities": optionProbabilities,
  pairwise,
};

/** A way of asking by its name. Throws OPTION_INVALID for a name that is none. */
export function elicitationNamed(name: string): Elicitation {
  if (Object.hasOwn(all, name)) return all[name as ElicitationName];
  throw new TinyTroupeError("OPTION_INVALID", `There is no way of asking called '${name}'.`, {
    data: { option: "method", value: name },
    hint: `Take one of: ${elicitationNames.join(", ")}.`,
  });
}

/** Where nothing is asked for; see `usualElicitation`. */
const usual: Readonly<Record<Scale["kind"], ElicitationName>> = {
  nominal: "stated-probabilities",
  ordinal: "similarity-rating",
  choices: "stated-probabilities",
  number: "direct",
  ranking: "direct",
  allocation: "direct",
  text: "direct",
  texts: "direct",
  object: "direct",
};

/**
 * How an item is asked unless it is told otherwise. Ratings chosen directly are the worst of the ways that were held against
 * people (KS similarity 0.26 to 0.45 where ratings by similarity have over 0.85, arXiv 2510.08338: the middle takes nearly
 * all), so ordered scales are rated by similarity where the run's embedder tells their points apart: those of providers do, the
 * offline encoder does not (KS similarity 0.67 to 0.77 to a known distribution, said in other words than the anchors').
 * Options are answered by stated probabilities, from which the host draws: a model that chooses always takes the likeliest. What has no options is asked
 * directly, and so are rankings: pairs take n(n − 1) / 2 calls.
 * @param meaning whether the embedder tells what is meant: by words alone likeness rates nothing
 */
export function usualElicitation({ kind }: Pick<Scale, "kind">, meaning: boolean): ElicitationName {
  const name = usual[kind];
  return name === "similarity-rating" && !meaning ? "stated-probabilities" : name;
}

/** Which way is wanted for an item: by its id, or for all that can be asked so. */
export interface WantedElicitation {
  readonly method?: string;
  readonly methods?: Readonly<Record<string, string>>;
}

/** How an item is asked. Throws OPTION_INVALID for a way that was named for it and that it cannot be asked in. */
export function elicitationFor(
  { id, parts }: Pick<ShownItem, "id" | "parts">,
  { method, methods = {}, ...settings }: WantedElicitation & ElicitationSettings,
  meaning: boolean,
): Elicitation {
  const unfit = (one: Elicitation): string | undefined =>
    parts.flatMap((part) => one.unfit(part, settings) ?? []).at(0);
  if (Object.hasOwn(methods, id)) {
    const named = elicitationNamed(methods[id] as string);
    const why = unfit(named);
    if (why === undefined) return named;
    throw new TinyTroupeError("OPTION_INVALID", `'${id}' cannot be asked by ${named.name}: ${why}.`, {
      data: { option: `methods.${id}`, value: named.name },
      hint: "Leave it out, or name another way for this item.",
    });
  }
  const scale = parts[0]?.scale ?? { kind: "text" };
  const ways = [
    ...(method === undefined ? [] : [elicitationNamed(method)]),
    ...[meaning, false].map((compares) => all[usualElicitation(scale, compares)]),
  ];
  return ways.find((way) => unfit(way) === undefined) ?? direct;
}
