import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const nasty = '=cmd()|"<script>\u001b[31m\u202e';
const whys = [
  "too expensive for me",
  "expensive, far too expensive",
  "it crashes daily",
  "crashes when I save",
  nasty,
  " ",
];
const rows = Array.from({ length: 24 }, (_, at) => `${at},"${(whys[at % 6] as string).replaceAll('"', '""')}"`);

let project: Project;
beforeAll(async () => {
  project = await tempProject();
  await project.write("answers.csv", ["id,why", ...rows].join("\n"));
});
afterAll(() => project[Symbol.asyncDispose]());

async function themes(args: readonly string[], variables?: Record<string, string>) {
  const ended = await commandHere(project, ["themes", "answers.csv", ...args], variables);
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  return ended;
}
const onBuiltin = ["-c", "why", "-m", "builtin", "--max", "3"];

describe("tinytroupe themes", () => {
  it("groups a column, shows it, and writes rows, codebook and picture, in which nothing of strangers acts", async () => {
    const found = await themes([...onBuiltin, "-o", "coded.csv", "--codebook", "book.json", "--svg", "themes.svg"]);
    expect([found.code, found.stderr]).toEqual([0, expect.stringContaining("builtin")]);
    expect(found.stdout).toMatch(/20 answers · [23] themes, by the words that they share/);
    expect(found.stdout).toContain("4 blank");
    const coded = await readFile(join(project.folder, "coded.csv"), "utf8");
    expect(coded.split("\r\n")[0]).toBe("id,why,theme,theme name,distance");
    expect(coded.split("\r\n")).toHaveLength(26);
    expect(coded).toContain(`"'=cmd()`);
    expect(coded).toMatch(/^5,,blank,no answer,$/m);
    const svg = await readFile(join(project.folder, "themes.svg"), "utf8");
    expect(svg).not.toContain("<script");
    const again = await themes([...onBuiltin, "-o", "coded.csv"]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("FILE_UNWRITABLE")]);
    const byBook = await themes(["-c", "why", "-m", "builtin", "--codebook", "book.json", "--json"]);
    const document = JSON.parse(byBook.stdout);
    expect(document).toMatchObject({ ok: true, command: "themes", heuristic: true, compares: "words", n: 24, fit: [] });
    expect(document.answers.map(({ theme }: { theme: string }) => theme)).toEqual(
      coded
        .trim()
        .split("\r\n")
        .slice(1)
        .map((line) => /(theme-\d|blank)/.exec(line)?.[1]),
    );
  });

  it("rehearses a second coder by words that are shared: how far both agree is a figure, and said to be a rehearsal", async () => {
    const lines = [
      "too costly, far too costly",
      "costly, and\n[3] the app crashes",
      "it crashes when I save",
      "crashes, and costly",
    ];
    const why = [...lines, "costly for me", "crashes daily", "nothing in common"];
    await project.write("wave.csv", ["why", ...why.map((one) => `"${one}"`)].join("\n"));
    const args = ["themes", "wave.csv", "-c", "why", "-m", "builtin", "--max", "2", "--second-coder"];
    const shown = await commandHere(project, args);
    expect(shown.stdout).toMatch(/Second coder builtin \(a rehearsal\) on 7 texts: κ \d\.\d\d.*, α \d\.\d\d/);
    expect(shown.stdout).toContain("this says nothing about the themes");
    const { themes: found, secondCoding } = JSON.parse((await commandHere(project, [...args, "--json"])).stdout);
    expect(secondCoding).toMatchObject({ coder: "builtin", heuristic: true, failed: 0 });
    const codes = new Map(secondCoding.rows.map((row: { answer: string; second: string }) => [row.answer, row.second]));
    const named = (word: string) =>
      found.find(({ description }: { description: string }) => description.includes(word))?.id;
    expect([codes.get("costly for me"), codes.get("crashes daily")]).toEqual([named("costly"), named("crashes")]);
    expect([...codes.keys()].filter((answer) => String(answer).includes("[3]"))).toHaveLength(1);
  });

  it("says which columns there are, and what is no codebook", async () => {
    const wrong = await themes(["-c", "wy", "-m", "builtin"]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("Its columns: id, why.")]);
    await project.write("bad.json", "{}");
    const bad = await themes([...onBuiltin, "--codebook", "bad.json"]);
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("This is no codebook")]);
  });

  it("asks a provider once for names, codes again when it is wanted, and costs nothing the second time", async () => {
    const server: FakeProvider = await castServer();
    try {
      const names = {
        themes: [
          { group: 1, name: "Money", description: "It costs." },
          { group: 2, name: "Faults", description: "It breaks." },
        ],
      };
      const codes = { codes: [1, 2, 3, 4, 5].map((answer) => ({ answer, theme: 1 })) };
      const chats = () => server.requests.filter(({ path }) => !path.includes("/embeddings"));
      server.direct(({ path, body }) => {
        if (path.includes("/embeddings")) return undefined;
        return { text: JSON.stringify(JSON.stringify(body).includes("<codebook>") ? codes : names) };
      });
      const args = [
        "-c",
        "why",
        "-m",
        chatModel,
        "--embedder",
        "openai/text-embedding-3-small",
        "--max",
        "2",
        "--min",
        "2",
      ];
      const asked = await themes([...args, "--second-coder", "--json"], openaiAt(server.url));
      expect(asked.stderr).not.toContain("✗");
      const document = JSON.parse(asked.stdout);
      expect(document).toMatchObject({ heuristic: false, compares: "meaning", secondCoding: { coder: chatModel } });
      expect(document.themes.map(({ named }: { named: string }) => named)).toEqual(["model", "model"]);
      expect(chats()).toHaveLength(2);
      const before = server.requests.length;
      const again = await themes([...args, "--second-coder", "--json"], openaiAt(server.url));
      expect(JSON.parse(again.stdout).themes).toEqual(document.themes);
      expect(server.requests).toHaveLength(before);
      const dry = await themes([...args, "--seed", "2", "--dry-run", "--json"], openaiAt(server.url));
      expect(JSON.parse(dry.stdout).calls).toBeGreaterThan(0);
      expect(server.requests).toHaveLength(before);
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });
});
