import type { LanguageModelV4FilePart, LanguageModelV4Prompt, SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { Message, Part } from "../../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";

type SdkMessage = LanguageModelV4Prompt[number];
type TextPart = { type: "text"; text: string; providerOptions?: SharedV4ProviderOptions };

export interface PromptOptions {
  readonly model: string;
  readonly provider: string;
  readonly images: boolean;
  /** Said to the model before everything else, for those that cannot be held to a schema. */
  readonly instruction?: string;
}

/** The providers that cache at marks take four of them; each reads only its own options. */
const marksAllowed = 4;

/** Options are read by the provider that they are named after. OpenRouter is reached through the package for all others. */
function markFor(provider: string): SharedV4ProviderOptions {
  return provider === "openrouter"
    ? { openaiCompatible: { cache_control: { type: "ephemeral" } } }
    : { anthropic: { cacheControl: { type: "ephemeral" } } };
}

/**
 * Our messages as the AI SDK's prompt. Only leading system messages stay system messages, since most providers take
 * no others; empty texts, which some refuse, are left out.
 * @throws MODEL_UNSUPPORTED when there are pictures and the model cannot see
 */
export function sdkPrompt(messages: readonly Message[], options: PromptOptions): LanguageModelV4Prompt {
  const marked = marksOf(messages);
  const firstOther = messages.findIndex((message) => message.role !== "system");
  // Providers want something to answer to: a prompt of system messages alone gives its last one away.
  const leading = firstOther < 0 ? messages.length - 1 : firstOther;
  const prompt = messages.flatMap((message, index) =>
    sdkMessage(message, { ...options, asSystem: index < leading, marked: marked.has(index) }),
  );
  return options.instruction === undefined ? prompt : instructed(prompt, options.instruction);
}

/**
 * The first two marks are what all share (rules) and what one person keeps when their history is shortened (persona).
 * Of the others the last is what the next call will meet again, and the one before it what the last call left.
 */
function marksOf(messages: readonly Message[]): ReadonlySet<number> {
  const all = messages.flatMap((message, index) => (message.cacheUpToHere ? [index] : []));
  return new Set(all.length <= marksAllowed ? all : [...all.slice(0, 2), ...all.slice(2 - marksAllowed)]);
}

interface Placing extends PromptOptions {
  readonly asSystem: boolean;
  readonly marked: boolean;
}

function sdkMessage(message: Message, placing: Placing): SdkMessage[] {
  const parts = partsOf(message.content).filter((part) => part.type !== "text" || part.text !== "");
  if (parts.length === 0) return [];
  const providerOptions = placing.marked ? { providerOptions: markFor(placing.provider) } : {};
  if (message.role === "system" && placing.asSystem) {
    return [{ role: "system", content: textOf(parts), ...providerOptions }];
  }
  if (message.role === "assistant") {
    const content: TextPart[] = [{ type: "text", text: textOf(parts), ...providerOptions }];
    return [{ role: "assistant", content }];
  }
  const content = parts.map((part, index) => ({
    ...userPart(part, placing),
    ...(index === parts.length - 1 ? providerOptions : {}),
  }));
  return [{ role: "user", content }];
}

function partsOf(content: Message["content"]): readonly Part[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function textOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

function userPart(part: Part, { model, images }: PromptOptions): TextPart | LanguageModelV4FilePart {
  if (part.type === "text") return { type: "text", text: part.text };
  if (!images) {
    throw new TinyTroupeError("MODEL_UNSUPPORTED", `${model} cannot see pictures.`, {
      data: { model, feature: "images" },
      hint: "Use a model that takes pictures, or describe the picture in words.",
    });
  }
  return { type: "file", data: { type: "data", data: part.data }, mediaType: part.mediaType };
}

function instructed(prompt: LanguageModelV4Prompt, instruction: string): LanguageModelV4Prompt {
  const [first, ...rest] = prompt;
  if (first?.role === "system") return [{ ...first, content: `${first.content}\n\n${instruction}` }, ...rest];
  return [{ role: "system", content: instruction }, ...prompt];
}
