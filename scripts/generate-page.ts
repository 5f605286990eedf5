// Bundles the script of the page on which people take a questionnaire. Run it after a change of what it is made of, in
// src/survey/formats/html/page/ or src/survey/flow/: npm run pages
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** The script as one text that needs nothing else. */
export async function pageScript(): Promise<string> {
  const input = fileURLToPath(new URL("../src/survey/formats/html/page/main.ts", import.meta.url));
  const bundle = await rolldown({ input, platform: "browser", transform: { target: "es2022" } });
  const { output } = await bundle.generate({ format: "iife", minify: true, comments: false });
  return `${output[0].code.trim()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("../pages/", import.meta.url));
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}survey.js`, await pageScript());
}
