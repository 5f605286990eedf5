import { issueLines } from "../../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";

/** EXPERIMENT_INVALID with all that is wrong with what is declared. */
export function invalidExperiment(issues: readonly Issue[], file?: string): TinyTroupeError<"EXPERIMENT_INVALID"> {
  const head = `The experiment${file === undefined ? "" : ` ${file}`} is not valid:`;
  return new TinyTroupeError("EXPERIMENT_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: "Mend what is named above. Editors know the format by schemas/experiment.schema.json.",
  });
}
