import type { Message } from "../../kernel/contracts/model.ts";

/** A picture costs about this much, whatever the provider. */
const imageTokens = 800;

/**
 * About how many tokens a text takes, without a tokenizer: 4 Latin letters, 2 letters of other alphabets, or one
 * ideograph or syllable block a token. Good to about ±20 %, which is enough to decide when to shorten a history.
 * @example
 * estimateTokens("What do you think of it?"); // => 6
 */
export function estimateTokens(text: string): number {
  let quarters = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    quarters += code < 0x250 ? 1 : code < 0x1100 ? 2 : 4;
  }
  return Math.ceil(quarters / 4);
}

/** The same for a message, with a little for its frame. */
export function messageTokens(message: Message): number {
  const frame = 4;
  if (typeof message.content === "string") return frame + estimateTokens(message.content);
  return message.content.reduce(
    (sum, part) => sum + (part.type === "text" ? estimateTokens(part.text) : imageTokens),
    frame,
  );
}
