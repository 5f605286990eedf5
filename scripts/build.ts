// Builds dist/ anew, or the folder that is named: nothing of an older build stays behind. JavaScript goes into few
// files, since each that is loaded costs time at start; what is imported late stays a file of its own. Types keep a
// file a source. The packages that this one needs stay outside, but for two that have hundreds of small files and are
// loaded at every start.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { rolldown } from "rolldown";

const [folder = "dist"] = process.argv.slice(2);
const { exports, dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const taken = ["zod", "kysely"];
const outside = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !taken.includes(name));

/** The entry files by their place in dist/: each door, the program, and the threads and processes, which lie beside who starts them. */
const entries: Record<string, string> = {
  "cli/bin": "src/cli/bin.ts",
  "chunks/worker": "src/model/embed/sentence/worker.ts",
  "chunks/document-worker": "src/document/read/thread/document-worker.ts",
  "chunks/query-process": "src/insight/ask/query-process.ts",
};
for (const { "tinytroupe-source": source } of Object.values<Record<string, string>>(exports))
  if (source !== undefined) entries[source.slice("./src/".length, -".ts".length)] = source;

rmSync(folder, { recursive: true, force: true });
const types = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", folder];
execFileSync(process.execPath, types, { stdio: "inherit" });
const bundle = await rolldown({
  input: entries,
  platform: "node",
  external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
  transform: { target: "node22.18" },
});
await bundle.write({
  dir: folder,
  // Two steps below the package, as the sources are: files that come along are found from there.
  chunkFileNames: "chunks/[name].js",
  minifyInternalExports: false,
  // What the door to stores loads is one file, and no package; what the front door loads besides is another.
  codeSplitting: {
    groups: [
      { name: "stores", test: /[\\/]src[\\/]stores\.ts$/, priority: 1 },
      { name: "tinytroupe", test: /[\\/]src[\\/]index\.ts$/ },
    ],
  },
});

const notice = (name: string): string => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
writeFileSync(`${folder}/chunks/LICENSES.txt`, taken.map(notice).join("\n\n"));
