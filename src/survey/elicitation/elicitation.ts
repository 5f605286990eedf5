import type { z } from "zod";
import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { Usage } from "../../kernel/contracts/model.ts";
import type { Random } from "../../kernel/values/random.ts";
import type { ShownItem } from "../flow/shown.ts";
import type { ItemPart } from "../instrument/kind.ts";
import type { AnchorSet, FamilyAnchors } from "./anchors/families.ts";
import type { ElicitationName } from "./names.ts";

/** A way of asking an item: it makes of what somebody says an answer to each part, as a distribution and a draw of it. */
export interface Elicitation {
  readonly name: ElicitationName;
  /** Why a part cannot be asked so, as the end of a sentence; undefined where it can. */
  unfit(part: ItemPart, settings: ElicitationSettings): string | undefined;
  /** One answer a part, in their order. Throws the model's errors. */
  ask(asking: Asking): Promise<readonly PartAnswer[]>;
}

/** Why parts that cannot be answered alike are asked together. */
export const unlikeOthers = "it has to differ from another answer";

/** An answer without its name and method, which whoever asks adds. */
export type PartAnswer = Answer extends infer One ? (One extends Answer ? Omit<One, "item" | "method"> : never) : never;

/** What a way of asking works with: somebody who has the whole item before their eyes. */
export interface Asking {
  readonly item: ShownItem;
  /** Who answers, by name. */
  readonly who: string;
  /** Where models and vectors are; the scope is the respondent's. */
  readonly context: Context;
  /** Dice of this item, respondent and sample alone. */
  readonly random: Random;
  readonly settings: ElicitationSettings;
  /** Asks the respondent in a shape. */
  ask<T>(question: StepQuestion & { readonly schema: z.ZodType<T> }): Promise<T>;
  /** How likely the respondent is to say each of these. Throws MODEL_UNSUPPORTED where the model does not tell. */
  choose(question: StepQuestion & { readonly options: readonly string[] }): Promise<readonly number[]>;
  /** Where a call that is not the respondent's has its place in the run, by its step. */
  scopeOf(step: string): string;
  /** Notes a call that is not the respondent's. */
  used(call: PaidCall, heuristic: boolean): void;
  readonly signal?: AbortSignal;
}

/** One question to the respondent on the way to an answer. */
export interface StepQuestion {
  /** Each step of an item has a name of its own. */
  readonly step: string;
  readonly text: string;
  readonly declared?: Declared | undefined;
}

/** Weights by path in the answer and by option, for those who rehearse without language. */
export type Declared = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a call used, and of which model. */
export interface PaidCall {
  readonly model: string;
  readonly usage: Usage;
}

/** How items are asked, for those ways that can be set. */
export interface ElicitationSettings {
  /** The model of the run, by name, that says which answer free words come to. Default: the judge. */
  readonly classifier?: string;
  /**
   * Sentences for the points of scales, by part (an item with one part is called as it is), lowest first; several sets are
   * averaged. Or the family that a scale is of. Default: what the item declares, else what its labels tell.
   */
  readonly anchors?: Readonly<Record<string, readonly AnchorSet[] | FamilyAnchors>>;
  /** Above 1 a similarity rating is spread out, below 1 drawn together. Default 1. */
  readonly temperature?: number;
  /** The same by part, where it is another. Default: what the item declares. */
  readonly temperatures?: Readonly<Record<string, number>>;
  /** What the least similar point of a scale is given, so that nothing is impossible. Default 0. */
  readonly epsilon?: number;
  /** Weights of options by item or part, by which a stand-in without language rehearses. */
  readonly rehearsal?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
