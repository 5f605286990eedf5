import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Artifact, ArtifactFormat, ArtifactSink } from "../../document/write/artifacts.ts";
import type { Artefact } from "../../kernel/contracts/person.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import { digest } from "../../kernel/values/hash.ts";
import type { RunProvenance } from "../../table/provenance.ts";
import { fileNameOf } from "./file-name.ts";
import { folderWithin, type Placed, placed } from "./place.ts";
import { mediaTypes, type Rendered, rendered } from "./render.ts";

/** How files are exported. */
export interface ExporterOptions {
  /**
   * Where all of it comes from, as `simulation.provenance()` says it. It stands within the files; JSON has it beside the
   * `content`, and CSV, JSONL and calendars have it beside the file, under its name and `-metadata.json`.
   */
  readonly provenance?: RunProvenance;
  /** An artefact takes the place of another of its name. Default: it gets a number. */
  readonly replace?: true;
}

/** Another artefact of the same name is numbered: up to here, and then something is wrong. */
const mostOfOneName = 1_000;

/**
 * Writes texts, tables and data as files into one folder, and nowhere else. Nothing is overwritten unasked: another artefact
 * of the same name gets a number, the same one again is the same file. No file is ever half of one.
 * @example
 * const exporter = new ArtifactExporter(simulation.resultsFolder, { provenance: await simulation.provenance() });
 * const { file } = await exporter.export({ name: "Plan: bread", kind: "documents", content: "# Bread" }, "html"); // documents/Plan- bread.html
 */
export class ArtifactExporter implements ArtifactSink {
  readonly folder: string;
  readonly #options: ExporterOptions;

  constructor(folder: string, options: ExporterOptions = {}) {
    this.folder = resolve(folder);
    this.#options = options;
  }

  /**
   * Text goes into txt, md, html, docx and pdf; a table (`tableOf`) or a list of objects goes into these but txt as one, and
   * into csv, jsonl, parquet, arrow and xlsx; anything goes into json.
   * Throws OPTION_INVALID for content that the format cannot hold, PACKAGE_MISSING, FILE_UNWRITABLE, PATH_OUTSIDE.
   */
  async export(artifact: Artifact, format: ArtifactFormat): Promise<Artefact> {
    const made = await rendered(artifact, format, this.#options.provenance);
    const folders = artifact.kind === undefined ? [] : [fileNameOf(artifact.kind)];
    const stem = fileNameOf(artifact.name);
    const target = join(this.folder, ...folders, stem);
    try {
      const folder = await folderWithin(this.folder, folders);
      for (let count = 1; count <= mostOfOneName; count++) {
        const file = `${stem}${count === 1 ? "" : ` (${count})`}.${format}`;
        if ((await this.#put(folder, file, made)) === "taken") continue;
        const place = { name: artifact.name, file: [...folders, file].join("/"), mediaType: mediaTypes[format] };
        return { ...place, bytes: made.bytes.length, digest: digest(made.bytes) };
      }
    } catch (cause) {
      throw isTinyTroupeError(cause) ? cause : unwritable(target, cause);
    }
    throw unwritable(target, undefined);
  }

  /** A file and what stands beside it are one: where either is something else, neither is left. */
  async #put(folder: string, file: string, { bytes, metadata }: Rendered): Promise<Placed> {
    const { replace = false } = this.#options;
    const path = join(folder, file);
    const own = await placed(path, bytes, replace);
    if (own === "taken" || metadata === undefined) return own;
    const beside = await placed(`${path}-metadata.json`, Buffer.from(metadata(file)), replace);
    if (beside === "taken" && own === "made") await rm(path, { force: true });
    return beside === "taken" ? "taken" : own;
  }
}

function unwritable(file: string, cause: unknown): TinyTroupeError<"FILE_UNWRITABLE"> {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new TinyTroupeError("FILE_UNWRITABLE", `The artefact could not be written to ${file}${why}.`, {
    data: { file },
    hint: "See that the folder can be written to, or give the exporter another one.",
    ...(cause !== undefined && { cause }),
  });
}
