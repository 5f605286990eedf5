// The house rules that no linter knows: sizes of files and rooms, names, state, who reads the environment.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
// @ts-expect-error a plain configuration file without types
import { rows } from "../.dependency-cruiser.mjs";

const maximumLines = 300;
const sizeOfRoom = { least: 2, most: 8 };
const environmentFile = "src/simulation/environment.ts";
const emptyNames = /(^|[-/])(utils?|common|helpers?|managers?|misc)([-./]|$)/;

/** What a line of a source file may not say, and why. */
const lineRules: readonly { readonly found: RegExp; readonly says: string; readonly except?: RegExp }[] = [
  { found: /\bprocess\.env\b/, says: "reads process.env", except: new RegExp(`^${environmentFile}$`) },
  { found: /^(export )?(let|var) /, says: "keeps module-level state" },
  { found: /^(export )?const .*= new (Map|Set|WeakMap|WeakSet)(<.*>)?\(\);/, says: "keeps module-level state" },
  { found: /^(export )?const .*= await /, says: "works at import", except: /^src\/cli\/bin\.ts$/ },
  // The front door passes on what its own parts about worlds, populations, research, studies and surveys name.
  {
    found: /^export \* from (?!"\.\/(?:worlds|populations|research|studies|surveys)\.ts")/,
    says: "exports everything of a file; name what is public",
  },
  { found: /(biome-ignore|@ts-ignore|@ts-expect-error|@ts-nocheck)/, says: "silences a check" },
  { found: /\b(TODO|FIXME|XXX)\b/, says: "leaves work for later in a comment" },
];

/** Every broken rule under `root`, one line each. */
export function houseProblems(root: string): readonly string[] {
  const known = new Set((rows as string[][]).flat());
  const strangers = readdirSync(join(root, "src")).filter((entry) => !known.has(entry));
  return [
    ...strangers.map((entry) => `src/${entry} stands in no row of .dependency-cruiser.mjs`),
    ...roomProblems(root, join(root, "src")),
  ];
}

function roomProblems(root: string, folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const place = relative(root, folder);
  const files = entries.filter((entry) => entry.isFile());
  const room: string[] = [];
  if (place !== "src" && files.length > sizeOfRoom.most)
    room.push(`${place} holds ${files.length} files; ${sizeOfRoom.most} at most`);
  if (place !== "src" && entries.length < sizeOfRoom.least) room.push(`${place} is a room for one: move its file up`);
  return room.concat(
    entries.flatMap((entry) => {
      const path = join(folder, entry.name);
      const name = emptyNames.test(relative(root, path)) ? [`${relative(root, path)}: a name that says nothing`] : [];
      return [...name, ...(entry.isDirectory() ? roomProblems(root, path) : fileProblems(root, path))];
    }),
  );
}

function fileProblems(root: string, path: string): readonly string[] {
  const place = relative(root, path);
  const lines = readFileSync(path, "utf8").split("\n");
  const size = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  const problems = size > maximumLines ? [`${place} has ${size} lines; ${maximumLines} at most`] : [];
  return problems.concat(
    lines.flatMap((line, index) =>
      lineRules
        .filter((rule) => rule.found.test(line) && !rule.except?.test(place))
        .map((rule) => `${place}:${index + 1} ${rule.says}`),
    ),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = houseProblems(fileURLToPath(new URL("..", import.meta.url)));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
