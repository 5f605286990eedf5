import type { Outside } from "../../kernel/contracts/context.ts";
import { openConnection } from "../../model/adapters/connection.ts";
import type { Environment } from "../environment.ts";
import type { Closing } from "./ending/closing.ts";
import { openedLate } from "./ending/opened-late.ts";

/** The world outside of a run. Its sockets are opened by the first request. */
export function openOutside({ variables }: Environment): { readonly outside: Outside; readonly close: Closing } {
  const connection = openedLate(() => openConnection(variables));
  const fetch: typeof globalThis.fetch = async (input, init) => (await connection.get()).fetch(input, init);
  return { outside: { variable: (name) => variables[name], fetch }, close: connection.close };
}
