/** What a finding in a persona is about. */
export type LintRule =
  | "age-contradiction"
  | "average-mush"
  | "cliche"
  | "doubtful-language"
  | "education-contradiction"
  | "empty-section"
  | "family-contradiction"
  | "misspelt-key"
  | "missing-section"
  | "raw-number"
  | "repeated"
  | "too-short"
  | "worn-name"
  | "year-contradiction";

/** `error`: it cannot be; `warning`: a model would play it wrong; `hint`: a careful author would look at it again. */
export type Severity = "error" | "warning" | "hint";

/** Something in a persona that a careful author would look at again. */
export interface Finding {
  readonly rule: LintRule;
  readonly severity: Severity;
  /** Dotted, as `getAt` takes it; empty for the whole persona. */
  readonly path: string;
  readonly message: string;
}

/** A finding before it is said how grave it is, which its rule decides. */
export type Found = Omit<Finding, "severity">;

const severities: Readonly<Record<LintRule, Severity>> = {
  "age-contradiction": "error",
  "average-mush": "hint",
  cliche: "hint",
  "doubtful-language": "hint",
  "education-contradiction": "warning",
  "empty-section": "warning",
  "family-contradiction": "error",
  "misspelt-key": "warning",
  "missing-section": "hint",
  "raw-number": "warning",
  repeated: "warning",
  "too-short": "hint",
  "worn-name": "hint",
  "year-contradiction": "error",
};

export const withSeverity = (found: Found): Finding => ({ ...found, severity: severities[found.rule] });
