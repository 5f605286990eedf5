import { bareName } from "./limits.ts";

/** How a model wants to be called, by the family that its name shows. */
export interface Traits {
  /** It lets callers set the temperature. */
  readonly temperature: boolean;
  /** It takes a seed, where its provider has one. */
  readonly seed: boolean;
  /** It thinks before it answers unless told how much: acting as a person asks for little of that. */
  readonly thinksByDefault: boolean;
}

/**
 * How a model wants to be called. Reasoning models refuse a temperature. GPT-5.1 to 5.4 and Claude 4 do not think
 * unless asked, so nothing is asked of them.
 */
export function traitsOf(model: string): Traits {
  const name = bareName(model);
  const reasoning = /^o\d/.test(name) || (/^gpt-[5-9]/.test(name) && !/-chat/.test(name));
  return {
    temperature: !reasoning,
    seed: !reasoning,
    thinksByDefault: thinking.some((pattern) => pattern.test(name)),
  };
}

const thinking: readonly RegExp[] = [
  /^o\d/,
  /^gpt-5(-mini|-nano)?(-\d{4}.*)?$/,
  /^gpt-5\.[5-9]/,
  /^gpt-[6-9]/,
  /^gemini-(2\.5|[3-9])(?!.*(image|tts|live))/,
  /claude-(opus|sonnet|haiku|fable)-[5-9]/,
];
