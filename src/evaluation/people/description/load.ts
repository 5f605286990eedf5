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
    const issues = read.error.issues.flatMap((raw) =>
      issuesInWords([raw], { whole: value, schema: AnswersDocument }).map((issue) =>
        withScaleMeant(issue, raw.path, value),
      ),
    );
    throw invalidDescription("description of answers", issues.map(placed), {
      ...(file !== undefined && { file }),
      schema: "answers",
    });
  }
  const { $schema: _editorsOnly, ...description } = read.data;
  return description;
}

/** The scale on which a kind of item of questionnaires is answered. */
const scales: Readonly<Record<string, string>> = {
  ...{ "yes-no": "nominal", choice: "nominal", checkbox: "choices", likert: "ordinal" },
  ...{ slider: "number", rank: "ranking", budget: "allocation" },
};

/** An issue that names the scale, where a kind of item was given. */
function withScaleMeant(issue: Issue, path: readonly PropertyKey[], whole: unknown): Issue {
  const [kind, of] = path.toReversed();
  if (kind !== "kind" || of !== "scale") return issue;
  const said = path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), whole);
  const meant = typeof said === "string" && Object.hasOwn(scales, said) ? scales[said] : undefined;
  return meant === undefined || issue.message.includes("Did you mean")
    ? issue
    : { ...issue, message: `${issue.message} Did you mean '${meant}'?` };
}

/**
 * DESCRIPTION_INVALID for a document that says how answers are read or held against each other.
 * @param meant what to do with one that is of another format
 */
export function invalidDescription(
  what: string,
  issues: readonly Issue[],
  { file, schema, meant }: { readonly file?: string; readonly schema: string; readonly meant?: string },
): TinyTroupeError<"DESCRIPTION_INVALID"> {
  const head = `The ${what}${file === undefined ? "" : ` ${file}`} cannot be used:`;
  return new TinyTroupeError("DESCRIPTION_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: meant ?? `Mend what is named above. Editors know the format by schemas/${schema}.schema.json.`,
  });
}
