// The house rules that no linter knows: sizes of files and rooms, names, work at import, who reads the environment.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
// @ts-expect-error a plain configuration file without types
import { rows } from "../.dependency-cruiser.mjs";

const maximumLines = 300;
const maximumFiles = 8;
const badNames = /(^|[-/])(utils?|common|helpers?|managers?|misc)([-./]|$)/;
const problems: string[] = [];

function walk(folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  if (folder !== "src" && files.length > maximumFiles)
    problems.push(`${folder} holds ${files.length} files; ${maximumFiles} at most`);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (badNames.test(path)) problems.push(`${path}: a name that says nothing`);
    if (entry.isDirectory()) walk(path);
    else inspect(path);
  }
}

function inspect(path: string): void {
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n").length - 1;
  if (lines > maximumLines) problems.push(`${path} has ${lines} lines; ${maximumLines} at most`);
  if (/process\.env\b/.test(text) && path !== "src/simulation/environment.ts")
    problems.push(`${path} reads process.env`);
  if (/^(export )?(let|var) /m.test(text)) problems.push(`${path} keeps module-level state`);
  if (/export \* from/.test(text)) problems.push(`${path} exports everything of a file; name what is public`);
}

walk("src");
const known = new Set((rows as string[][]).flat());
for (const entry of readdirSync("src")) {
  if (!known.has(entry)) problems.push(`src/${entry} stands in no row of .dependency-cruiser.mjs`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
