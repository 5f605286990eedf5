import type { Tool } from "@modelcontextprotocol/client";
import type { Context } from "../../../kernel/contracts/context.ts";
import type { ActionKind, EffectPolicy } from "../../../kernel/contracts/faculty.ts";
import type { Outcome } from "../../../kernel/contracts/person.ts";
import { isTinyTroupeError } from "../../../kernel/values/errors.ts";
import { atLeast, invalidOption } from "../../invalid-option.ts";
import { turnAborted } from "../../turn/turn-queue.ts";
import type { TinyTool } from "../tiny-tool.ts";
import { McpConnection } from "./connection.ts";
import { outcomeOfFailure, outcomeOfResult } from "./outcome.ts";
import { type McpServer, serverName, unusable } from "./server.ts";
import { toolArguments, UnusableSchema } from "./tool-arguments.ts";
import { actionNames, quoted } from "./tool-names.ts";

/** Which tools of a server people get, and what becomes of what they do with them. */
export interface McpOptions {
  /** The tools by the server's names; all unless told. */
  readonly only?: readonly string[];
  /**
   * What becomes of calls that may change something: `simulate` (default), `ask` or `allow`. Tools that only read are
   * asked at once, whatever this says.
   */
  readonly policy?: EffectPolicy;
  /** Tools that only read. Default: those that say so of themselves; `[]` believes none of them. */
  readonly readOnly?: readonly string[];
  /** Before the names of all actions, as in `GITHUB`: for servers whose tools are called alike. */
  readonly prefix?: string;
  /** Who may use them, by name. Default: whoever has them. */
  readonly owner?: string;
  /** How long the server may take to start, and for each call; 60 unless told. */
  readonly seconds?: number;
}

/** The tools of an MCP server, also a faculty as they are. The simulation closes them; `await using` does where there is none. */
export interface McpTools extends TinyTool, AsyncDisposable {
  close(): Promise<void>;
}

/** In all: what a model is told of them goes with every prompt. */
const most = { tools: 64, places: 1_500 };

/**
 * Any server of the Model Context Protocol as a tool of people: each of its tools is a kind of action, the set of them
 * fixed here. Those that only read answer within the turn, all others are effects beyond the run. What a server says,
 * of its tools too, is data. Needs the package `@modelcontextprotocol/client`.
 * Throws PACKAGE_MISSING, TOOLS_UNAVAILABLE, TOOL_UNUSABLE, OPTION_INVALID.
 * @example
 * // const files = await mcpTools({ command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem", "shelf"] });
 * // const lisa = await simulation.person("lisa", { faculties: [files] });
 */
export async function mcpTools(server: McpServer, options: McpOptions = {}): Promise<McpTools> {
  const name = serverName(server);
  const seconds = atLeast(1, "seconds", options.seconds ?? 60);
  const connection = new McpConnection(server);
  try {
    const tools = chosen(await connection.list({ seconds }), name, options.only);
    const actions = actionsOf(tools, { ...options, server, connection, seconds });
    const close = (): Promise<void> => connection.close();
    return { name: `tools of ${name}`, actions, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await connection.close().catch(() => undefined); // the first failure is the one to tell
    throw error;
  }
}

/** Those that are wanted, in an order that does not depend on the server's. */
function chosen(all: readonly Tool[], server: string, only: readonly string[] | undefined): readonly Tool[] {
  const missing = only?.find((name) => !all.some((tool) => tool.name === name));
  if (missing !== undefined) {
    throw invalidOption("only", missing, `names of tools of ${server} (${all.map(({ name }) => name).join(", ")})`);
  }
  const wanted = all.filter(({ name }) => only?.includes(name) ?? true);
  if (wanted.length > most.tools) {
    throw unusable(server, wanted[most.tools]?.name ?? "", `it has more than ${most.tools} tools`);
  }
  return wanted.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

interface Means extends McpOptions {
  readonly server: McpServer;
  readonly connection: McpConnection;
  readonly seconds: number;
}

function actionsOf(tools: readonly Tool[], means: Means): readonly ActionKind[] {
  const names = actionNames(
    tools.map((tool) => tool.name),
    means.prefix,
  );
  let places = 0;
  return tools.map((tool, at) => {
    try {
      const { args, places: more } = toolArguments(tool.inputSchema);
      places += more;
      if (places > most.places) throw new UnusableSchema("the schemas of all tools together are too large");
      return actionOf(tool, { type: names[at] ?? "", args }, means);
    } catch (error) {
      if (!(error instanceof UnusableSchema)) throw error;
      throw unusable(serverName(means.server), tool.name, error.message);
    }
  });
}

function actionOf(tool: Tool, { type, args }: Pick<ActionKind, "type" | "args">, means: Means): ActionKind {
  const { readOnlyHint, idempotentHint } = tool.annotations ?? {};
  const reads = means.readOnly?.includes(tool.name) ?? readOnlyHint === true;
  const { owner, policy } = means;
  const description = quoted(tool.description ?? tool.title, tool.name);
  const described = { type, args, description, ...(owner !== undefined && { owner }) };
  const given = (written: unknown): Record<string, unknown> =>
    (args.parse(written)["arguments"] as Record<string, unknown> | undefined) ?? {};
  if (reads) {
    const run = (written: unknown, _who: unknown, { signal }: Context): Promise<Outcome> =>
      answerOf(tool.name, given(written), { ...means, signal });
    return { ...described, kind: "query", asksOutside: true, run };
  }
  // A stop does not cut it off: what has begun is to be known.
  const run = (written: unknown): Promise<Outcome> => answerOf(tool.name, given(written), means);
  const terms = {
    ...(policy !== undefined && { policy }),
    ...(idempotentHint === true && { repeat: "if-unsure" as const }),
  };
  return { ...described, kind: "effect", effect: { realWorld: true, ...terms }, run };
}

async function answerOf(
  name: string,
  given: Record<string, unknown>,
  { connection, server, seconds, signal }: Means & { readonly signal?: AbortSignal },
): Promise<Outcome> {
  try {
    return outcomeOfResult(await connection.call(name, given, { seconds, ...(signal && { signal }) }), server);
  } catch (error) {
    if (signal?.aborted) throw turnAborted(signal.reason);
    if (isTinyTroupeError(error, "PACKAGE_MISSING")) throw error;
    return outcomeOfFailure(error, { server, seconds });
  }
}
