import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { chartSvg, type NamedChart, type PeopleInFiles, readPeople, slug, TinyTroupeError } from "../../../../index.ts";
import { createPreparation, type Preparation } from "../../../live/preparation.ts";
import { writeNewFile } from "../../../new-file.ts";
import type { Session } from "../../../session.ts";
import { harmless } from "../../../terminal/text.ts";

/** The flags for files beside the tables. */
export interface FileFlags {
  readonly html?: string;
  readonly svg?: string;
}

/** What waits for long work, and says so. */
export const waiting = ({ err }: Session): Preparation => createPreparation(err, () => performance.now());

/** The people in files and folders; what was left out is said. Throws OPTION_INVALID where there is nobody. */
export async function peopleIn(session: Session, sources: readonly string[]): Promise<PeopleInFiles> {
  const { err, errStyle: style } = session;
  const found = await waiting(session).during("Reading people", readPeople(...sources));
  for (const remark of found.remarks) err.say(harmless(remark), style.warn);
  if (found.people.length > 0) return found;
  throw new TinyTroupeError("OPTION_INVALID", `There is nobody in ${sources.join(", ")}.`, {
    data: { option: "people", value: sources.join(", ") },
    hint: "Name a population's folder, a folder of persona files, or the files.",
  });
}

/** Writes the page and the pictures that were asked for, never over other files. */
export async function writeFiles(
  session: Session,
  { html, svg }: FileFlags,
  { page, charts }: { readonly page: () => Promise<string>; readonly charts: readonly NamedChart[] },
): Promise<void> {
  const preparation = waiting(session);
  if (html !== undefined) {
    const text = await preparation.during("Drawing the report", page());
    await writeNewFile(session, pieces(text), html);
  }
  if (svg === undefined) return;
  await mkdir(resolve(session.environment.folder, svg), { recursive: true });
  const names = new Set<string>();
  for (const [place, { name, chart }] of charts.entries()) {
    const base = slug(name, 60) || "chart";
    const own = names.has(base) ? `${base}-${place + 1}` : base;
    names.add(own);
    await writeNewFile(session, pieces(await chartSvg(chart, { file: true })), join(svg, `${own}.svg`));
  }
}

async function* pieces(text: string): AsyncIterable<string> {
  yield text;
}
