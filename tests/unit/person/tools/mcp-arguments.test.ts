import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strictSchema } from "../../../../src/model/structured/strict-schema.ts";
import { toolArguments, UnusableSchema } from "../../../../src/person/tools/mcp/tool-arguments.ts";
import { actionNames } from "../../../../src/person/tools/mcp/tool-names.ts";

type Json = Record<string, unknown>;

const names = ["type", "content", "target", "item", "zip code"];
const size = fc.nat({ max: 3 });

/** Schemas of the kinds that are kept whole, of bounded depth. */
const { schema } = fc.letrec<{ schema: Json; object: Json }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom({ type: "string" }, { type: "boolean" }, { type: "null" }, { type: "number" }, {}),
    fc.record({ type: fc.constant("integer"), minimum: fc.integer({ min: -2, max: 2 }) }),
    fc.record({ type: fc.constant("string"), minLength: size }),
    fc.record({ enum: fc.uniqueArray(fc.constantFrom("a", "b", 1, null, true), { minLength: 1 }) }),
    fc.record({ const: fc.constantFrom("a", 2) }),
    fc.record({ type: fc.constant(["string", "null"]) }),
    fc.record({ type: fc.constant("array"), items: tie("schema"), maxItems: size }),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    tie("object"),
  ),
  object: fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...names), tie("schema"), { maxKeys: 3 }),
      required: fc.subarray(names),
      additionalProperties: fc.constantFrom(undefined, true, false),
    })
    .map(({ properties, required, additionalProperties }) => ({
      type: "object",
      properties,
      required: required.filter((name) => name in properties),
      ...(additionalProperties !== undefined && { additionalProperties }),
    })),
}));
const rooted = schema.map((inner) => ({ type: "object", properties: { value: inner }, required: ["value"] }));

/** Values that come near to what such schemas want. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>("a", "b", "abcd", "", 1, 2, -3, 0.5, null, true),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, "other"), tie("value"), { maxKeys: 3 }),
  ),
}));

const argumentsOf = (root: unknown) => toolArguments(root).args;

describe("the arguments of a tool", () => {
  it("take what the tool's schema takes, and nothing else", () => {
    const ajv = new Ajv2020({ strict: false });
    fc.assert(
      fc.property(rooted, value, (root, inner) => {
        const given = { value: inner };
        const passes = argumentsOf(root).safeParse({ arguments: given }).success;
        expect(passes).toBe(ajv.validate(root, given));
      }),
      { numRuns: 400 },
    );
  });

  it("can be said to every provider, and come back as they were meant", () => {
    fc.assert(
      fc.property(rooted, value, (root, inner) => {
        const args = argumentsOf(root);
        const strict = strictSchema(args);
        const sent = { arguments: { value: inner } };
        fc.pre(args.safeParse(sent).success);
        expect(strict.recursive).toBe(false);
        expect(args.safeParse(strict.decode(strict.encode(sent))).success).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("leave to the server what cannot be said, and run nothing of its own", () => {
    const args = argumentsOf({
      type: "object",
      properties: {
        evil: { type: "string", pattern: "^(a+)+$", format: "email", default: "x" },
        odd: { not: { type: "string" } },
        both: { allOf: [{ type: "string" }, { minLength: 2 }] },
        object: { const: { a: 1 } },
      },
      if: { required: ["evil"] },
      anyOf: [{ required: ["evil"] }, { required: ["odd"] }],
    });
    const given = { evil: `${"a".repeat(40)}!`, odd: "text", both: 3, object: { a: 1 } };
    expect(args.safeParse({ arguments: given }).success).toBe(true);
    expect(JSON.stringify(strictSchema(args).json)).toContain("Format: email Default: x");
  });

  it("follow references within the schema, and no others", () => {
    const root = (ref: string, defs: Json = {}) => ({
      type: "object",
      properties: { a: { $ref: ref }, b: { $ref: ref } },
      $defs: { "a/b": { type: "integer" }, ...defs },
    });
    expect(argumentsOf(root("#/$defs/a~1b")).safeParse({ arguments: { a: "x" } }).success).toBe(false);
    const loop = { one: { $ref: "#/$defs/two" }, two: { items: { $ref: "#/$defs/one" } } };
    const refused: [string, Json, string][] = [
      ["#", {}, "refers to itself"],
      ["#/$defs/one", loop, "refers to itself"],
      ["#/$defs/none", {}, "place that is not there"],
      ["https://example.org/schema", {}, "another place"],
    ];
    for (const [ref, defs, words] of refused) expect(() => argumentsOf(root(ref, defs))).toThrow(words);
  });

  it("are of bounded size and depth, also where few words make many", () => {
    const nested = (depth: number): Json => (depth === 0 ? { type: "string" } : { items: nested(depth - 1) });
    const doubling = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [
        `d${at}`,
        at === 9
          ? {}
          : { type: "object", properties: { a: { $ref: `#/$defs/d${at + 1}` }, b: { $ref: `#/$defs/d${at + 1}` } } },
      ]),
    );
    const hostile: [Json, string][] = [
      [{ type: "object", properties: { a: nested(20) } }, "too deep"],
      [{ type: "object", properties: { a: { $ref: "#/$defs/d0" } }, $defs: doubling }, "too many parts|too deep"],
      [
        { type: "object", properties: { a: { enum: Array.from({ length: 500 }, (_, at) => at) }, b: {} } },
        "too many parts",
      ],
      [{ type: "object", description: "x".repeat(70_000) }, "too large"],
      [{ type: "object", properties: { "a\u001b[31m": {} } }, "name"],
      [JSON.parse('{"type":"object","properties":{"__proto__":{}}}'), "name"],
      [{ type: "string" }, "no object"],
    ];
    for (const [root, words] of hostile) {
      expect(() => argumentsOf(root)).toThrow(new RegExp(words));
      expect(() => argumentsOf(root)).toThrow(UnusableSchema);
    }
  });
});

it("names of actions are upper case and each another, whatever tools are called", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 80 })), (tools) => {
      const given = actionNames(tools);
      expect(new Set(given).size).toBe(tools.length);
      for (const name of given) expect(name).toMatch(/^[A-Z0-9_]{1,70}$/);
    }),
  );
  expect(actionNames(["createIssue", "get-weather", "done", "天気"])).toEqual([
    "CREATE_ISSUE",
    "GET_WEATHER",
    "DONE_2",
    "TOOL",
  ]);
});
