import { expect, it } from "vitest";
import type { Study } from "../../src/index.ts";
import { exampleFile, study, tempProject } from "../support/project.ts";

interface Result {
  readonly made: number;
  readonly target: readonly { readonly path: string; readonly totalVariation?: number }[];
  readonly findings: Readonly<Record<string, number>>;
  readonly diversity: readonly object[];
  readonly people: readonly Readonly<Record<string, unknown>>[];
}

it("example 12: a hundred people are drawn, made, held against their town, and some of them asked", async () => {
  await using project = await tempProject();
  const example = (await study(exampleFile("12-population", "main.ts"))) as Study<Result>;
  const { error, result, story } = await project.play(example, { model: "builtin" });
  expect(error).toBeUndefined();
  expect(result.made).toBe(100);
  expect(result.target.length).toBe(5);
  expect(Object.values(result.findings).every(Number.isInteger)).toBe(true);
  expect(result.people).toHaveLength(10);
  const asked = story.filter((event) => event.type === "turn");
  expect(asked).toHaveLength(4);
}, 60_000);
