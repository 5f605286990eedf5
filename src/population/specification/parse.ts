import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { specificationIssues } from "./check/check.ts";
import { type Specification, specificationSchema } from "./schema.ts";
import { withUnverified } from "./sourced.ts";

/** Where the data of a specification comes from, for the error that says so. */
export interface SpecificationOrigin {
  readonly file?: string;
}

interface Placed extends SpecificationOrigin {
  /** Adds to an issue where in the file it is. */
  readonly placed?: (issue: Issue) => Issue;
}

/**
 * A specification from data, checked: its shape, and that every dimension, value and source that it names is there.
 * Figures that name no source in which somebody looked are marked as unverified.
 * Throws SPECIFICATION_INVALID with the path of each thing that is wrong and what would be right.
 * @example
 * const { dimensions } = parseSpecification({
 *   specification: 1,
 *   name: "buyers",
 *   dimensions: { sex: { kind: "categorical", shares: { female: 51, male: 49 } } },
 * });
 * dimensions["sex"]; // => { kind: "categorical", shares: { female: 51, male: 49 }, unverified: true }
 */
export function parseSpecification(data: unknown, origin: SpecificationOrigin = {}): Specification {
  return parsePlaced(data, origin);
}

export function parsePlaced(data: unknown, { file, placed = (issue) => issue }: Placed): Specification {
  const parsed = specificationSchema.safeParse(data);
  const issues = parsed.success
    ? specificationIssues(parsed.data)
    : issuesInWords(parsed.error.issues, { whole: data, schema: specificationSchema });
  if (!parsed.success || issues.length > 0) throw invalidSpecification(issues.map(placed), file);
  const { $schema: _editorsOnly, ...specification } = parsed.data;
  return withUnverified(specification);
}

export function invalidSpecification(
  issues: readonly Issue[],
  file?: string,
): TinyTroupeError<"SPECIFICATION_INVALID"> {
  const head = `The specification${file === undefined ? "" : ` ${file}`} is not valid:`;
  return new TinyTroupeError("SPECIFICATION_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: "Mend what is named above. Whole ones come with the package, as in personas/populations/norway.yaml.",
  });
}
