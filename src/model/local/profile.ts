import type { ModelLimits } from "../../kernel/contracts/model.ts";
import type { AnswerBounds } from "./grammar/answer-grammar.ts";
import type { Sampling } from "./options.ts";
import type { LlamaModel } from "./runtime.ts";
import type { CatalogueEntry } from "./weights/catalogue.ts";

/** What suits a model of its size, where nobody says otherwise. */
export interface Profile {
  readonly following: ModelLimits["following"];
  /** Undefined leaves it to the engine. */
  readonly threads: number | undefined;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly bounds: AnswerBounds;
  readonly sampling: Sampling;
}

// Below this, models lose the thread of long prompts and many fields.
const smallParameters = 2e9;
// Below this, threads wait for one another longer than they work: on two busy cores a second one is eight times slower.
const oneThreadParameters = 5e8;

// Measured by scripts/local-persona.ts.
const smallSampling: Sampling = {
  temperature: 0.6,
  minP: 0.05,
  topP: 0.95,
  topK: 40,
  repeatPenalty: 1.1,
  phrasePenalty: 0.8,
};

const small = {
  following: "small",
  maxOutputTokens: 512,
  bounds: { text: 600, items: 8, depth: 3, prose: true },
  sampling: smallSampling,
} as const;

const full = {
  following: "full",
  maxOutputTokens: 2048,
  bounds: { text: 4000, items: 40, depth: 5, prose: false },
  sampling: { temperature: 0.8, minP: 0.05, topP: 0.95, topK: 40, repeatPenalty: 1, phrasePenalty: 0.8 },
} as const;

/** By what the catalogue says of the model, else by the number of its parameters. */
export function profileOf(model: LlamaModel, entry: CatalogueEntry | undefined): Profile {
  const parameters = parametersOf(model);
  const following = entry?.following ?? (parameters < smallParameters ? "small" : "full");
  return {
    ...(following === "small" ? small : full),
    contextTokens: Math.min(8192, model.trainContextSize),
    threads: parameters < oneThreadParameters ? 1 : undefined,
  };
}

/** How many parameters the file holds, added up over its tensors. */
function parametersOf(model: LlamaModel): number {
  const tensors = model.fileInfo.fullTensorInfo ?? [];
  return tensors.reduce(
    (sum, { dimensions }) => sum + dimensions.reduce((size: number, side) => size * Number(side), 1),
    0,
  );
}
