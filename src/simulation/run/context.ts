import type { Context } from "../../kernel/contracts/context.ts";
import { numberedForks } from "../../kernel/values/forks.ts";

/** A context whose forks each have their own dice and their own place in the journal; all else is shared. */
export function createContext(shared: Omit<Context, "fork" | "forkNext" | "scope">): Context {
  return {
    ...shared,
    scope: shared.journal.scope,
    ...numberedForks((name) =>
      createContext({ ...shared, random: shared.random.fork(name), journal: shared.journal.fork(name) }),
    ),
  };
}
