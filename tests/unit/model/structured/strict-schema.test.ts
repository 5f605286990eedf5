import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createStrictSchemas, strictSchema } from "../../../../src/model/structured/strict-schema.ts";
import { fill } from "../../../support/fake-provider/fill.ts";
import { anthropicRules, breaches, googleRules, ollamaRules, openaiRules } from "./provider-rules.ts";
import { samples } from "./schemas.ts";

const sampleWithValue = samples.chain(({ schema, value }) => value.map((each) => ({ schema, value: each })));

describe("any schema", () => {
  it("obeys the rules of every provider", () => {
    fc.assert(
      fc.property(samples, ({ schema }) => {
        const bounded = strictSchema(schema, { bounds: true }).json;
        const plain = strictSchema(schema).json;
        expect(breaches(bounded, openaiRules)).toEqual([]);
        expect(breaches(bounded, googleRules)).toEqual([]);
        expect(breaches(bounded, ollamaRules)).toEqual([]);
        expect(breaches(plain, anthropicRules)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
  it("brings every valid value there and back", () => {
    fc.assert(
      fc.property(sampleWithValue, ({ schema, value }) => {
        fc.pre(schema.safeParse(value).success);
        const strict = strictSchema(schema);
        const back = strict.decode(JSON.parse(JSON.stringify(strict.encode(value))));
        expect(back).toEqual(value);
        expect(schema.safeParse(back).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
  it("takes on the wire what it sends", () => {
    const ajv = new Ajv({ strict: false });
    fc.assert(
      fc.property(sampleWithValue, ({ schema, value }) => {
        fc.pre(schema.safeParse(value).success);
        const strict = strictSchema(schema, { bounds: true });
        const validate = ajv.compile(strict.json);
        expect(validate(strict.encode(value)), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a person's turn", () => {
  const turn = z.object({
    state: z.object({ goals: z.string().optional(), emotions: z.string().max(200).optional() }).optional(),
    actions: z
      .array(
        z.discriminatedUnion("type", [
          z.object({ type: z.literal("TALK"), target: z.string().optional(), content: z.string().describe("Words.") }),
          z.object({ type: z.literal("DONE") }),
        ]),
      )
      .min(1)
      .max(15),
  });
  it("is small and clear", () => {
    expect(strictSchema(turn, { bounds: true }).json).toMatchInlineSnapshot(`
      {
        "additionalProperties": false,
        "properties": {
          "actions": {
            "items": {
              "anyOf": [
                {
                  "additionalProperties": false,
                  "properties": {
                    "content": {
                      "description": "Words.",
                      "type": "string",
                    },
                    "target": {
                      "type": [
                        "string",
                        "null",
                      ],
                    },
                    "type": {
                      "enum": [
                        "TALK",
                      ],
                      "type": "string",
                    },
                  },
                  "required": [
                    "type",
                    "target",
                    "content",
                  ],
                  "type": "object",
                },
                {
                  "additionalProperties": false,
                  "properties": {
                    "type": {
                      "enum": [
                        "DONE",
                      ],
                      "type": "string",
                    },
                  },
                  "required": [
                    "type",
                  ],
                  "type": "object",
                },
              ],
            },
            "maxItems": 15,
            "minItems": 1,
            "type": "array",
          },
          "state": {
            "anyOf": [
              {
                "additionalProperties": false,
                "properties": {
                  "emotions": {
                    "description": "(at most 200 characters)",
                    "type": [
                      "string",
                      "null",
                    ],
                  },
                  "goals": {
                    "type": [
                      "string",
                      "null",
                    ],
                  },
                },
                "required": [
                  "goals",
                  "emotions",
                ],
                "type": "object",
              },
              {
                "type": "null",
              },
            ],
          },
        },
        "required": [
          "state",
          "actions",
        ],
        "type": "object",
      }
    `);
  });
  it("comes back without the nulls", () => {
    const wire = {
      state: { goals: null, emotions: "calm" },
      actions: [{ type: "TALK", target: null, content: "Hi" }, { type: "DONE" }],
    };
    expect(strictSchema(turn).decode(wire)).toEqual({
      state: { emotions: "calm" },
      actions: [{ type: "TALK", content: "Hi" }, { type: "DONE" }],
    });
  });
});

const node = z.object({
  name: z.string(),
  get children() {
    return z.array(node);
  },
  get twin() {
    return node.optional();
  },
});

describe("recursion", () => {
  it("is kept, by reference to a definition", () => {
    const strict = strictSchema(node, { bounds: true });
    expect(strict.recursive).toBe(true);
    expect(breaches(strict.json, openaiRules)).toEqual([]);
    expect(JSON.stringify(strict.json)).not.toContain('"$ref":"#"');
    const value = { name: "a", children: [{ name: "b", children: [], twin: { name: "c", children: [] } }] };
    expect(strict.decode(strict.encode(value))).toEqual(value);
    expect(node.safeParse(strict.decode(fill(strict.json))).success).toBe(true);
  });
  it("works below the root and between two schemas", () => {
    type Json = string | Json[];
    const json: z.ZodType<Json> = z.lazy(() => z.union([z.string(), z.array(json)]));
    for (const schema of [json, z.object({ left: node, right: json })]) {
      const strict = strictSchema(schema);
      expect(breaches(strict.json, anthropicRules)).toEqual([]);
      expect(schema.safeParse(strict.decode(fill(strict.json))).success).toBe(true);
    }
    expect(strictSchema(json).decode({ answer: ["a", ["b"]] })).toEqual(["a", ["b"]]);
  });
  it("is not seen in a schema that is only used twice", () => {
    const age = z.int().meta({ id: "age" });
    expect(strictSchema(z.object({ a: age, b: age })).recursive).toBe(false);
  });
});

describe("what strict modes have no word for", () => {
  const back = (schema: z.ZodType, wire: unknown): unknown => strictSchema(schema).decode(wire);
  it("travels as entries, places or JSON text", () => {
    const schema = z.object({
      scores: z.record(z.string(), z.number()),
      at: z.tuple([z.number(), z.string()]),
      any: z.unknown(),
    });
    const value = { scores: { lisa: 1, __proto: 2 }, at: [1, "x"], any: { deep: [1] } };
    const strict = strictSchema(schema);
    expect(strict.encode(value)).toEqual({
      scores: [
        { key: "lisa", value: 1 },
        { key: "__proto", value: 2 },
      ],
      at: { item1: 1, item2: "x" },
      any: '{"deep":[1]}',
    });
    expect(strict.decode(strict.encode(value))).toEqual(value);
  });
  it("is understood as well when a server did not hold the model to it", () => {
    const schema = z.object({
      scores: z.record(z.string(), z.number()),
      at: z.tuple([z.number(), z.string()]),
      any: z.unknown(),
    });
    const plain = { scores: { lisa: 1 }, at: [1, "x"], any: { deep: [1] } };
    expect(back(schema, plain)).toEqual(plain);
    expect(back(z.array(z.string()), ["a"])).toEqual(["a"]);
  });
  it("gives a record with known keys its properties", () => {
    expect(strictSchema(z.partialRecord(z.enum(["a", "b"]), z.number())).json).toMatchObject({
      properties: { a: { type: ["number", "null"] }, b: { type: ["number", "null"] } },
    });
  });
  it("keeps further properties of a stated kind beside the known ones", () => {
    const schema = z.object({ name: z.string(), others: z.string() }).catchall(z.number());
    const strict = strictSchema(schema);
    const value = { name: "x", others: "y", size: 3 };
    expect(strict.encode(value)).toEqual({ name: "x", others: "y", others_: [{ key: "size", value: 3 }] });
    expect(strict.decode(strict.encode(value))).toEqual(value);
  });
  it("never lets a key become a prototype", () => {
    const wire = JSON.parse('{"answer":[{"key":"__proto__","value":{"polluted":1}}]}');
    const value = back(z.record(z.string(), z.unknown()), wire) as Record<string, unknown>;
    expect(value["polluted"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
  it("fills in the null that a grammar without `required` left out, but makes no answer of one that tells nothing", () => {
    const schema = z.object({ age: z.number().nullable(), name: z.string().optional() });
    expect(back(schema, { name: "Lisa" })).toEqual({ age: null, name: "Lisa" });
    for (const nothing of [{}, { weather: "fine" }]) expect(back(schema, nothing)).toEqual(nothing);
  });
});

describe("a union without a mark of its kind", () => {
  const tally = z.record(z.string(), z.number());
  const schema = z.array(
    z.union([z.object({ a: z.string().optional(), b: tally.optional() }), z.object({ a: z.string(), c: tally })]),
  );
  const strict = strictSchema(schema);
  it("takes the branch that fits exactly", () => {
    const value = [{ a: "x", c: { n: 1 } }, { b: { n: 2 } }, { a: "y" }];
    expect(strict.decode(strict.encode(value))).toEqual(value);
  });
  it("takes the nearest one when a server held the model to less", () => {
    const wire = { answer: [{ a: "x", c: [{ key: "n", value: 1 }], extra: true }] };
    expect(schema.parse(strict.decode(wire))).toEqual([{ a: "x" }]);
    expect(schema.parse(strict.decode({ answer: [{ b: [{ key: "n", value: 1 }] }] }))).toEqual([{ b: { n: 1 } }]);
  });
  it("keeps what is said about it, and never beside a reference", () => {
    const known = z.object({
      next: node.optional().describe("The one after."),
      note: z.string().optional().describe("A note."),
    });
    expect(strictSchema(known).json.properties).toMatchObject({
      note: { type: ["string", "null"], description: "A note." },
    });
    expect(breaches(strictSchema(known).json, googleRules)).toEqual([]);
  });
});

describe("limits", () => {
  const schema = z.object({ score: z.int().min(0).max(9), word: z.string().max(5), list: z.array(z.int()).length(2) });
  it("are keywords where they are understood, words where not", () => {
    expect(strictSchema(schema, { bounds: true }).json.properties).toMatchObject({
      score: { type: "integer", minimum: 0, maximum: 9 },
      list: { minItems: 2, maxItems: 2 },
    });
    expect(strictSchema(schema).json.properties).toEqual({
      score: { type: "integer", description: "(at least 0, at most 9)" },
      word: { type: "string", description: "(at most 5 characters)" },
      list: { type: "array", description: "(at least 2 items, at most 2 items)", items: { type: "integer" } },
    });
  });
});

describe("a cache", () => {
  it("computes once a schema object, for its owner", () => {
    const strictOf = createStrictSchemas();
    const schema = z.object({ a: z.string() });
    expect(strictOf(schema)).toBe(strictOf(schema));
    expect(createStrictSchemas()(schema)).not.toBe(strictOf(schema));
  });
});
