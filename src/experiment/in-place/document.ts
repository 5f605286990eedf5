import { randomUUID } from "node:crypto";
import { z } from "zod";
import { issuesInWords } from "../../kernel/text/issues.ts";
import { readJson } from "../../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";

// The original's `experiment_config.json`, name for name, so that either reads the file of the other; what it says
// besides (the outcomes of its tests) stays as it is. `runs` and `notes` are ours.
const schema = z
  .looseObject({
    experiments: z.record(
      z.string(),
      z.looseObject({
        results: z.record(z.string(), z.json()).optional(),
        /** By run and name: the digest of what the run gave under the name. */
        runs: z.record(z.string(), z.record(z.string(), z.string())).optional(),
      }),
    ),
    active_experiment: z.string().nullable(),
    finished_all_experiments: z.boolean().optional(),
    finished_experiments: z.array(z.string()),
    notes: z.array(z.string()).optional(),
  })
  .superRefine(({ experiments, active_experiment: active, finished_experiments: finished }, context) => {
    for (const arm of [...(active === null ? [] : [active]), ...finished]) {
      if (!Object.hasOwn(experiments, arm)) context.addIssue({ code: "custom", message: `There is no arm '${arm}'.` });
    }
  });

/** An experiment as it stands in its file. */
export type InPlaceDocument = z.infer<typeof schema>;
/** One arm of it. */
export type InPlaceArm = InPlaceDocument["experiments"][string];

export const emptyDocument: InPlaceDocument = { experiments: {}, active_experiment: null, finished_experiments: [] };

/**
 * Reads the text of an experiment's file. Where it says NaN or Infinity, which is no JSON but which the original writes,
 * there is null instead, and a note of it. Throws STUDY_INVALID.
 */
export function parseInPlace(text: string, file: string): InPlaceDocument {
  const mark = randomUUID();
  const read = readJson(quoted(text, mark));
  if ("fault" in read) throw invalid(file, [read.fault]);
  const notes: string[] = [];
  const value = withoutMarks(read.value, { path: "", mark, notes });
  const checked = schema.safeParse(value);
  if (!checked.success) throw invalid(file, issuesInWords(checked.error.issues, { whole: value, schema }));
  return notes.length === 0 ? checked.data : { ...checked.data, notes: [...(checked.data.notes ?? []), ...notes] };
}

/** Numbers that JSON does not know, as texts that begin with the mark. */
const quoted = (text: string, mark: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found) =>
    found.startsWith('"') ? found : `"${mark}${found}"`,
  );

interface Walk {
  readonly path: string;
  readonly mark: string;
  readonly notes: string[];
}

function withoutMarks(value: unknown, { path, mark, notes }: Walk): unknown {
  if (typeof value === "string" && value.startsWith(mark)) {
    notes.push(`${path} was ${value.slice(mark.length)}; it is null.`);
    return null;
  }
  if (typeof value !== "object" || value === null) return value;
  const inside = (part: unknown, name: string | number): unknown =>
    withoutMarks(part, { path: path === "" ? String(name) : `${path}.${name}`, mark, notes });
  if (Array.isArray(value)) return value.map(inside);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inside(part, name)]));
}

function invalid(file: string, issues: readonly Issue[]): TinyTroupeError<"STUDY_INVALID"> {
  const [first] = issues;
  const place = first?.line === undefined ? first?.path : `line ${first.line}`;
  const what = `${file} is no experiment of arms${place ? ` (${place})` : ""}: ${first?.message}`;
  return new TinyTroupeError("STUDY_INVALID", what, {
    data: { file, issues },
    hint: "Mend the file, or name one that is not there yet: it is made.",
  });
}
