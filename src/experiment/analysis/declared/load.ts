import { readTextFile } from "../../../kernel/text/files/read-text.ts";
import { issueLines } from "../../../kernel/text/issues.ts";
import { readWritten } from "../../../kernel/text/written.ts";
import { type Issue, isTinyTroupeError, TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Observation } from "../../results/observation.ts";
import type { AnalysisPlan } from "../plan.ts";
import { checkAnalysis, parseAnalysis } from "./document.ts";

/** What was declared of rows, from a file in YAML or JSON. Throws FILE_UNREADABLE, and EXPERIMENT_INVALID with places. */
export function loadAnalysis(file: string, observations: readonly Observation[]): Promise<AnalysisPlan> {
  return readAs(file, (value) => parseAnalysis(value, observations));
}

/** The same looked over, before there are rows. */
export const lookOverAnalysis = (file: string): Promise<void> => readAs(file, checkAnalysis);

async function readAs<T>(file: string, as: (value: unknown) => T): Promise<T> {
  const text = await readTextFile(file, { mostBytes: 1024 * 1024 });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidIn(faults, file);
  try {
    return as(value);
  } catch (cause) {
    if (!isTinyTroupeError(cause, "EXPERIMENT_INVALID")) throw cause;
    throw invalidIn(cause.data.issues.map(placed), file);
  }
}

function invalidIn(issues: readonly Issue[], file: string): TinyTroupeError<"EXPERIMENT_INVALID"> {
  const message = [`What ${file} declares cannot be used:`, ...issueLines(issues, file)].join("\n");
  const hint = "Mend what is named above. Editors know the format by schemas/analysis.schema.json.";
  return new TinyTroupeError("EXPERIMENT_INVALID", message, { data: { file, issues }, hint });
}
