import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

// A small chatbot of a shop, behind an OpenAI-compatible address. It knows when the shop is open and what a delivery costs,
// and sends everybody who asks for anything else round in a circle.

const known: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:open|opening|hours|sunday|when)/i,
    "We are open from Monday to Saturday, 9 to 18. On Sundays the shop is open from 10 to 16.",
  ],
  [/\b(?:deliver|delivery|shipping|ship)/i, "A delivery costs 4.90 €, and nothing from 50 € on."],
];
const unknown = "I am sorry, I did not understand that. Please try again.";

const answerTo = (said: string): string => known.find(([words]) => words.test(said))?.[1] ?? unknown;

/** Serves the chatbot on loopback; `close` ends it. */
export async function openBot(port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { messages = [] } = JSON.parse(body || "{}") as { messages?: { content: string }[] };
    const content = answerTo(messages.at(-1)?.content ?? "");
    const answer = { choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, close };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await openBot(8141)).url);
