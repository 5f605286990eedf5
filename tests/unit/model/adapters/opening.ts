import { z } from "zod";
import type { Message, ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import type { ProviderOptions } from "../../../../src/model/adapters/ai-sdk.ts";

/** Every provider, with the model that is asked of it and the environment that leads to a server of ours. */
export const served: readonly (readonly [spec: string, environment: (url: string) => Record<string, string>])[] = [
  ["openai/gpt-4o-mini", (url) => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${url}/v1` })],
  ["openai/gpt-5-codex", (url) => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${url}/v1` })],
  ["azure/my-deployment", (url) => ({ AZURE_OPENAI_API_KEY: key, AZURE_OPENAI_ENDPOINT: url })],
  ["anthropic/claude-sonnet-4-5", (url) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url })],
  ["google/gemini-2.5-flash", (url) => ({ GEMINI_API_KEY: key, GEMINI_BASE_URL: url })],
  ["mistral/mistral-small-latest", (url) => ({ MISTRAL_API_KEY: key, MISTRAL_BASE_URL: url })],
  ["openrouter/meta/llama-3.3-70b", (url) => ({ OPENROUTER_API_KEY: key, OPENROUTER_BASE_URL: url })],
  ["ollama/llama3.2", (url) => ({ OLLAMA_API_KEY: key, OLLAMA_HOST: url.replace("http://", "") })],
  ["compatible/qwen2.5-7b", (url) => ({ OPENAI_COMPATIBLE_API_KEY: key, OPENAI_COMPATIBLE_BASE_URL: url })],
];

export const key = "secret.0123456789abcdef";

export const options = (environment: Record<string, string>, rest: Partial<ProviderOptions> = {}): ProviderOptions => ({
  environment,
  ...rest,
});

/** What a person's turn looks like. */
export const turnSchema = z.object({
  state: z.object({ goals: z.string().optional(), mood: z.enum(["calm", "cross"]).nullable() }).optional(),
  actions: z.array(
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("TALK"), target: z.string().optional(), content: z.string() }),
      z.object({ type: z.literal("THINK"), content: z.string() }),
      z.object({ type: z.literal("DONE") }),
    ]),
  ),
});

export const messages: readonly Message[] = [
  { role: "system", content: "You are Lisa.", cacheUpToHere: true },
  { role: "user", content: "Oscar says: hello." },
  { role: "assistant", content: "TALK: Hi!", cacheUpToHere: true },
  { role: "user", content: "Oscar says: how are you?" },
];

export function request<T>(schema: z.ZodType<T>, rest: Partial<ModelRequest<T>> = {}): ModelRequest<T> {
  return { messages, schema, purpose: "act", scope: "person:lisa", ...rest };
}
