import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Statements } from "../../sql/statements.ts";
import type { Tables } from "../../sql/tables.ts";
import { doWrites, type Write } from "../../sql/writes.ts";
import { nodeSqliteDialect } from "../dialect.ts";
import type { Asked, Opening, Told } from "./protocol.ts";
import { limitBytes, makeDurable, tuneWriter } from "./tuning.ts";

if (parentPort !== null) await serve(parentPort, workerData as Opening);

/** The thread that writes: one transaction whenever one is asked for, of what came before in its order. */
async function serve(port: MessagePort, opening: Opening): Promise<void> {
  const { commit, close } = await openWriter(opening);
  const tell = (told: Told): void => port.postMessage(told);
  const waiting: Write[] = [];
  port.on("message", async (asked: Asked) => {
    if ("writes" in asked) waiting.push(...asked.writes);
    else if ("giveUp" in asked) waiting.splice(0, asked.giveUp);
    else if ("close" in asked) {
      close();
      port.close();
    } else {
      await commit([...asked.first, ...waiting.slice(0, asked.commit)]).then(
        () => {
          waiting.splice(0, asked.commit);
          tell({ done: true });
        },
        // They stay: whoever was in the way may be gone when they are asked for again.
        (error: unknown) => tell({ failure: described(error) }),
      );
    }
  });
  tell({ open: true });
}

async function openWriter({ location, maxBytes }: Opening) {
  const [kysely, { DatabaseSync: Database }] = await Promise.all([import("kysely"), import("node:sqlite")]);
  const writer = new Database(location);
  tuneWriter(writer);
  makeDurable(writer);
  if (maxBytes !== undefined) limitBytes(writer, maxBytes);
  const writing = new kysely.Kysely<Tables>({ dialect: nodeSqliteDialect(kysely, writer) });
  const statements = new Statements();
  return {
    commit: (writes: readonly Write[]) => writing.transaction().execute((open) => doWrites(open, writes, statements)),
    close: () => writer.close(),
  };
}

function described(error: unknown): { message: string; errcode?: number } {
  if (!(error instanceof Error)) return { message: String(error) };
  const errcode = "errcode" in error && typeof error.errcode === "number" ? { errcode: error.errcode } : {};
  return { message: error.message, ...errcode };
}
