import { mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { fakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { inTerminal } from "../support/pseudo-terminal.ts";
import { chatModel, openaiAt } from "../support/served.ts";

const study = `
name: talk
people: [lisa, oscar, minji]
world: { name: The room }
steps:
  - broadcast: What would you add to a word processor?
  - run: 1
  - extract: { objective: the ideas, rows: { idea: the idea, who: who had it }, as: ideas }
`;

const lines = {
  Lisa: "A red button, \u001b[31mbig\u001b[0m and round, that takes every change back. ".repeat(3).trim(),
  Oscar: "A voice that reads my letters aloud before I send them to the ministry.",
  민지: "제가 쓰다 만 문장을 기억해 주는 기능이 있으면 좋겠어요. 👍 ".repeat(2).trim(),
} as const;

/** Milliseconds between the pieces of an answer. */
let pace = 8;

/** Three people who stream at once, one of them cut off at first. */
function directors(): Director {
  const cut = new Set<string>();
  return (request) => {
    const said = JSON.stringify(request.body);
    const schema = request.schema as { properties?: { actions?: unknown } } | undefined;
    if (schema?.properties?.actions === undefined) {
      const rows = Object.entries(lines).map(([who, text]) => ({ idea: text.slice(0, 50), who }));
      return { text: JSON.stringify({ rows }) };
    }
    const who =
      (Object.keys(lines) as (keyof typeof lines)[]).find((name) => said.includes(`You are ${name}`)) ?? "민지";
    const text = JSON.stringify({
      state: null,
      actions: [
        { type: "THINK", content: `Hm, thinks ${who}.` },
        { type: "TALK", target: null, content: lines[who] },
        { type: "DONE" },
      ],
    });
    if (who === "Oscar" && !cut.has(who)) {
      cut.add(who);
      return { text, cut: "reset" as const };
    }
    return { text, eachMs: pace };
  };
}

let project: Project;
let server: FakeProvider;
const machine = (more: Record<string, string> = {}) => ({
  folder: project.folder,
  variables: { ...openaiAt(server.url), ...more },
});

beforeAll(async () => {
  [project, server] = await Promise.all([tempProject(), fakeProvider(directors())]);
  await project.write("talk.yaml", study);
});
afterAll(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

describe("a run in a real terminal", () => {
  it("shows words as they come, and leaves each voice whole, once, and nothing else behind", async () => {
    const seen = inTerminal(["run", "talk.yaml", "--model", chatModel], { ...machine(), columns: 60, rows: 20 });
    await seen.shows("in flight");
    await seen.shows("Hm, thinks");
    expect(await seen.ended, seen.text()).toBe(0);
    const text = seen.text().replaceAll("\n  ", " ");
    for (const words of Object.values(lines)) {
      const plain = words.replaceAll("\u001b[31m", "").replaceAll("\u001b[0m", "");
      expect(text.replaceAll(/\s+/g, " ").split(plain.replaceAll(/\s+/g, " ")).length, words).toBe(2);
    }
    // The status line went away: the only count left is the last one.
    expect(text.match(/\d+ calls? ·/g)).toHaveLength(1);
    expect(text).not.toContain("in flight");
    expect(text).toMatch(/ideas \(3\)\n/);
    expect(text).toContain("Transcript: ");
    expect(seen.written()).toContain("\u001b[2m");
    expect(seen.written()).not.toContain("\u001b[31m");
  });

  it("has no colours with NO_COLOR, and still redraws", async () => {
    const seen = inTerminal(["run", "talk.yaml", "--model", chatModel, "--seed", "2"], machine({ NO_COLOR: "1" }));
    expect(await seen.ended, seen.text()).toBe(0);
    expect(seen.written()).not.toMatch(/\u001b\[[\d;]*m/);
    expect(seen.written()).toContain("\u001b[J");
  });

  it("writes not one escape byte where there is no terminal", async () => {
    const { stdout, stderr, code } = await project.cli(
      ["run", "talk.yaml", "--model", chatModel, "--seed", "3"],
      openaiAt(server.url),
    ).ended;
    expect(code, stderr).toBe(0);
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stdout).toContain("ideas (3)");
    expect(stdout).not.toContain("thinks");
    expect(stderr).toContain("Lisa Brannigan thinks\n  Hm, thinks Lisa.\n");
  });
});

describe("a talk in a real terminal", () => {
  it("stops an answer at Ctrl-C, hears what was typed meanwhile, ends at Ctrl-D and can be gone on with", async () => {
    const talk = inTerminal(["chat", "minji", "--model", chatModel, "--as", "기자"], machine());
    await talk.shows("기자 ›");
    pace = 500;
    talk.type("안녕하세요\r");
    await talk.shows("in flight");
    talk.type("\u0003");
    await talk.shows("(stopped");
    pace = 8;
    expect(talk.text()).not.toContain("in flight");
    talk.type("그럼\r");
    await talk.shows("기능이");
    talk.type("/thou");
    await talk.shows("/thou");
    talk.type("ghts\r");
    await talk.shows("Thoughts are shown.");
    talk.type("\u0004");
    expect(await talk.ended, talk.text()).toBe(0);
    // The terminal breaks a long line wherever its width ends, which depends on where the project lies.
    expect(talk.text().replaceAll("\n", "")).toMatch(/--resume chat-minji-[0-9a-f]{6}/);
    const asked = server.requests.length;

    const again = inTerminal(["chat", "minji", "--resume"], machine());
    await again.shows("기능이");
    await again.shows("a visitor ›");
    expect(again.text()).toContain("기자\n  안녕하세요\n\n기자\n  그럼\n");
    again.type("\u001b[A");
    await again.shows("a visitor › 그럼");
    again.type("\u0003");
    again.type("\u0003");
    await again.shows("Ctrl-C again ends the talk");
    again.type("\u0003");
    expect(await again.ended, again.text()).toBe(0);
    expect(server.requests.length).toBe(asked);
  });
});

/** The package as an installed one. */
async function linkPackage(): Promise<void> {
  await mkdir(join(project.folder, "node_modules"), { recursive: true });
  const link = symlink(resolve(import.meta.dirname, "../.."), join(project.folder, "node_modules", "tinytroupe"));
  await link.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

describe("a fault in the user's own program", () => {
  const start = 'import { defineStudy } from "tinytroupe";\n';
  it.each([
    ["thrown.ts", `${start}export default defineStudy({ name: "x", run: async (s) => s.nobody.name });\n`, 2],
    ["typed.ts", `${start}const a: number = ;\n`, 2],
    ["plain.mjs", "const a = 1;\nconst b = 2;\nconst c = = 3;\n", 3],
    ["missing.ts", 'import { nothing } from "tinytroupe";\n', 1],
  ])("is shown with file, line and what stands there: %s", async (name, program, line) => {
    await Promise.all([project.write(name, program), linkPackage()]);
    const ended = await project.cli(["run", name, "--model", "builtin"]).ended;
    expect([1, 2]).toContain(ended.code);
    expect(ended.stderr).toContain(`at ${name}:${line}`);
    expect(ended.stderr).toContain(`${line} │ ${program.split("\n")[line - 1]?.slice(0, 40)}`);
    expect(ended.stderr).not.toMatch(/^\s*at .*src\/cli/m);
  });
});
