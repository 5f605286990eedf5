import type { ModelLimits } from "../../kernel/contracts/model.ts";

type Known = Partial<ModelLimits>;

/**
 * What a model can bear, by the family that its name shows. An unknown model gets the least that can be counted on:
 * 8,192 tokens and no pictures. Contexts are the prompt's share as their makers state it (October 2026), rounded down.
 * @example
 * limitsOf("openai", "gpt-4o-mini").contextTokens; // => 128000
 */
export function limitsOf(provider: string, model: string): ModelLimits {
  const name = bareName(model);
  const known = families.find(([pattern]) => pattern.test(name))?.[1] ?? {};
  return {
    contextTokens: 8_192,
    structured: true,
    images: sees.test(name),
    following: followingOf(provider, name),
    ...known,
  };
}

/** `anthropic/claude-sonnet-5:beta` and `us.anthropic.claude-…` are about the same model as `claude-sonnet-5`. */
export function bareName(model: string): string {
  return model.toLowerCase().split("/").at(-1)?.split(":")[0] ?? model;
}

const pictures: Known = { images: true };
/** How the makers of open weights name those that take pictures. */
const sees =
  /(?:^|[-_.\d])(?:vision|multimodal|vlm?\d*|llava|bakllava|moondream\d*)(?![a-z])|^(?:internvl|smolvlm|minicpm-[vo]|llama-?4)/;

const families: readonly (readonly [RegExp, Known])[] = [
  [/^gpt-(3\.5|4-32k)/, { contextTokens: 16_385, structured: false }],
  [/^gpt-4o-2024-05-13/, { contextTokens: 128_000, structured: false, ...pictures }],
  [/^(gpt-4o|chatgpt-4o)/, { contextTokens: 128_000, ...pictures }],
  [/^gpt-4\.1/, { contextTokens: 1_000_000, ...pictures }],
  [/^gpt-4-turbo/, { contextTokens: 128_000, structured: false, ...pictures }],
  [/^gpt-4/, { structured: false }],
  [/^gpt-oss/, { contextTokens: 131_072 }],
  [/^gpt-5(\.\d)?-chat/, { contextTokens: 128_000, structured: false, ...pictures }],
  [/^gpt-[5-9]/, { contextTokens: 272_000, ...pictures }],
  [/^o1-mini|^o1-preview/, { contextTokens: 128_000, structured: false }],
  [/^o3-mini/, { contextTokens: 200_000 }],
  [/^o\d/, { contextTokens: 200_000, ...pictures }],
  // GPT-5 and later, Gemini Pro and Haiku 5.5 take longer prompts, at a higher price a token.
  [/claude-haiku-[5-9]/, { contextTokens: 100_000, ...pictures }],
  [/claude-(opus|sonnet|fable)-[5-9]/, { contextTokens: 1_000_000, ...pictures }],
  [/claude/, { contextTokens: 200_000, ...pictures }],
  [/^gemini.*pro/, { contextTokens: 200_000, ...pictures }],
  [/^gemini/, { contextTokens: 1_000_000, ...pictures }],
  [/^gemma-?3n?.*\b(270m|1b)/, { contextTokens: 32_768 }],
  [/^gemma-?[34]/, { contextTokens: 32_768, structured: false, ...pictures }],
  [/^pixtral|^mistral-(small|medium|large)-latest/, { contextTokens: 128_000, ...pictures }],
  [/^(mistral-(small|medium|large)|magistral|ministral|codestral|open-mistral-nemo)/, { contextTokens: 128_000 }],
  [/^(open-)?(mistral|mixtral)/, { contextTokens: 32_000 }],
  [/^llama-?(3\.[1-9]|4)/, { contextTokens: 131_072 }],
  [/^(qwen|deepseek)/, { contextTokens: 32_768 }],
];

/** Makers whose smallest model follows long prompts well enough are not in doubt; of the others the size tells. */
function followingOf(provider: string, name: string): ModelLimits["following"] {
  if (["openai", "azure", "anthropic", "google", "mistral"].includes(provider)) return "full";
  return followingOfSize(parametersOf(name));
}

/** Small is what has at most four billion parameters; what does not say its size counts as large. */
export function followingOfSize(billions: number | undefined): ModelLimits["following"] {
  return billions !== undefined && billions <= 4 ? "small" : "full";
}

/**
 * Billions of parameters, as model names state them.
 * @example
 * parametersOf("qwen2.5-0.5b-instruct"); // => 0.5
 */
export function parametersOf(name: string): number | undefined {
  const found = /(?:^|[^a-z\d.])(\d+(?:\.\d+)?)\s*([bm])(?![a-z\d])/i.exec(name);
  if (found === null) return undefined;
  return Number(found[1]) / (found[2]?.toLowerCase() === "m" ? 1000 : 1);
}
