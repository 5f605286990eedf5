import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { type Defect, defects, type TestReference } from "./table.ts";

const tests = resolve(import.meta.dirname, "..");
const ownFiles = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".test.ts") && file !== "table.test.ts")
  .map((file) => `defects/${file}`);
/** Every test of this folder and of the files that the table names. */
const listed = [...new Set([...ownFiles, ...defects.flatMap(places)])].flatMap(testsOf);
const ours = listed.filter(({ file }) => ownFiles.includes(file));
const numbered = (letter: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, place) => `${letter}${from + place}`);

describe("the table of the original's defects", () => {
  it("holds each of them once", () => {
    expect(defects.map(({ id }) => id)).toEqual([...numbered("B", 1, 54), ...numbered("A", 1, 45)]);
  });

  it("names tests that exist, and no other test is in this folder", () => {
    expect(
      defects.flatMap((row) => places(row).filter((file) => !proofs(row).some((test) => test.file === file))),
    ).toEqual([]);
    const named = new Set(defects.flatMap(proofs));
    expect(ours.filter((test) => !named.has(test))).toEqual([]);
    expect(ours.length).toBeGreaterThan(60);
  });

  it("leaves to later parts only what those parts would have", () => {
    const due = new Set([...numbered("B", 1, 23), ...numbered("B", 31, 53), ...numbered("A", 1, 19), "A27"]);
    expect(defects.flatMap((row) => (due.has(row.id) && "later" in row ? [row.id] : []))).toEqual([]);
  });

  it("is what the page says", async () => {
    await expect(page()).toMatchFileSnapshot("README.md");
  });

  it("counts on no test that is left out", () => {
    const files = new Set(defects.flatMap(proofs).map(({ file }) => file));
    const silenced = /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|todo|only|fails)\b/;
    expect([...files].filter((file) => silenced.test(readFileSync(join(tests, file), "utf8")))).toEqual([]);
  });
});

/** The tests of a file, in its order, by the names that the runner gives them: those of groups, then the test's own. */
function testsOf(file: string): readonly TestReference[] {
  const found: TestReference[] = [];
  const visit = (node: ts.Node, groups: readonly string[]): void => {
    let within = groups;
    if (ts.isCallExpression(node)) {
      const [name] = node.arguments;
      const kind = /^(describe|it|test)\b/.exec(node.expression.getText())?.[1];
      if (kind !== undefined && name !== undefined && ts.isStringLiteralLike(name)) within = [...groups, name.text];
      if (within !== groups && kind !== "describe") found.push({ file, name: within.join(" > ") });
    }
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(ts.createSourceFile(file, readFileSync(join(tests, file), "utf8"), ts.ScriptTarget.Latest, true), []);
  return found;
}

/** The files in which a defect's tests are. */
function places(row: Defect): readonly string[] {
  if (!("test" in row)) return [];
  return "file" in row.test ? [row.test.file] : row.test.map((territory) => `defects/${territory}.test.ts`);
}

function proofs(row: Defect): readonly TestReference[] {
  if (!("test" in row)) return [];
  const { test } = row;
  if ("file" in test) return listed.filter(({ file, name }) => file === test.file && name === test.name);
  return ours.filter(({ file, name }) => places(row).includes(file) && name.startsWith(`${row.id}: `));
}

function page(): string {
  const lines = defects.map((row) => `| ${row.id} | ${row.severity} | ${row.what} | ${proofOf(row)} |`);
  return `# The defects of the original, and the tests that ours lacks them

Written from [\`table.ts\`](table.ts) by \`npx vitest run tests/defects/table.test.ts -u\`. B: the person, A: what is around the person; C critical, H high, M medium, L low. Defects in our own words, by reading the original.

| | | what goes wrong there | here |
| --- | --- | --- | --- |
${lines.join("\n")}
`;
}

function proofOf(row: Defect): string {
  if ("later" in row) return `*not there yet: ${row.later}*`;
  return places(row)
    .map((file) => {
      const names = proofs(row)
        .filter((test) => test.file === file)
        .map(({ name }) => name.replace(`${row.id}: `, ""));
      return `[${file.replace("defects/", "")}](${relative("defects", file)}): ${names.join("; ").replaceAll("|", "\\|")}`;
    })
    .join("; ");
}
