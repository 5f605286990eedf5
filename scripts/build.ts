// Builds dist/ anew, or the folder that is named: nothing of an older build stays behind. Types keep a file a source.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { bundle } from "./bundle.ts";

const [folder = "dist"] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
const types = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", folder];
execFileSync(process.execPath, types, { stdio: "inherit" });
await bundle(folder);
