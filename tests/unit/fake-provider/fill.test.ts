import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { fill } from "../../support/fake-provider/fill.ts";

const ajv = new Ajv2020({ strict: false, formats: { date: /^\d{4}-\d\d-\d\d$/, email: /@/, uuid: /^[0-9a-f-]{36}$/ } });

/** How a schema may refer to others of its document, and to itself. */
const names = ["Tree", "Leaf", "List"] as const;
const whole = fc.integer({ min: -20, max: 20 });
const count = fc.integer({ min: 0, max: 3 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const plain = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value));

const numbers = fc
  .record({
    type: fc.constantFrom("integer", "number"),
    low: maybe(whole),
    room: fc.integer({ min: 3, max: 9 }),
    bounded: fc.boolean(),
    exclusive: fc.boolean(),
    multipleOf: maybe(fc.constantFrom(1, 2, 3)),
  })
  .map(({ type, low, room, bounded, exclusive, multipleOf }) =>
    plain({
      type,
      ...(exclusive ? { exclusiveMinimum: low } : { minimum: low }),
      ...(bounded ? { [exclusive ? "exclusiveMaximum" : "maximum"]: (low ?? -30) + room + 1 } : {}),
      multipleOf,
    }),
  );
const strings = fc.oneof(
  fc
    .record({ minLength: count, room: maybe(count) })
    .map(({ minLength, room }) =>
      plain({ type: "string", minLength, maxLength: room === undefined ? undefined : minLength + room }),
    ),
  fc.constantFrom("date", "email", "uuid").map((format) => ({ type: "string", format })),
  fc.constantFrom("^[a-z]+$", "^\\d{3}$", "^#").map((pattern) => ({ type: "string", pattern })),
);
const values = fc.oneof(fc.string(), whole, fc.boolean(), fc.constant(null), fc.constant({ a: [1] }));

const { schema } = fc.letrec<{ schema: object; leaf: object }>((tie) => ({
  leaf: fc.oneof(
    numbers,
    strings,
    fc.constantFrom({ type: "boolean" }, { type: "null" }, {}, { type: ["null", "string"] }),
    values.map((value) => ({ const: value })),
    fc.uniqueArray(values, { minLength: 1, selector: (value) => JSON.stringify(value) }).map((all) => ({ enum: all })),
  ),
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    tie("schema").map((one) => ({ anyOf: [one, { type: "null" }] })),
    fc.record({ items: tie("schema"), minItems: maybe(count) }).map((list) => plain({ type: "array", ...list })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((prefixItems) => ({
      ...{ type: "array", prefixItems, items: false, minItems: prefixItems.length },
    })),
    fc
      .record({ properties: fc.dictionary(fc.constantFrom("a", "b", "c", "d"), tie("schema")), optional: count })
      .map(({ properties, optional }) => ({
        ...{ type: "object", properties, required: Object.keys(properties).slice(optional) },
        additionalProperties: false,
      })),
    fc.record({ additionalProperties: tie("schema"), minProperties: count }).map((map) => ({ type: "object", ...map })),
    fc.constantFrom(...names).map((name) => ({ $ref: `#/$defs/${name}` })),
  ),
}));

/** Any document whose own recursions all have an end. */
const documents = fc
  .record({ top: schema, tree: schema, list: schema, leaf: schema })
  .map(({ top, tree, list, leaf }) => ({
    ...top,
    $defs: {
      Tree: {
        type: "object",
        properties: { value: tree, children: { type: "array", items: { $ref: "#/$defs/Tree" } } },
        required: ["children"],
      },
      List: {
        anyOf: [
          { type: "object", properties: { next: { $ref: "#/$defs/List" }, list }, required: ["next"] },
          { type: "null" },
        ],
      },
      Leaf: { type: ["object", "null"], properties: { leaf } },
    },
  }));

it("fills whatever schema is asked for", () => {
  fc.assert(
    fc.property(documents, (document) => {
      const validate = ajv.compile(document);
      const value = JSON.parse(JSON.stringify(fill(document)));
      expect(validate(value), `${JSON.stringify(value)} ${ajv.errorsText(validate.errors)}`).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it("puts its text into every text that has the room", () => {
  const text = { type: "string" };
  const document = {
    type: "object",
    properties: { a: text, b: { anyOf: [text, { type: "null" }] }, c: { ...text, maxLength: 4 } },
  };
  expect(fill(document, { text: "mark 1234" })).toEqual({ a: "mark 1234", b: "mark 1234", c: "mark" });
});

it("takes part in all that a schema of several says, and keeps equal items apart", () => {
  const document = {
    allOf: [{ type: "object", properties: { a: { type: "integer" } }, required: ["a"] }, { $ref: "#/$defs/b" }],
    $defs: {
      b: {
        properties: { "b/~": { type: "array", uniqueItems: true, minItems: 2, items: { enum: ["x", "y"] } } },
        required: ["b/~"],
      },
    },
  };
  expect(fill(document)).toEqual({ a: 1, "b/~": ["x", "y"] });
});

it("says so when it cannot, and gives nothing that does not fit", () => {
  expect(() => fill({ type: "string", pattern: "^[A-Z]{9}\\d{9}$" })).toThrow("pattern");
  expect(() => fill({ type: "integer", minimum: 1, maximum: 2, multipleOf: 7 })).toThrow("No number");
});
