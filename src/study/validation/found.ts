import type { Issue } from "../../kernel/values/errors.ts";
import { misspeltKeys } from "../../persona/lint.ts";

/** What was found in a file, without running anything. */
export interface FileReport {
  readonly file: string;
  readonly kind:
    | "study"
    | "persona"
    | "fragment"
    | "settings"
    | "test"
    | "population"
    | "synthetic data"
    | "anchors"
    | "adverts"
    | "questionnaire"
    | "description of answers"
    | "claims"
    | "experiment"
    | "analysis";
  /** What has to be mended, each with its line and column where they are known. */
  readonly issues: readonly Issue[];
  /** What may be a mistake. */
  readonly warnings: readonly Issue[];
}

/** A file, and what it is taken for. */
export type FileKind = Pick<FileReport, "file" | "kind">;

/** What was found in one file. */
export interface Found {
  readonly issues: Issue[];
  readonly warnings: Issue[];
  /** Files that this one needs. */
  readonly needs: FileKind[];
}

export const nothing = (): Found => ({ issues: [], warnings: [], needs: [] });

/** Keys of a persona that may be misspelt, for a persona that stands at some place of a file. */
export function misspeltIn(persona: object, at: string): readonly Issue[] {
  return misspeltKeys(persona).map(({ path, message }) => ({ path: under(at, path), message: `This ${message}` }));
}

/** A path below another. */
export const under = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(".");
