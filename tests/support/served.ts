import { playPart } from "./fake-provider/cast.ts";
import { type Director, type FakeProvider, fakeProvider } from "./fake-provider/server.ts";

/** A key that must never be seen anywhere. */
export const secretKey = "sk-test-Zq7vK2mX9tB4nL8w";

/** Models of each way to talk to a provider, with the environment that leads to a server on loopback. */
export const dialects = [
  ["openai/gpt-4o-mini", "chat", (url: string) => ({ OPENAI_API_KEY: secretKey, OPENAI_BASE_URL: `${url}/v1` })],
  ["openai/gpt-5-codex", "responses", (url: string) => ({ OPENAI_API_KEY: secretKey, OPENAI_BASE_URL: `${url}/v1` })],
  [
    "anthropic/claude-haiku-4-5",
    "messages",
    (url: string) => ({ ANTHROPIC_API_KEY: secretKey, ANTHROPIC_BASE_URL: url }),
  ],
  ["ollama/llama3.2", "api/chat", (url: string) => ({ OLLAMA_HOST: url })],
] as const;

export const openaiAt = dialects[0][2];
export const chatModel = dialects[0][0];

/** A server that plays people; whatever a director orders comes over that. */
export async function castServer(director: Director = () => undefined): Promise<FakeProvider> {
  const over =
    (inner: Director): Director =>
    (request, count) => ({ ...playPart(request), ...inner(request, count) });
  const server = await fakeProvider(over(director));
  const { direct } = server;
  return Object.defineProperty(server, "direct", { value: (next: Director) => direct(over(next)) });
}
