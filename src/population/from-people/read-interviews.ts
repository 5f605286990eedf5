import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { readDocumentFile } from "../../document/files/file.ts";
import { isFolder } from "../../document/files/folder.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { RecordedInterview } from "./people.ts";

const endings = /\.(?:md|txt|docx|pdf|html?)$/i;

/**
 * Interviews in files, one person a file: text, Markdown, Word, PDF or HTML; of a folder all that lie in it. Each is known
 * by the name of its file. Throws DOCUMENT_UNREADABLE, and OPTION_INVALID for two files of one name and where there is none.
 * @example
 * const interviews = await readInterviews("talks");
 */
export async function readInterviews(...sources: readonly string[]): Promise<readonly RecordedInterview[]> {
  const files = (await Promise.all(sources.map(filesIn))).flat();
  if (files.length === 0) throw nobody(sources);
  const ids = files.map((file) => slug(basename(file, extname(file))));
  const again = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (again >= 0) throw twice(files[again] as string, ids[again] as string);
  const interviews: RecordedInterview[] = [];
  for (const [index, file] of files.entries()) {
    const { text } = await readDocumentFile({ path: file });
    interviews.push({ id: ids[index] as string, text, source: basename(file) });
  }
  return interviews;
}

async function filesIn(source: string): Promise<readonly string[]> {
  if (!(await isFolder(source))) return [source];
  const names = (await readdir(source)).filter((name) => endings.test(name) && !name.startsWith("."));
  return names.sort().map((name) => join(source, name));
}

function nobody(sources: readonly string[]): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `There is no interview in ${sources.join(", ")}.`, {
    data: { option: "sources", value: sources.join(", ") },
    hint: "Interviews are texts, one person a file: .md, .txt, .docx, .pdf or .html.",
  });
}

function twice(file: string, id: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `Two interviews are called '${id}'; one is ${file}.`, {
    data: { option: "sources", value: file },
    hint: "Give each file a name of its own: people are found again by it.",
  });
}
