import { readFile } from "node:fs/promises";

/**
 * The script of the page on which people take a questionnaire, as it comes along. It is found from here: two steps below the
 * package, as its built files are.
 */
export const packagedPageScript = (): Promise<string> =>
  readFile(new URL("../../pages/survey.js", import.meta.url), "utf8");
