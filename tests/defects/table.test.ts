import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Defect, defects, type TestReference } from "./table.ts";

const tests = resolve(import.meta.dirname, "..");
/** Every test of this folder and of the files that the table names, as the runner finds them. */
const listed = listTests();
const ours = listed.filter(
  (test) => test.file !== "defects/table.test.ts" && test.file.startsWith("defects/") && isTest(test),
);
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
    expect(defects.flatMap((row) => (due.has(row.id) && "later" in row ? [row.id] : []))).toEqual(["B41"]);
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

/** Files outside of this folder are asked for by name: the runner's parser gives up on those that make their tests in a loop. */
function listTests(): readonly TestReference[] {
  const vitest = join(dirname(fileURLToPath(import.meta.resolve("vitest/package.json"))), "vitest.mjs");
  const files = new Set(defects.flatMap(places).map((file) => join("tests", file)));
  const said = execFileSync(process.execPath, [vitest, "list", "tests/defects/", ...files, "--json"], {
    cwd: resolve(tests, ".."),
    encoding: "utf8",
  });
  return (JSON.parse(said) as TestReference[]).map(({ file, name }) => ({ file: relative(tests, file), name }));
}

/** The runner's parser takes a call such as `testPerson(script)` for a test, too; the name of a real one is quoted. */
function isTest({ file, name }: TestReference): boolean {
  return readFileSync(join(tests, file), "utf8").includes(`"${name}"`);
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
