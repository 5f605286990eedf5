import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Statements } from "../../sql/statements.ts";
import type { Tables } from "../../sql/tables.ts";
import { doWrites, type Write } from "../../sql/writes.ts";
import { nodeSqliteDialect } from "../dialect.ts";
import type { Asked, Opening, Told } from "./protocol.ts";
import { limitBytes, makeDurable, tuneWriter } from "./tuning.ts";

if (parentPort !== null) await serve(parentPort, workerData as Opening);

/** The thread that writes: one transaction for each message, in their order. */
async function serve(port: MessagePort, opening: Opening): Promise<void> {
  const { commit, close } = await openWriter(opening);
  const tell = (told: Told): void => port.postMessage(told);
  port.on("message", async (asked: Asked) => {
    if ("close" in asked) {
      close();
      port.close();
      return;
    }
    await commit(asked.writes).then(
      () => tell({ done: true }),
      (error: unknown) => tell({ failure: described(error) }),
    );
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
