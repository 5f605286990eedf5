import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Artefact } from "../../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { digest } from "../../../kernel/values/hash.ts";
import { fileNameOf } from "./file-name.ts";
import { type ArtifactContent, type ArtifactFormat, mediaTypes, rendered } from "./render.ts";

/** What to export. */
export interface Artifact extends ArtifactContent {
  readonly name: string;
  /** The folder for things of its kind, as in `documents`. Default: none. */
  readonly kind?: string;
}

/** Another artefact of the same name is numbered: up to here, and then something is wrong. */
const mostOfOneName = 1_000;

/**
 * Writes what people make as files into one folder, and nowhere else. Nothing is overwritten: another artefact of the
 * same name gets a number, the same one again is the same file.
 * @example
 * const exporter = new ArtifactExporter(simulation.resultsFolder);
 * const { file } = await exporter.export({ name: "Plan: bread", kind: "documents", content: "# Bread" }, "html"); // documents/Plan- bread.html
 */
export class ArtifactExporter {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /** Throws OPTION_INVALID for content that the format cannot hold, PACKAGE_MISSING, FILE_UNWRITABLE. */
  async export(artifact: Artifact, format: ArtifactFormat): Promise<Artefact> {
    const bytes = await rendered(artifact, format);
    const folders = artifact.kind === undefined ? [] : [fileNameOf(artifact.kind)];
    const stem = fileNameOf(artifact.name);
    const folder = join(this.folder, ...folders);
    try {
      await mkdir(folder, { recursive: true });
      for (let count = 1; count <= mostOfOneName; count++) {
        const file = `${stem}${count === 1 ? "" : ` (${count})`}.${format}`;
        if (!(await isWritten(join(folder, file), bytes))) continue;
        const place = { name: artifact.name, file: [...folders, file].join("/"), mediaType: mediaTypes[format] };
        return { ...place, bytes: bytes.length, digest: digest(bytes) };
      }
    } catch (cause) {
      throw unwritable(join(folder, stem), cause);
    }
    throw unwritable(join(folder, stem), undefined);
  }
}

/** Writes a file whole or not at all; false when another stands there. */
async function isWritten(path: string, bytes: Uint8Array): Promise<boolean> {
  const draft = `${path}.${digest(bytes).slice(0, 12)}.part`;
  await writeFile(draft, bytes);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EEXIST") return digest(await readFile(path)) === digest(bytes);
    if (error.code !== "EPERM" && error.code !== "ENOTSUP" && error.code !== "ENOSYS") throw error;
    return isWrittenPlainly(path, bytes); // a file system without links
  } finally {
    await rm(draft, { force: true });
  }
}

async function isWrittenPlainly(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, bytes, { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return digest(await readFile(path)) === digest(bytes);
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
