import { issueLines } from "../../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";

/** One person of a survey or a census, by column. */
export type MicrodataRow = Readonly<Record<string, unknown>>;

/** The error of a table that is none, with the places of what is wrong. */
export function unreadable(file: string, issues: readonly Issue[], cause?: unknown): TinyTroupeError {
  const message = [`The table ${file} cannot be read:`, ...issueLines(issues, file)].join("\n");
  return new TinyTroupeError("FILE_UNREADABLE", message, {
    data: { file },
    hint: "A table has one line a person, and names its columns in the first.",
    cause,
  });
}
