import { type CheckedClaim, checkClaims } from "../claims/check.ts";
import type { Claims } from "../claims/document.ts";
import type { AnswerSet, ExcludedAnswer } from "../people/answers.ts";
import type { ItemDescription } from "../people/description/document.ts";
import { type CompareAnswersOptions, figuresOf, type Settled } from "./compare.ts";
import type { ComparisonFigure } from "./figures.ts";
import type { Linkage } from "./individuals/twins.ts";
import { type ComparisonWarning, warningsIn } from "./warnings.ts";

/** Answers of people and of simulated people, held against each other. */
export interface AnswerComparison {
  readonly human: ComparedSide;
  readonly simulated: ComparedSide;
  /** Simulated people who have the id of one of the people. */
  readonly linked: number;
  /** By what they are linked, or that they are not. */
  readonly linkage: Linkage;
  readonly items: Readonly<Record<string, ItemDescription>>;
  /** How the comparison was made: the same again gives the same figures. */
  readonly settings: Settled;
  readonly figures: readonly ComparisonFigure[];
  readonly warnings: readonly ComparisonWarning[];
  /** Claims that were declared beforehand; whatever else is told is exploratory. */
  readonly claims?: ClaimsChecked;
}

/** What became of claims, and which those were. */
export interface ClaimsChecked {
  readonly title?: string;
  /** SHA-256 of the file that declared them. */
  readonly digest: string;
  readonly level: number;
  readonly multiplicity: Claims["multiplicity"];
  readonly rows: readonly CheckedClaim[];
}

/** One side of a comparison. */
export interface ComparedSide {
  readonly source: string;
  readonly digest?: string;
  readonly people: number;
  readonly excluded: readonly ExcludedAnswer[];
  readonly leftOut: number;
  readonly remarks: readonly string[];
  /** A rehearsal, by the metadata beside the file. */
  readonly rehearsed?: true;
}

/**
 * Holds what simulated people answered against what people did: by mean, dispersion, shape and order, for everybody and each
 * group, and for each pair where both have ids. Each figure has its interval (people drawn again, by respondent), is placed
 * between what people are to themselves (split halves) and answers that know nobody, or says why there is none.
 * Throws OPTION_INVALID.
 * @param options with `claims` that were declared before anybody looked
 */
export async function compareAnswers(
  human: AnswerSet,
  simulated: AnswerSet,
  { claims, ...options }: CompareAnswersOptions & { readonly claims?: Claims } = {},
): Promise<AnswerComparison> {
  const declared = claims === undefined ? {} : { level: claims.level, floor: claims.floor };
  const { drawn, settled, linked, linkage } = await figuresOf(human, simulated, { ...options, ...declared });
  const figures = drawn.map(({ row }) => row);
  return {
    ...{ human: sideOf(human), simulated: sideOf(simulated), linked, linkage },
    ...{ items: human.items, settings: settled, figures },
    warnings: warningsIn(figures, human.items),
    ...(claims !== undefined && {
      claims: {
        ...(claims.title !== undefined && { title: claims.title }),
        ...{ digest: claims.digest, level: claims.level, multiplicity: claims.multiplicity },
        rows: checkClaims(claims, drawn),
      },
    }),
  };
}

function sideOf({ source, digest, people, excluded, leftOut, remarks, rehearsed }: AnswerSet): ComparedSide {
  const head = { source, ...(digest !== undefined && { digest }), ...(rehearsed && { rehearsed }) };
  return { ...head, people: people.length, excluded, leftOut, remarks };
}
