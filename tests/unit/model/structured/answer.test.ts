import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseAnswer } from "../../../../src/model/structured/answer.ts";

const schema = z.object({ name: z.string().optional(), ages: z.array(z.number()).optional() });
const read = (text: string) => parseAnswer(text, { model: "m", schema, usage: { input: 1, output: 2 } });

describe("valid JSON", () => {
  it("is taken as it stands, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.array(fc.integer()), async (name, ages) => {
        const spaced = JSON.stringify({ name, ages }, null, 2);
        expect(await read(spaced)).toEqual({ name, ages });
      }),
    );
  });
  it("keeps its escapes", async () => {
    const text = String.raw`{"name": "caf\u00e9 \\d C:\\temp [x] {y} ~~~json // no"}`.replaceAll("~", "`");
    expect(await read(text)).toEqual({ name: "café \\d C:\\temp [x] {y} ```json // no" });
  });
  it("is not dug into when it is outside the schema", async () => {
    const text = '{"reply": {"name": "Lisa"}, "ages": "none"}';
    await expect(read(text)).rejects.toMatchObject({
      code: "MODEL_INVALID",
      data: { text, issues: ["ages: Invalid input: expected array, received string"] },
      usage: { input: 1, output: 2 },
    });
  });
});

describe("repair", () => {
  it.each([
    ["a fence", 'Sure!\n```json\n{"name": "Lisa"}\n```\nAnything else?'],
    ["prose around", 'I would say {"name": "Lisa"} here.'],
    ["a bracket in the prose", 'As I said [1], the answer: {"name": "Lisa"}'],
    ["an example before", 'As in {"name": "Example"}: {"name": "Lisa"}'],
    ["single quotes", "{'name': 'Lisa'}"],
    ["a trailing comma beside true and null", '{"name": "Lisa", "ages": null,}'.replace("null", "[]")],
    ["a comment", '{"name": "Lisa" /* she */}'],
    ["bare keys", '{name: "Lisa"}'],
    ["thinking before", '<think>Maybe {"name": "Oscar"?</think>\n{"name": "Lisa"}'],
    ["JSON in a string", JSON.stringify('{"name": "Lisa"}')],
  ])("gets over %s", async (_what, text) => {
    expect((await read(text)).name).toBe("Lisa");
  });
  it.each([
    ["cut within a word", '{"name": "Lis'],
    ["cut within a list", '{"name": "Lisa", "ages": [1, 2'],
    ["cut after an inner bracket", '{"ages": [1, 2], "name": "Li'],
    ["prose", "I cannot answer that."],
    ["braces in prose", "I like {brackets} and [lists]."],
    ["an empty object in prose", "Nothing: {}"],
    ["something else in prose", 'Config: {"port": 80}'],
    ["a number", "I would give it 7 out of 10"],
  ])("does not make an answer of %s", async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: "MODEL_MALFORMED", data: { text } });
  });
  it("never throws anything but the three errors", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => json.slice(1)),
        ),
        async (text) => {
          const code = await read(text).then(
            () => "answered",
            (error: { code: string }) => error.code,
          );
          expect(["answered", "MODEL_EMPTY", "MODEL_MALFORMED", "MODEL_INVALID"]).toContain(code);
        },
      ),
    );
  });
});

describe("issues", () => {
  it("tell what is wrong with the nearest branch of a union", async () => {
    const action = z.union([
      z.object({ type: z.literal("TALK"), content: z.string(), target: z.string() }),
      z.object({ type: z.literal("DONE"), note: z.string() }),
    ]);
    const call = parseAnswer('{"actions":[{"type":"DONE"}]}', {
      model: "m",
      schema: z.object({ actions: z.array(action) }),
    });
    await expect(call).rejects.toMatchObject({
      data: { issues: ["actions.0.note: Invalid input: expected string, received undefined"] },
    });
  });
  it("tells an empty answer apart", async () => {
    await expect(read(" \n ")).rejects.toMatchObject({ code: "MODEL_EMPTY", usage: { input: 1, output: 2 } });
  });
});

describe("an answer made to harm", () => {
  const long = 500_000;
  // Were any of it read in time that grows with the square of its length, it would take minutes.
  it.each([
    ["strings that never end", `{"${'\\"'.repeat(long)}}`],
    ["quotes", `x{${'"'.repeat(long)}}`],
    ["raw line ends in a string", `x["${"a\n".repeat(long)}"]`],
    ["fences that never close", `${"```json\n{".repeat(long / 10)}`],
    ["brackets that never close", "x{".repeat(long)],
    ["small pieces of no JSON", "{a}".repeat(long / 10)],
  ])("is read in time: %s", async (_what, text) => {
    await expect(read(text)).rejects.toThrow();
  });
  it.each([250, 100_000])("is malformed when it goes %i levels down, not a stack overflow", async (levels) => {
    interface Tree {
      branches: Tree[];
    }
    const tree: z.ZodType<Tree> = z.object({ branches: z.array(z.lazy(() => tree)) });
    const text = `${'{"branches":['.repeat(levels)}${"]}".repeat(levels)}`;
    await expect(parseAnswer(text, { model: "m", schema: tree })).rejects.toMatchObject({ code: "MODEL_MALFORMED" });
    const anything = `{"it":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    const open = { model: "m", schema: z.object({ it: z.json() }) };
    await expect(parseAnswer(anything, open)).rejects.toMatchObject({ code: "MODEL_MALFORMED" });
  });
  it("changes no prototype", async () => {
    const text = '{"it":{"__proto__":{"bad":1},"constructor":{"prototype":{"bad":1}}},"__proto__":{"bad":1}}';
    const { it: value } = await parseAnswer(text, {
      model: "m",
      schema: z.looseObject({ it: z.record(z.string(), z.unknown()) }),
    });
    expect(["bad" in {}, value["bad"], Object.getPrototypeOf(value) === Object.prototype]).toEqual([
      false,
      undefined,
      true,
    ]);
  });
});
