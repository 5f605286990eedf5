import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { contradictionsIn, forbiddenIn } from "./checks/checks.ts";
import { StudyDocument } from "./document.ts";

/** Where the data of a study comes from, for the error that says so. */
interface Source {
  readonly file?: string;
  /** Adds to an issue where in the file it is. */
  readonly placed?: (issue: Issue) => Issue;
}

/** Checks a study read from a file; STUDY_INVALID names the path of each thing that is wrong. */
export function parseStudyDocument(value: unknown, { file, placed = (issue) => issue }: Source = {}): StudyDocument {
  const forbidden = forbiddenIn(value);
  if (forbidden.length > 0) throw invalidStudy(forbidden.map(placed), file);
  const parsed = StudyDocument.safeParse(value);
  const issues = parsed.success
    ? contradictionsIn(parsed.data)
    : issuesInWords(parsed.error.issues, { whole: value, schema: StudyDocument });
  if (parsed.success && issues.length === 0) return parsed.data;
  throw invalidStudy(issues.map(placed), file);
}

export function invalidStudy(issues: readonly Issue[], file?: string): TinyTroupeError<"STUDY_INVALID"> {
  const head = `The study${file ? ` ${file}` : ""} is not valid:`;
  return new TinyTroupeError("STUDY_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: { ...(file === undefined ? {} : { file }), issues },
    hint: "Mend what is named above. `tinytroupe init example` makes a study that runs, and that editors check.",
  });
}
