import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { engines } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { engines: { node: string } };

/** What the program says, and how it ends, under a Node that calls itself so. */
const under = (version: string): Promise<{ readonly code: unknown; readonly output: string }> =>
  new Promise((resolve) => {
    const posing = `Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`;
    const options = ["--import", `data:text/javascript,${encodeURIComponent(posing)}`];
    const command = [...options, "--conditions=tinytroupe-source", "src/cli/bin.ts", "--version"];
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });

it("says which Node it needs where an older one would end at the first thing that it lacks", async () => {
  const oldest = engines.node.replace(/^>=/, "");
  for (const version of ["20.20.2", "22.17.1"]) {
    const { code, output } = await under(version);
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(`needs Node.js ${oldest} or newer, and this is ${version}.`),
    ]);
  }
  for (const version of [`${oldest}.0`, "23.0.0"]) expect((await under(version)).code).toBe(0);
});
