import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../../src/cli/main.ts";
import { reply } from "../../../src/cli/reply.ts";
import { shellWord } from "../../../src/cli/session.ts";
import { budgetText, parseBudget } from "../../../src/index.ts";
import { fakeSession } from "./fake-session.ts";

const { session } = fakeSession();
const program = createProgram(session, "0.0.0");

/** Every command that does something, by the words that call it. */
const leaves = [...commandsUnder(program, "")].filter(([words]) => words !== "complete");

function* commandsUnder(command: Command, path: string): Iterable<readonly [string, Command]> {
  for (const inner of command.commands) {
    const words = `${path} ${inner.name()}`.trim();
    if (inner.commands.length === 0) yield [words, inner];
    else yield* commandsUnder(inner, words);
  }
}

/** What calls all others: the program, and commands that only hold some. */
const branches = [["", program] as const, ...branchesUnder(program, "")];

function* branchesUnder(command: Command, path: string): Iterable<readonly [string, Command]> {
  for (const inner of command.commands) {
    const words = `${path} ${inner.name()}`.trim();
    if (inner.commands.length > 0) yield [words, inner];
    yield* branchesUnder(inner, words);
  }
}

/** Commands that print no document, and what they print instead. */
const withoutDocument: Readonly<Record<string, string>> = {
  "runs export": "lines of JSON, one an event, for whatever size a run has",
  "population export": "a table, lines or a document of people, for other programs",
  completions: "a script for a shell",
  replay: "a show for people; programs use runs transcript --json",
  step: "a talk with somebody who looks on; programs use debug()",
};

function helpOf(command: Command): string {
  const pieces: string[] = [];
  command.configureOutput({ writeOut: (piece) => pieces.push(piece) });
  command.outputHelp();
  return pieces.join("");
}

describe("the commands", () => {
  it("are all there", () => {
    expect(leaves.length).toBeGreaterThan(12);
    expect(Object.keys(withoutDocument).filter((words) => !leaves.some(([path]) => path === words))).toEqual([]);
  });
  it.each(leaves)("%s has --json, or prints what is no document", (words, command) => {
    const has = command.options.some(({ long }) => long === "--json");
    expect(has).toBe(withoutDocument[words] === undefined);
  });
  it.each([...leaves, ...branches])("%s teaches by an example of its own, in lines of 80 columns", (words, command) => {
    const help = helpOf(command);
    expect(help).toMatch(new RegExp(`\\nExamples:\\n  tinytroupe ${words}`.trimEnd()));
    expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(command.description()).not.toBe("");
  });
});

describe("a budget that is written somewhere", () => {
  const inShell = (word: string): string => execFileSync("bash", ["-c", `printf %s ${word}`], { encoding: "utf8" });
  const advice = (): string => {
    try {
      return JSON.stringify(parseBudget("lots"));
    } catch (error) {
      return String((error as { hint?: string }).hint);
    }
  };
  const root = resolve(import.meta.dirname, "../../..");
  const pages = ["README.md", "docs/command-line.md", "docs/models-and-costs.md", "docs/what-if.md"];
  const places = [
    ...pages.map((page) => [page, readFileSync(resolve(root, page), "utf8")] as const),
    ["the error", advice()],
    ...[...leaves.map(([, command]) => command), program].map((command) => [command.name(), helpOf(command)] as const),
  ] as const;
  const written = places.flatMap(([place, text]) =>
    [...text.matchAll(/(["'])(?:\$?\d[\w.]*(?: (?:calls?|tokens|usd))?(?:, )?)+\1/g)]
      .map(([word]) => word)
      .filter((word) => /\$|calls?|tokens|usd/.test(word))
      .map((word) => [place, word] as const),
  );

  it("is found", () => expect(new Set(written.map(([place]) => place)).size).toBeGreaterThan(5));
  it.each(written)("comes through a shell as it is: %s %s", (_place, word) => {
    expect(inShell(word)).toBe(word.slice(1, -1));
    expect(parseBudget(inShell(word))).toEqual(parseBudget(word.slice(1, -1)));
  });
  it("does so in the command that goes on, too", () => {
    expect(inShell(shellWord(budgetText({ calls: 60, usd: 2 })))).toBe("60 calls, $2");
  });
});

describe("the document", () => {
  it("is framed the same for every command", () => {
    const { session: one, out } = fakeSession();
    one.command = "runs list";
    reply(one, { runs: [] });
    expect(out()).toBe('{\n  "ok": true,\n  "version": 1,\n  "command": "runs list",\n  "runs": []\n}\n');
  });
});
