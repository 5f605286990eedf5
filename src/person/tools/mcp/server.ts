import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { invalidOption } from "../../invalid-option.ts";

/** A server of the Model Context Protocol: a program that is started, or one that answers over streamable HTTP. */
export type McpServer =
  | {
      readonly command: string;
      readonly args?: readonly string[];
      /** All that it gets of the environment beside what every program needs (PATH, HOME and the like): never our keys. */
      readonly env?: Readonly<Record<string, string>>;
      /** The folder it runs in. */
      readonly cwd?: string;
    }
  | {
      readonly url: string;
      /** Sent with each request: where its key goes. They are kept out of all that is recorded. */
      readonly headers?: Readonly<Record<string, string>>;
    };

/** How a server is named in errors: without what may be a secret. Throws OPTION_INVALID for an address that is none. */
export function serverName(server: McpServer): string {
  if (!("url" in server)) return server.command;
  const url = URL.parse(server.url);
  if (url === null || !/^https?:$/.test(url.protocol)) throw invalidOption("url", "…", "an http or https address");
  return `${url.origin}${url.pathname}`;
}

/** What a server was given that nobody else may see, taken out of a text that it, or an error, gives back. */
export function withoutSecrets(text: string, server: McpServer): string {
  return secretsOf(server).reduce((left, secret) => left.replaceAll(secret, "…"), text);
}

const secretName = /key|token|secret|passw|credential|auth/i;

function secretsOf(server: McpServer): readonly string[] {
  const given =
    "url" in server
      ? Object.values(server.headers ?? {}).flatMap((value) => [value, value.replace(/^\w+\s+/, "")])
      : Object.entries(server.env ?? {}).flatMap(([name, value]) => (secretName.test(name) ? [value] : []));
  const query = "url" in server ? [...(URL.parse(server.url)?.searchParams.values() ?? [])] : [];
  return [...given, ...query].filter((secret) => secret.length >= 6);
}

/** Why there is no server to ask. */
export function unavailable(server: McpServer, cause: unknown, said = ""): TinyTroupeError<"TOOLS_UNAVAILABLE"> {
  const name = serverName(server);
  const words = [cause instanceof Error ? cause.message : String(cause), said.trim()].filter((one) => one !== "");
  const detail = withoutSecrets(words.join("; it said: "), server);
  return new TinyTroupeError("TOOLS_UNAVAILABLE", `The tools of ${name} cannot be reached: ${detail}`, {
    data: { server: name, detail },
    hint:
      "url" in server
        ? "See that the server runs, that its address ends as its documentation says, and that its key is right."
        : "Run the command by hand to see what is wrong with it.",
    cause,
  });
}

/** Why a tool cannot be given to people. */
export function unusable(server: string, tool: string, detail: string): TinyTroupeError<"TOOL_UNUSABLE"> {
  return new TinyTroupeError("TOOL_UNUSABLE", `The tool ${tool} of ${server} cannot be used: ${detail}.`, {
    data: { server, tool, detail },
    hint: "Name the tools that you want: mcpTools(server, { only: [...] }).",
  });
}
