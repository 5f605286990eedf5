import { once } from "node:events";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import { TinyTroupeError } from "../../../index.ts";
import { exportJsonl } from "../../../stores.ts";
import { createPreparation } from "../../live/preparation.ts";
import type { Session } from "../../session.ts";
import { harmless, harmlessJson, sizeText } from "../../terminal/text.ts";
import { withExamples } from "../flags.ts";
import { findRun, reading, type StoreFlags } from "../study.ts";

type ExportFlags = StoreFlags & { readonly out?: string };

/** `tinytroupe runs export`: every event of a run, one a line. */
export function exportCommand(session: Session): Command {
  const command = new Command("export")
    .usage("[options] [run]")
    .argument("[run]", "the beginning of its name (default: the last played)")
    .description("every event as a line of JSON, on standard output or in a file")
    .option("--out <file>", "where to write them, never over another file")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .action((id: string | undefined, flags: ExportFlags) =>
      reading(session, flags, async (store) => {
        const { id: run } = await findRun(store, id);
        const lines = exportJsonl(store, run);
        const writing = flags.out === undefined ? toOutput(lines) : toFile(session, lines, flags.out);
        // In the midst of the lines on the same terminal a status would be in the way.
        if (flags.out === undefined && session.out.live) return writing;
        return createPreparation(session.err, () => performance.now()).during(`Exporting ${run}`, writing);
      }),
    );
  return withExamples(command, ["runs export brainstorming > run.jsonl"], ["runs export --out run.jsonl"]);
}

/** Writes as fast as it is read, so that a run of any size fits the memory. */
async function toOutput(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    if (!process.stdout.write(`${harmlessJson(line)}\n`)) await once(process.stdout, "drain");
  }
}

async function toFile(session: Session, lines: AsyncIterable<string>, file: string): Promise<void> {
  const path = resolve(session.environment.folder, file);
  const handle = await open(path, "wx").catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === "EEXIST" ? "it is there already" : cause.message;
    throw new TinyTroupeError("FILE_UNWRITABLE", `${file} cannot be written: ${why}.`, {
      data: { file: path },
      hint: "Name another file with --out, or remove that one.",
      cause,
    });
  });
  await using stream = handle.createWriteStream();
  for await (const line of lines) if (!stream.write(`${harmlessJson(line)}\n`)) await once(stream, "drain");
  stream.end();
  await once(stream, "close");
  session.out.print(harmless(`Written to ${file}: ${sizeText(stream.bytesWritten)}.`));
}
