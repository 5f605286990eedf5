import { checkedPropositions, type Proposition } from "../../judge/proposition.ts";
import { stockPropositions } from "../../judge/stock.ts";
import { atLeast, invalidOption } from "../invalid-option.ts";

/** How what a person is about to say is looked after. What is left out takes the default. */
export interface QualityOptions {
  /** What a judge is asked of each draft, in one call; `[]`: rules alone. Adherence, consistency, fluency and suitability unless told. */
  readonly rubrics?: readonly Proposition[] | undefined;
  /** The least score, from 0 to 9, that passes; 5 unless told. */
  readonly threshold?: number | undefined;
  /** Most drafts of a turn, the first included; 2 unless told. */
  readonly attempts?: number | undefined;
  /** How a draft that failed is mended: the person answers again, with what was wrong in view, or its words are rewritten. */
  readonly repair?: "regenerate" | "rewrite" | undefined;
  /** What becomes of a turn when no draft passed: the best is taken, what failed is left out, or QUALITY_FAILED. */
  readonly otherwise?: "best" | "drop" | "raise" | undefined;
  /** The most that judging and repairing may take in this person's life; then rules alone look at what they say. */
  readonly budget?: { readonly calls?: number | undefined; readonly tokens?: number | undefined } | undefined;
}

/** The same with everything decided. */
export interface QualitySettings {
  readonly rubrics: readonly Proposition[];
  readonly threshold: number;
  readonly attempts: number;
  readonly repair: "regenerate" | "rewrite";
  readonly otherwise: "best" | "drop" | "raise";
  readonly budget: { readonly calls: number; readonly tokens: number };
}

const { personaAdherence, hardPersonaAdherence, selfConsistency, fluency, suitability } = stockPropositions;
const usualRubrics: readonly Proposition[] = [personaAdherence, selfConsistency, fluency, suitability];
const strict = {
  rubrics: [hardPersonaAdherence, ...usualRubrics],
  threshold: 7,
  otherwise: "drop",
} as const satisfies QualityOptions;

/** Options with their defaults; what is out of range is refused with `OPTION_INVALID`. Nothing for a person who is not looked after. */
export function qualitySettings(asked: "strict" | QualityOptions | undefined): QualitySettings | undefined {
  if (asked === undefined) return undefined;
  if (asked !== "strict" && typeof asked !== "object")
    throw invalidOption("quality", asked, '"strict", or an object of options');
  const options: QualityOptions = asked === "strict" ? strict : asked;
  const { threshold = 5, attempts = 2, repair = "regenerate", otherwise = "best", budget = {} } = options;
  if (!(threshold >= 0 && threshold <= 9)) throw invalidOption("quality.threshold", threshold, "a number from 0 to 9");
  atLeast(1, "quality.attempts", attempts);
  oneOf("quality.repair", repair, ["regenerate", "rewrite"]);
  oneOf("quality.otherwise", otherwise, ["best", "drop", "raise"]);
  const { calls = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = budget;
  for (const [field, value] of Object.entries({ calls, tokens })) {
    if (!(value >= 0)) throw invalidOption(`quality.budget.${field}`, value, "a number from 0");
  }
  const propositions = checkedPropositions(options.rubrics ?? usualRubrics);
  return { rubrics: propositions, threshold, attempts, repair, otherwise, budget: { calls, tokens } };
}

function oneOf(option: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw invalidOption(option, value, `one of ${known.join(", ")}`);
}
