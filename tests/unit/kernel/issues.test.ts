import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueLines, issuesInWords, keysAt } from "../../../src/kernel/text/issues.ts";

const words = (schema: z.ZodType, whole: unknown): Record<string, string> => {
  const issues = schema.safeParse(whole).error?.issues ?? [];
  return Object.fromEntries(issuesInWords(issues, { whole, schema }).map(({ path, message }) => [path, message]));
};

describe("issues in words", () => {
  it("say sizes of texts, lists and numbers", () => {
    const schema = z.object({
      ...{ a: z.string().trim().min(1), b: z.string().min(3), c: z.string().max(2), d: z.array(z.int()).max(1) },
      ...{ e: z.number().max(5), f: z.number().lt(5), g: z.number().min(5), h: z.array(z.int()).min(2) },
    });
    expect(words(schema, { a: "  ", b: "x", c: "xxx", d: [1, 2], e: 6, f: 5, g: 4, h: [1] })).toEqual({
      a: "This is empty.",
      b: "At least 3 characters are needed.",
      c: "At most 2 characters can stand here.",
      d: "At most 1 entries can stand here.",
      e: "This must be at most 5.",
      f: "This must be below 5.",
      g: "This must be at least 5.",
      h: "At least 2 entries are needed.",
    });
  });
  it("say what to write where it is missing", () => {
    const schema = z.object({ survey: z.literal(1), kind: z.enum(["a", "b"]), sides: z.tuple([z.int(), z.int()]) });
    expect(words(schema, { sides: 1 })).toEqual({
      survey: "This is missing: write `survey: 1`.",
      kind: 'This is missing; one of "a", "b" is expected.',
      sides: "This is a number; a list is expected.",
    });
  });
  it("give each unknown key its own place, and what it may mean there", () => {
    const inner = z.strictObject({ question: z.string() });
    const schema = z.strictObject({
      steps: z.array(z.union([z.strictObject({ ask: inner }), z.strictObject({ run: z.int() })])),
    });
    expect(words(schema, { steps: [{ ask: { question: "x", qestion: "y" } }], stpes: 1, other: 2 })).toEqual({
      "steps.0.ask.qestion": "There is no 'qestion' here. Did you mean question?",
      stpes: "There is no 'stpes' here. Did you mean steps?",
      other: "There is no 'other' here. Possible: steps.",
    });
  });
});

describe("the keys of a schema", () => {
  it("are found through what may be missing, lists, records and alternatives", () => {
    const schema = z.object({
      $schema: z.string(),
      list: z.array(z.union([z.string(), z.looseObject({ a: z.string() }), z.object({ b: z.string() })])).optional(),
      record: z.record(z.string(), z.object({ c: z.string() })),
    });
    expect(keysAt(schema, [])).toEqual(["list", "record"]);
    expect(keysAt(schema, ["list", 3])).toEqual(["a", "b"]);
    expect(keysAt(schema, ["record", "any"])).toEqual(["c"]);
    for (const path of [["list"], ["record"], ["nothing"], ["toString"], ["list", 0, "a"]]) {
      expect(keysAt(schema, path)).toEqual([]);
    }
  });
});

describe("issues as lines", () => {
  it("have a place where it is known, and say how many more there are", () => {
    const issue = { path: "a.b", message: "Odd." };
    expect(issueLines([issue, { ...issue, path: "" }])).toEqual(["  a.b: Odd.", "  (the whole file): Odd."]);
    const placed = { ...issue, line: 3, column: 7 };
    expect(issueLines([placed, { ...placed, path: "" }], "x.yaml")).toEqual([
      "  x.yaml:3:7 a.b: Odd.",
      "  x.yaml:3:7: Odd.",
    ]);
    expect(issueLines(Array(8).fill(issue)).slice(-2)).toEqual(["  a.b: Odd.", "  … and 2 more."]);
  });
});
