import { execFile, execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Where Chromium is, if it is installed. */
export const chromium = ["chromium", "chromium-browser", "google-chrome"].find((name) => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** A page opened in Chromium: what stands in it then, and what the browser had to say of it. */
export async function openedInChromium(html: string, folder: string): Promise<{ dom: string; complaints: string[] }> {
  const file = join(folder, "page.html");
  await writeFile(file, html);
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0", "--dump-dom"];
  const { stdout, stderr } = await promisify(execFile)(chromium as string, [...flags, `file://${file}`], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    dom: stdout,
    complaints: stderr.split("\n").filter((line) => /CONSOLE|Refused to|Content Security/i.test(line)),
  };
}
