import { readFile } from "node:fs/promises";

/** The version of this package, as what it writes says it. The same two steps up from `src/population` and `dist/chunks`. */
export async function packageVersion(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return JSON.parse(text).version as string;
}
