import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const source = resolve(import.meta.dirname, "../../../src");
const read = (file: string): string => readFileSync(`${source}/${file}`, "utf8");

/** The names that a door lists. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = ""]) =>
    list
      .split(",")
      .map((name) =>
        name
          .trim()
          .replace(/^type /, "")
          .replace(/^.* as /, ""),
      )
      .filter((name) => name !== ""),
  );

it("no name of the front door and its parts means two things: one of them could not be imported", () => {
  const front = read("index.ts");
  const parts = [...front.matchAll(/^export \* from "\.\/(.*)";$/gm)].map(([, file = ""]) => read(file));
  const names = [front, ...parts].flatMap(namesIn);
  expect(parts.length).toBeGreaterThan(3);
  expect(names.length).toBeGreaterThan(1_000);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
