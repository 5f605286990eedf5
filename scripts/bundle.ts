// The JavaScript of the package. It goes into few files, since each that is loaded costs time at start; what is
// imported late stays a file of its own.
import { readFileSync, writeFileSync } from "node:fs";
import { rolldown } from "rolldown";

const { exports, dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
/** Packages that have hundreds of small files and are loaded at every start. The others that this one needs stay outside. */
const taken = ["zod", "kysely"];
const outside = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !taken.includes(name));

export const platform = {
  platform: "node",
  external: (id: string) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
  transform: { target: "node22.18" },
} as const;

/** Bundles the sources into a folder beside `src/`. */
export async function bundle(folder: string): Promise<void> {
  const bundled = await rolldown({ input: entries(exports), ...platform });
  await bundled.write({
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
  const notice = (name: string): string =>
    `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
  writeFileSync(`${folder}/chunks/LICENSES.txt`, taken.map(notice).join("\n\n"));
}

/** The entry files by their place in the folder: each door, the program, and the threads and processes, which lie beside who starts them. */
function entries(doors: Record<string, string | Record<string, string>>): Record<string, string> {
  const sources = Object.values(doors).flatMap((door) =>
    typeof door === "string" ? [] : (door["tinytroupe-source"] ?? []),
  );
  return {
    "cli/bin": "src/cli/bin.ts",
    "chunks/worker": "src/model/embed/sentence/worker.ts",
    "chunks/writing-worker": "src/store/sqlite/thread/writing-worker.ts",
    "chunks/rehearsing-worker": "src/model/builtin/thread/rehearsing-worker.ts",
    "chunks/document-worker": "src/document/read/thread/document-worker.ts",
    "chunks/query-process": "src/insight/ask/query-process.ts",
    ...Object.fromEntries(sources.map((source) => [source.slice("./src/".length, -".ts".length), source])),
  };
}
