import { once } from "node:events";
import { Command } from "commander";
import { exportJsonl } from "../../../stores.ts";
import { createPreparation } from "../../live/preparation.ts";
import { writeNewFile } from "../../new-file.ts";
import type { Session } from "../../session.ts";
import { harmlessJson } from "../../terminal/text.ts";
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
        const writing =
          flags.out === undefined ? toOutput(lines) : writeNewFile(session, harmlessLines(lines), flags.out);
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

async function* harmlessLines(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) yield `${harmlessJson(line)}\n`;
}
