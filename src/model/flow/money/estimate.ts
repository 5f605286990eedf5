import { z } from "zod";
import type { Message, Usage } from "../../../kernel/contracts/model.ts";
import type { Call } from "../wrap.ts";

type Prompt = Pick<Call, "model" | "messages" | "schema">;

/** Guesses from above how many tokens a prompt will cost, and learns from what it did cost. */
export interface Estimator {
  /** An upper estimate; what the same model was asked before counts by what it came to, all else by its bound. */
  promptTokens(prompt: Prompt): number;
  observe(prompt: Prompt, usage: Usage): void;
}

/** What providers put around a prompt and around each message, at most. */
const tokensAround = { prompt: 256, message: 16, image: 5_000 };
/** How much denser than its prompt on the whole a single message may be. */
const margin = 1.2;
/** A server that reports less than this share of the bound reports something else than the prompt. */
const leastShare = 0.05;

/**
 * An estimator without a tokenizer. No byte-level tokenizer makes more tokens than bytes, and of plain words half as
 * many are already twice what they come to. A message or schema that was in a prompt before counts with the share of
 * its bound that the prompt came to, times a margin. What is new counts in full: that the talk so far was English
 * prose says nothing about the table of numbers that comes next.
 */
export function createEstimator(): Estimator {
  const bounds = new WeakMap<object, number>();
  const shares = new Map<string, WeakMap<object, number>>();
  const sizeOf = (part: Message | z.ZodType): number => {
    const size = bounds.get(part) ?? ("role" in part ? messageBound(part) : schemaBound(part));
    bounds.set(part, size);
    return size;
  };
  const total = (prompt: Prompt, share: (part: object) => number): number =>
    partsOf(prompt).reduce((sum, part) => sum + sizeOf(part) * share(part), tokensAround.prompt);
  return {
    promptTokens: (prompt) => {
      const known = shares.get(prompt.model);
      const shareOf = (part: object): number => {
        const seen = known?.get(part);
        return seen === undefined ? 1 : seen * margin;
      };
      return Math.ceil(total(prompt, shareOf));
    },
    observe: (prompt, usage) => {
      const seen = usage.input / total(prompt, () => 1);
      if (seen < leastShare || prompt.messages.some(isPictured)) return;
      const known = shares.get(prompt.model) ?? new WeakMap<object, number>();
      shares.set(prompt.model, known);
      for (const part of partsOf(prompt)) known.set(part, Math.max(seen, known.get(part) ?? 0));
    },
  };
}

function partsOf({ messages, schema }: Prompt): readonly (Message | z.ZodType)[] {
  return schema === undefined ? messages : [...messages, schema];
}

/**
 * The most tokens that a text can come to in practice: half a token for a small letter of ASCII or a white space, one
 * for any other byte (there are tokenizers that give every digit a token, and every sign among signs).
 * @example
 * mostTokens("Hello, world"); // => 7
 */
export function mostTokens(text: string): number {
  let halves = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) halves += (code >= 0x61 && code <= 0x7a) || code <= 0x20 ? 1 : 2;
    else halves += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 4 : 6;
  }
  return Math.ceil(halves / 2);
}

function messageBound(message: Message): number {
  const { content } = message;
  if (typeof content === "string") return tokensAround.message + mostTokens(content);
  const parts = content.map((part) => (part.type === "image" ? tokensAround.image : mostTokens(part.text)));
  return parts.reduce((sum, tokens) => sum + tokens, tokensAround.message);
}

function schemaBound(schema: z.ZodType): number {
  return mostTokens(JSON.stringify(z.toJSONSchema(schema, { unrepresentable: "any" })));
}

function isPictured({ content }: Message): boolean {
  return typeof content !== "string" && content.some((part) => part.type === "image");
}
