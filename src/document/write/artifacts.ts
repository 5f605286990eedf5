import type { Artefact } from "../../kernel/contracts/person.ts";
import type { TextFormat } from "./write-document.ts";

/** What can be exported: text in Markdown (plain text is), a table or rows, or any data as JSON. */
export interface ArtifactContent {
  readonly name: string;
  readonly content: unknown;
  readonly author?: string;
}

/** What to export. */
export interface Artifact extends ArtifactContent {
  /** The folder for things of its kind, as in `documents`. Default: none. */
  readonly kind?: string;
}

/** The format of a file: also its ending. */
export type ArtifactFormat = DocumentFormat | "csv" | "jsonl" | "parquet" | "arrow" | "xlsx" | "ics";

/** The formats in which documents are written. */
export type DocumentFormat = TextFormat | "json";

/** Takes what people make out of their run, as an `ArtifactExporter` does. */
export interface ArtifactSink {
  export(artifact: Artifact, format: ArtifactFormat): Promise<Artefact>;
}
