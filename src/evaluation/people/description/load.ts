import { readTextFile } from "../../../kernel/text/files/read-text.ts";
import { issueLines, issuesInWords } from "../../../kernel/text/issues.ts";
import { readWritten } from "../../../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../../../kernel/values/errors.ts";
import { type AnswersDescription, AnswersDocument } from "./document.ts";

/**
 * A description of answers from plain data: which column is what, and on which scale each item is answered. Throws
 * DESCRIPTION_INVALID with all that is wrong.
 * @example
 * parseAnswersDescription({ answers: 1, items: { vote: { scale: { kind: "ordinal", options: [1, 2, 3] } } } }).items["vote"]?.outside; // => "error"
 */
export function parseAnswersDescription(value: unknown): AnswersDescription {
  return described(value, {});
}

/** A description of answers from a file in YAML or JSON. Throws FILE_UNREADABLE and DESCRIPTION_INVALID. */
export async function loadAnswersDescription(file: string): Promise<AnswersDescription> {
  const text = await readTextFile(file, { mostBytes: 1024 * 1024 });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidDescription("description of answers", faults, { file, schema: "answers" });
  return described(value, { file, placed });
}

function described(
  value: unknown,
  { file, placed = (issue) => issue }: { readonly file?: string; readonly placed?: (issue: Issue) => Issue },
): AnswersDescription {
  const read = AnswersDocument.safeParse(value);
  if (!read.success) {
    const issues = issuesInWords(read.error.issues, { whole: value, schema: AnswersDocument });
    throw invalidDescription("description of answers", issues.map(placed), {
      ...(file !== undefined && { file }),
      schema: "answers",
    });
  }
  const { $schema: _editorsOnly, ...description } = read.data;
  return description;
}

/** DESCRIPTION_INVALID for a document that says how answers are read or held against each other. */
export function invalidDescription(
  what: string,
  issues: readonly Issue[],
  { file, schema }: { readonly file?: string; readonly schema: string },
): TinyTroupeError<"DESCRIPTION_INVALID"> {
  const head = `The ${what}${file === undefined ? "" : ` ${file}`} cannot be used:`;
  return new TinyTroupeError("DESCRIPTION_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: `Mend what is named above. Editors know the format by schemas/${schema}.schema.json.`,
  });
}
