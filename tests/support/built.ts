import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { bundle } from "../../scripts/bundle.ts";

const root = resolve(import.meta.dirname, "../..");

/** Before any test: bundles the package, unless no source is younger than what is there. */
export default async function setup(project: TestProject): Promise<void> {
  await bundleAnew();
  project.onTestsRerun(bundleAnew);
}

async function bundleAnew(): Promise<void> {
  const program = join(root, "dist/cli/bin.js");
  if (existsSync(program) && statSync(program).mtimeMs > youngest()) return;
  rmSync(join(root, "dist"), { recursive: true, force: true });
  await bundle("dist");
}

/** When a source was last written; a folder is so when a file in it comes or goes. */
function youngest(): number {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).map((path) =>
    join("src", path),
  );
  const times = ["src", "package-lock.json", "scripts/bundle.ts", ...sources].map(
    (path) => statSync(join(root, path)).mtimeMs,
  );
  return Math.max(...times);
}
