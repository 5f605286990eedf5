import type { Budget } from "../../kernel/values/errors.ts";
import { canonicalJson, digest } from "../../kernel/values/hash.ts";
import type { EffectClaim } from "./claim.ts";
import type { Metric } from "./metric.ts";

/** An arm: its name, and the level that it has of each factor. */
export interface DesignedArm {
  readonly name: string;
  readonly levels: Readonly<Record<string, string>>;
}

/** What is declared of an experiment beforehand, settled: what analyses go by. */
export interface ExperimentDesign {
  readonly name: string;
  readonly question?: string;
  /** The first is what the others are forks of. */
  readonly arms: readonly [DesignedArm, ...DesignedArm[]];
  /** The levels of each factor; empty where arms were given by name. */
  readonly factors: Readonly<Record<string, readonly string[]>>;
  /** Empty where nothing was said in several ways. */
  readonly wordings: readonly string[];
  /** One called `people` where the study has its own. */
  readonly populations: readonly string[];
  readonly seeds: readonly string[];
  readonly replicates: number;
  /** Empty where the model is left to the project. */
  readonly models: readonly string[];
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly claims: Readonly<Record<string, EffectClaim>>;
  readonly correction: "holm" | "benjamini-hochberg";
  readonly level: number;
  readonly blinded: boolean;
  /** Everybody meets all arms, one after the other; absent where each arm is a life of its own. */
  readonly crossover?: true;
  readonly budget?: Budget;
  /** SHA-256 of all that is declared, money apart: the hash of the preregistration. */
  readonly digest: string;
}

/** The hash of what is declared: of the design, and of what is done in it. */
export function designDigest({ budget: _money, ...design }: Omit<ExperimentDesign, "digest">, done: unknown): string {
  return digest(canonicalJson({ design, done }));
}

/**
 * All combinations of levels, the first factor slowest; `high+green` has the first factor's level `high`.
 * @example
 * crossed({ price: ["low", "high"], label: ["plain", "green"] }).map(({ name }) => name)[2]; // => "high+plain"
 */
export function crossed(factors: ExperimentDesign["factors"]): readonly DesignedArm[] {
  return Object.entries(factors).reduce<readonly DesignedArm[]>(
    (arms, [factor, levels]) =>
      arms.flatMap(({ name, levels: before }) =>
        levels.map((level) => ({
          name: name === "" ? level : `${name}+${level}`,
          levels: { ...before, [factor]: level },
        })),
      ),
    [{ name: "", levels: {} }],
  );
}

/** The arms that a side of a contrast means: one by name, or all that have these levels. */
export function armsOfSide(side: EffectClaim["contrast"][number], arms: readonly DesignedArm[]): readonly string[] {
  const meant = ({ name, levels }: DesignedArm): boolean =>
    typeof side === "string"
      ? name === side
      : Object.entries(side).every(([factor, level]) => levels[factor] === level);
  return arms.filter(meant).map(({ name }) => name);
}
