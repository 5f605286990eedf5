import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import type { SystemMeans } from "../../../src/kernel/contracts/systems/system.ts";
import { programSystem } from "../../../src/systems/program/program.ts";

const variables: Readonly<Record<string, string | undefined>> = {
  ...{ PATH: process.env["PATH"], OPENAI_API_KEY: "sk-not-for-programs", TONGUE: "tongue-of-its-own" },
};
const means = (signal = new AbortController().signal): SystemMeans => ({
  ...{ fetch: globalThis.fetch, variable: (name) => variables[name], signal },
});
const node = process.execPath;
const script = (code: string) => ({ command: node, args: ["-e", code], allow: [node] });

async function ran(options: Parameters<typeof programSystem>[0], args: { arguments: string[]; input: string }) {
  const session = await programSystem(options).open(means());
  try {
    return await session.do({ type: "RUN_PROGRAM", args });
  } finally {
    await session.close();
  }
}

describe("a program that is started for each move", () => {
  it("gets its words and its input, no shell, and says how it ended", async () => {
    const code = `process.stdin.on("data", (d) => process.stdout.write(JSON.stringify(process.argv.slice(1)) + d)); process.stdin.on("end", () => process.exit(3))`;
    const shown = await ran({ name: "p", ...script(code) }, { arguments: ["$HOME; ls", "*"], input: "in" });
    expect(shown).toEqual({ text: '["$HOME; ls","*"]in\n(It has ended with the code 3.)', exitCode: 3 });
  });

  it("has a folder of its own, which is gone afterwards, and no more of the environment than is named", async () => {
    const code = `require("fs").writeFileSync("x", ""); console.log(process.cwd(), process.env.HOME === process.cwd(), process.env.OPENAI_API_KEY, process.env.TONGUE)`;
    const shown = await ran({ name: "p", ...script(code), variables: ["TONGUE"] }, { arguments: [], input: "" });
    const [, folder = "", rest] = /^(\S+) (.*)$/m.exec(shown.text) ?? [];
    // What it was given may be secret, and is taken out of what it says.
    expect(rest).toBe("true undefined …");
    expect(await readdir(tmpdir())).not.toContain(folder.split("/").at(-1));
  });

  it("leaves no folder where it cannot be started", async () => {
    const before = await readdir(tmpdir());
    const missing = programSystem({ name: "p", command: "/no/such/program", allow: ["/no/such/program"], prompt: ">" });
    await expect(missing.open(means())).rejects.toMatchObject({ code: "SYSTEM_FAILED" });
    const left = (await readdir(tmpdir())).filter((one) => one.startsWith("tinytroupe-program-"));
    expect(left.filter((one) => !before.includes(one))).toEqual([]);
  });

  it("is ended with all that it started when its time is over, and when it writes without an end", async () => {
    const child = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }); setInterval(() => {}, 1000)`;
    expect(await ran({ name: "p", ...script(child), seconds: 1 }, { arguments: [], input: "" })).toMatchObject({
      failed: "TIMEOUT",
    });
    const endless = `const b = "x".repeat(65536); const w = () => process.stdout.write(b, w); w()`;
    const shown = await ran({ name: "p", ...script(endless) }, { arguments: [], input: "" });
    expect(shown.failed).toBe("TOO_MUCH");
    expect(shown.text.length).toBeLessThan(6_200);
  });

  it("is an error where there is none, and refused where it is not allowed", async () => {
    const gone = { name: "p", command: "/no/such/program", allow: ["/no/such/program"] };
    await expect(ran(gone, { arguments: [], input: "" })).rejects.toMatchObject({ code: "SYSTEM_FAILED" });
    expect(() => programSystem({ name: "p", command: "rm", allow: ["ls"] })).toThrow(
      expect.objectContaining({ code: "SYSTEM_REFUSED" }),
    );
  });
});

describe("a program that is talked to", () => {
  const talking = `process.stdout.write("Name?\\n> "); process.stdin.on("data", (d) => { const s = String(d).trim(); if (s === "bye") process.exit(0); process.stdout.write("Hello " + s + "\\n> "); })`;

  it("answers line by line until it ends", async () => {
    const session = await programSystem({ name: "p", ...script(talking), prompt: "> " }).open(means());
    expect(session.first).toEqual({ text: "Name?\n>" });
    expect(await session.do({ type: "ENTER", args: { line: "Ann\nBob" } })).toEqual({ text: "Hello Ann Bob\n>" });
    expect(await session.do({ type: "ENTER", args: { line: "bye" } })).toMatchObject({ exitCode: 0, over: true });
    await session.close();
  });

  it("ends with the run", async () => {
    const stop = new AbortController();
    const session = await programSystem({
      name: "p",
      ...script("process.stdin.resume(); console.log('>')"),
      prompt: ">",
    }).open(means(stop.signal));
    const waiting = session.do({ type: "ENTER", args: { line: "x" } });
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
    await session.close();
  });
});
