import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Outcome } from "../../../kernel/contracts/person.ts";
import { withoutControls } from "../../../kernel/text/controls.ts";
import { isTinyTroupeError } from "../../../kernel/values/errors.ts";
import { type McpServer, withoutSecrets } from "./server.ts";

/** Of an answer that a person reads, in characters: about 1,500 tokens of English. */
const longest = 6_000;

/** What a person is told of a tool's answer: its words, of bounded length; what is no text is left out, and said to be. */
export function outcomeOfResult({ content, structuredContent, isError }: CallToolResult, server: McpServer): Outcome {
  const parts = content.map(partText).filter((part) => part.trim() !== "");
  const said = parts.length === 0 && structuredContent !== undefined ? [JSON.stringify(structuredContent)] : parts;
  const text = told(said.join("\n\n"), server);
  if (isError) return { text: text === "" ? "It did not work." : text, failed: { code: "FAILED" } };
  return { text: text === "" ? "done" : text };
}

/** What a person is told whose call brought no answer. */
export function outcomeOfFailure(error: unknown, { server, seconds }: { server: McpServer; seconds: number }): Outcome {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "REQUEST_TIMEOUT") {
    return { text: `There was no answer within ${seconds} s.`, failed: { code: "TIMEOUT" } };
  }
  const unreachable = isTinyTroupeError(error) || code === "CONNECTION_CLOSED" || code === "NOT_CONNECTED";
  const message = error instanceof Error ? error.message : String(error);
  return { text: told(message, server), failed: { code: unreachable ? "UNREACHABLE" : "FAILED" } };
}

function partText(part: CallToolResult["content"][number]): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "image":
      return `(a picture, ${part.mimeType}, is left out)`;
    case "audio":
      return `(a recording, ${part.mimeType}, is left out)`;
    case "resource_link":
      return `${part.name}: ${part.uri}`;
    case "resource":
      return "text" in part.resource ? part.resource.text : `(the content of ${part.resource.uri} is left out)`;
    default:
      return "(something that is no text is left out)";
  }
}

function told(text: string, server: McpServer): string {
  const whole = withoutSecrets(withoutControls(text), server).trim();
  if (whole.length <= longest) return whole;
  return `${whole.slice(0, longest).toWellFormed()} … (${whole.length - longest} more characters are left out)`;
}
