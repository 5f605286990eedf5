import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { TestProject } from "vitest/node";
import { bundle, platform } from "../../scripts/bundle.ts";

// What tests start as processes is bundled before any of them: it starts in a third of the time that the sources take.

const root = resolve(import.meta.dirname, "../..");
const programs = {
  "in-place-run": new URL("./in-place-run.ts", import.meta.url),
  "killed-market": new URL("./faults/killed-market.ts", import.meta.url),
  "killed-store": new URL("./faults/killed-store.ts", import.meta.url),
  "killed-town": new URL("./faults/killed-town.ts", import.meta.url),
  "play-run": new URL("./play-run.ts", import.meta.url),
  shop: new URL("./mcp/stdio.ts", import.meta.url),
  sleepers: new URL("./faults/sleepers.ts", import.meta.url),
  "thirty-days": new URL("./thirty-days.ts", import.meta.url),
};

/** Bundles the package and the programs of the tests, unless nothing that they are made of is younger. */
export default async function setup(project: TestProject): Promise<void> {
  await buildAnew();
  project.onTestsRerun(buildAnew);
}

async function buildAnew(): Promise<void> {
  const sources = youngest("src", "scripts", "package-lock.json");
  if (sources > writtenAt("dist/cli/bin.js")) {
    rmSync(join(root, "dist"), { recursive: true, force: true });
    await bundle("dist");
  }
  if (Math.max(sources, youngest("tests/support")) > writtenAt("temp/programs/shop.js")) await bundlePrograms();
}

async function bundlePrograms(): Promise<void> {
  const input = Object.fromEntries(Object.entries(programs).map(([name, url]) => [name, fileURLToPath(url)]));
  const bundled = await rolldown({ input, ...platform });
  // Two steps below the package, as the sources are: files that come along are found from there.
  await bundled.write({ dir: "temp/programs", chunkFileNames: "[name].js" });
}

const writtenAt = (path: string): number => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0);

/** When one of these files, or of the files in these folders, was last written; a folder is so when a file comes or goes. */
function youngest(...paths: readonly string[]): number {
  const within = paths.flatMap((path) =>
    statSync(join(root, path)).isDirectory()
      ? [path, ...readdirSync(join(root, path), { recursive: true, encoding: "utf8" }).map((name) => join(path, name))]
      : [path],
  );
  return Math.max(...within.map(writtenAt));
}
