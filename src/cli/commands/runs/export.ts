import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { isTinyTroupeError, TinyTroupeError } from "../../../index.ts";
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
  for await (const line of harmlessLines(lines)) {
    if (!process.stdout.write(line)) await once(process.stdout, "drain");
  }
}

/** Writes a draft beside the file, and only then puts it in its place: the file is never half of one. */
async function toFile(session: Session, lines: AsyncIterable<string>, file: string): Promise<void> {
  const path = resolve(session.environment.folder, file);
  const draft = `${path}.${process.pid}.draft`;
  await reserve(path).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === "EEXIST" ? "it is there already" : cause.message;
    throw unwritable(file, path, { why, hint: "Name another file with --out, or remove that one.", cause });
  });
  const stream = createWriteStream(draft);
  try {
    await pipeline(harmlessLines(lines), stream);
    await rename(draft, path);
  } catch (cause) {
    await Promise.all([draft, path].map((half) => rm(half, { force: true })));
    if (isTinyTroupeError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw unwritable(file, path, { why, hint: "Make room, or name a file on another disk with --out.", cause });
  }
  session.out.print(harmless(`Written to ${file}: ${sizeText(stream.bytesWritten)}.`));
}

/** Makes the file, empty, so that nobody else's can be written over. */
async function reserve(path: string): Promise<void> {
  await (await open(path, "wx")).close();
}

async function* harmlessLines(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) yield `${harmlessJson(line)}\n`;
}

function unwritable(
  file: string,
  path: string,
  { why, hint, cause }: { readonly why: string; readonly hint: string; readonly cause: unknown },
): TinyTroupeError<"FILE_UNWRITABLE"> {
  const message = `${file} cannot be written: ${why}.`;
  return new TinyTroupeError("FILE_UNWRITABLE", message, { data: { file: path }, hint, cause });
}
