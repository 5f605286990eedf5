import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isTinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { answerGrammar } from "../../../../src/model/local/grammar/answer-grammar.ts";
import { wholeSentences } from "../../../../src/model/local/grammar/prose.ts";

const bounds = { text: 20, items: 3, depth: 2, prose: true };
const grammarOf = (schema: z.ZodType) => answerGrammar(schema, bounds, "local/test");

describe("the grammar of a schema", () => {
  it("lists short whole ranges, and lets optional properties be left out", () => {
    const schema = z.object({
      mood: z.enum(["calm", "cross"]).optional(),
      score: z.int().min(1).max(3),
      ok: z.boolean(),
    });
    expect(grammarOf(schema).grammar).toMatchInlineSnapshot(`
      "root ::= r6
      r0 ::= "\\"ok\\"" ": " ("true" | "false") ""
      r1 ::= ", " "\\"ok\\"" ": " ("true" | "false") ""
      r2 ::= "\\"score\\"" ": " ("1" | "2" | "3") r1
      r3 ::= ", " "\\"score\\"" ": " ("1" | "2" | "3") r1
      r4 ::= "\\"mood\\"" ": " ("\\"calm\\"" | "\\"cross\\"") r3 | r2
      r5 ::= ", " "\\"mood\\"" ": " ("\\"calm\\"" | "\\"cross\\"") r3 | r3
      r6 ::= "{" r4 "}""
    `);
  });
  it("writes the numbers of a long range, of an open one and of none by their digits", () => {
    for (const range of [z.int().min(0).max(1_000_000), z.int().min(3), z.number().min(1).max(5)]) {
      const { grammar } = grammarOf(range);
      expect(grammar).toContain("[1-9] [0-9]{0,11}");
      expect(grammar.length).toBeLessThan(500);
    }
  });
  it("has no way to write a control character, escaped or not", () => {
    expect(grammarOf(z.array(z.string().max(3))).grammar).toMatchInlineSnapshot(`
      "root ::= r3
      r0 ::= [^"\\\\\\x00-\\x1F\\x7F-\\x9F] | "\\\\" ["\\\\n]
      r1 ::= "\\"" r0{0,3} "\\""
      r2 ::= r1
      r3 ::= "[" (r2 (", " r2){0,2})? "]""
    `);
  });
  it("keeps the depth of a recursive schema finite", () => {
    type Tree = { name: string; branches: Tree[] };
    const tree: z.ZodType<Tree> = z.object({
      name: z.literal("x"),
      get branches() {
        return z.array(tree);
      },
    });
    expect(grammarOf(tree).grammar).toMatchInlineSnapshot(`
      "root ::= r20
      r0 ::= "\\"branches\\"" ": " "[]" ""
      r1 ::= ", " "\\"branches\\"" ": " "[]" ""
      r2 ::= "\\"name\\"" ": " "\\"x\\"" r1
      r3 ::= ", " "\\"name\\"" ": " "\\"x\\"" r1
      r4 ::= "{" r2 "}"
      r5 ::= r4
      r6 ::= r5
      r7 ::= "[" (r6 (", " r6){0,2})? "]"
      r8 ::= "\\"branches\\"" ": " r7 ""
      r9 ::= ", " "\\"branches\\"" ": " r7 ""
      r10 ::= "\\"name\\"" ": " "\\"x\\"" r9
      r11 ::= ", " "\\"name\\"" ": " "\\"x\\"" r9
      r12 ::= "{" r10 "}"
      r13 ::= r12
      r14 ::= r13
      r15 ::= "[" (r14 (", " r14){0,2})? "]"
      r16 ::= "\\"branches\\"" ": " r15 ""
      r17 ::= ", " "\\"branches\\"" ": " r15 ""
      r18 ::= "\\"name\\"" ": " "\\"x\\"" r17
      r19 ::= ", " "\\"name\\"" ": " "\\"x\\"" r17
      r20 ::= "{" r18 "}""
    `);
  });
  it("says so where no finite answer exists, or JSON cannot express the schema", () => {
    type Endless = { next: Endless };
    const endless: z.ZodType<Endless> = z.object({
      get next() {
        return endless;
      },
    });
    for (const schema of [endless, z.object({ when: z.date() })]) {
      expect(() => grammarOf(schema)).toThrow(
        expect.toSatisfy((error) => isTinyTroupeError(error, "MODEL_UNSUPPORTED")),
      );
    }
  });
  it("asks a small model for prose where one text is all that is wanted", () => {
    expect(grammarOf(z.object({ content: z.string().max(300) })).proseKey).toBe("content");
    const framed = [
      z.object({ content: z.string(), done: z.boolean() }),
      z.object({ content: z.string().optional() }),
      z.object({ day: z.iso.date() }),
      z.object({ choice: z.enum(["a", "b"]) }),
      z.string(),
    ];
    for (const schema of framed) expect(grammarOf(schema).proseKey).toBeUndefined();
    expect(
      answerGrammar(z.object({ content: z.string() }), { ...bounds, prose: false }, "local/test").proseKey,
    ).toBeUndefined();
  });
});

describe("whole sentences", () => {
  it.each([
    ["I like it. But then I", "I like it."],
    ['She said "no!" and th', 'She said "no!"'],
    ["No end at all", "No end at all"],
    ["One. Two? Three…", "One. Two? Three…"],
    ["좋아요。 그리고", "좋아요。"],
  ])("%s", (text, whole) => {
    expect(wholeSentences(text)).toBe(whole);
  });
});
