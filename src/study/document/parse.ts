import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { nearest } from "../../kernel/text/nearest.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { isRecord } from "../../persona/plain-data.ts";
import { contradictionsIn, forbiddenIn } from "./checks/checks.ts";
import { StudyDocument } from "./document.ts";
import { isMeasure, measured } from "./kept.ts";

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
    : issuesInWords(parsed.error.issues, { whole: value, schema: StudyDocument }).map((issue) =>
        ofTables(ofBack(ofPeople(issue, value))),
      );
  if (parsed.success && issues.length === 0) return parsed.data;
  throw invalidStudy(issues.map(placed), file);
}

/** Whoever stands in the list of people as a persona would stand in a file is one level too high. */
function ofPeople(issue: Issue, study: unknown): Issue {
  const place = /^people\.(\d+)$/.exec(issue.path)?.[1];
  if (place === undefined || !isRecord(study) || !Array.isArray(study["people"])) return issue;
  const person: unknown = study["people"][Number(place)];
  const isTold = isRecord(person) && typeof person["name"] === "string" && !sources.some((key) => key in person);
  return isTold ? { ...issue, message: belowPersona } : issue;
}

/** `back` is no switch: it names the relation in the other direction. */
function ofBack(issue: Issue): Issue {
  if (!/\.relations\.\d+\.back$/.test(issue.path)) return issue;
  return { ...issue, message: `${issue.message} It says what \`from\` is to \`to\`, as in \`back: sister\`.` };
}

/** Of a table that is not measured only another name can be told. */
function ofTables(issue: Issue): Issue {
  const name = /^steps\.\d+\.tables\.(?:\d+\.)?(\D[^.]*)$/.exec(issue.path)?.[1];
  if (name === undefined || isMeasure(name)) return issue;
  const [near] = nearest(name, measured);
  const renamed = `${issue.message} It is another name for the table, as in \`${name}: before\`.`;
  return { ...issue, message: near === undefined ? renamed : `There is no '${name}' here. Did you mean ${near}?` };
}

const sources = ["file", "population", "generate", "persona"];
const belowPersona =
  "What a person is like stands below `persona`, as in `- persona: { name: Ann, age: 31 }`; from elsewhere they come by `file`, `population` or `generate`.";

export function invalidStudy(issues: readonly Issue[], file?: string): TinyTroupeError<"STUDY_INVALID"> {
  const head = `The study${file ? ` ${file}` : ""} is not valid:`;
  return new TinyTroupeError("STUDY_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: { ...(file === undefined ? {} : { file }), issues },
    hint: "Mend what is named above. `tinytroupe init example` makes a study that runs, and that editors check.",
  });
}
