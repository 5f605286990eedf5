import { z } from "zod";
import type { Message, Usage } from "../../../kernel/contracts/model.ts";
import type { Call } from "../wrap.ts";

type Prompt = Pick<Call, "model" | "messages" | "schema">;

/** Guesses from above how many tokens a prompt will cost, and learns from what it did cost. */
export interface Estimator {
  /** An upper estimate; tight to about a quarter once a call of the same model has been observed. */
  promptTokens(prompt: Prompt): number;
  observe(prompt: Prompt, usage: Usage): void;
}

/** What providers put around a prompt and around each message, at most. */
const tokensAround = { prompt: 256, message: 16, image: 5_000 };
/** How far a later prompt may be denser than the densest one seen so far. */
const margin = 1.2;
/** A server that reports less than this share of the bound reports something else than the prompt. */
const leastShare = 0.05;

/**
 * An estimator without a tokenizer. No byte-level tokenizer makes more tokens than bytes; for ASCII half of that is
 * already twice what text, code or JSON come to. The share of this bound that a model really used, times a margin,
 * is taken from then on.
 */
export function createEstimator(): Estimator {
  const messages = new WeakMap<Message, number>();
  const schemas = new WeakMap<z.ZodType, number>();
  const shares = new Map<string, number>();
  const bound = ({ messages: list, schema }: Prompt): number =>
    list.reduce(
      (sum, message) => sum + remembered(messages, message, messageBound),
      tokensAround.prompt + (schema === undefined ? 0 : remembered(schemas, schema, schemaBound)),
    );
  return {
    promptTokens: (prompt) => {
      const share = shares.get(prompt.model);
      return Math.ceil(bound(prompt) * (share === undefined ? 1 : share * margin));
    },
    observe: (prompt, usage) => {
      const seen = usage.input / bound(prompt);
      const pictured = prompt.messages.some(
        (message) => typeof message.content !== "string" && message.content.some(isImage),
      );
      if (seen < leastShare || pictured) return;
      shares.set(prompt.model, Math.max(seen, shares.get(prompt.model) ?? 0));
    },
  };
}

/**
 * The most tokens that a text can come to: half a token a byte of ASCII, one a byte of anything else.
 * @example
 * mostTokens("Hello, world"); // => 6
 */
export function mostTokens(text: string): number {
  const bytes = Buffer.byteLength(text, "utf8");
  // Each UTF-16 unit outside ASCII adds one or two bytes, so twice the surplus covers all of theirs.
  const foreign = Math.min(bytes, 2 * (bytes - text.length));
  return Math.ceil((bytes - foreign) / 2 + foreign);
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

function isImage(part: { readonly type: string }): boolean {
  return part.type === "image";
}

function remembered<K extends object>(known: WeakMap<K, number>, key: K, count: (key: K) => number): number {
  const before = known.get(key);
  if (before !== undefined) return before;
  const now = count(key);
  known.set(key, now);
  return now;
}
