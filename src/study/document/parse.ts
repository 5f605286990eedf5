import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { issuesInWords } from "../../simulation/configuration/issues.ts";
import { contradictionsIn, forbiddenIn } from "./checks.ts";
import { StudyDocument } from "./document.ts";

/** Checks a study read from a file; STUDY_INVALID names the path of each thing that is wrong. */
export function parseStudyDocument(value: unknown, file?: string): StudyDocument {
  const forbidden = forbiddenIn(value);
  if (forbidden.length > 0) throw invalidStudy(forbidden, file);
  const parsed = StudyDocument.safeParse(value);
  const issues = parsed.success ? contradictionsIn(parsed.data) : issuesInWords(parsed.error.issues, value);
  if (parsed.success && issues.length === 0) return parsed.data;
  throw invalidStudy(issues, file);
}

const shownAtMost = 6;

function invalidStudy(issues: readonly Issue[], file?: string): TinyTroupeError<"STUDY_INVALID"> {
  const shown = issues.slice(0, shownAtMost).map(({ path, message }) => `  ${path || "(the whole file)"}: ${message}`);
  const rest = issues.length > shownAtMost ? [`  … and ${issues.length - shownAtMost} more.`] : [];
  return new TinyTroupeError(
    "STUDY_INVALID",
    [`The study${file ? ` ${file}` : ""} is not valid:`, ...shown, ...rest].join("\n"),
    {
      data: { ...(file === undefined ? {} : { file }), issues },
      hint: "See examples/03-brainstorming/study.yaml, and schemas/study.schema.json for your editor.",
    },
  );
}
