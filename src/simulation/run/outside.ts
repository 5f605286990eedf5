import type { Outside } from "../../kernel/contracts/context.ts";
import { type Connection, openConnection } from "../../model/adapters/connection.ts";
import type { Environment } from "../environment.ts";
import type { Closing } from "./ending/closing.ts";

/** The world outside of a run. Its sockets are opened by the first request. */
export function openOutside({ variables }: Environment): { readonly outside: Outside; readonly close: Closing } {
  let opening: Promise<Connection> | undefined;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    opening ??= openConnection(variables);
    return (await opening).fetch(input, init);
  };
  return {
    outside: { variable: (name) => variables[name], fetch },
    close: async () => (await opening)?.close(),
  };
}
