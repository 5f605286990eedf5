import fc from "fast-check";
import { z } from "zod";

/** A zod schema together with values that are valid for it. */
export interface Sample {
  readonly schema: z.ZodType;
  readonly value: fc.Arbitrary<unknown>;
  /** There is no other value than null. */
  readonly onlyNull?: true;
}

const text = fc.string({ unit: "grapheme", maxLength: 8 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => (Object.is(each, -0) ? 0 : each));
const key = fc.oneof(fc.constantFrom("type", "answer", "others", "item1", "key", "value", "name"), text);

const leaves: fc.Arbitrary<Sample> = fc.oneof(
  fc.constant({ schema: z.string(), value: text }),
  fc.constant({ schema: z.number(), value: number }),
  fc.constant({ schema: z.int().min(0).max(9), value: fc.integer({ min: 0, max: 9 }) }),
  fc.constant({ schema: z.boolean(), value: fc.boolean() }),
  fc.constant({ schema: z.null(), value: fc.constant(null), onlyNull: true as const }),
  fc.constant({ schema: z.enum(["p", "q", "r"]), value: fc.constantFrom("p", "q", "r") }),
  fc.constant({ schema: z.literal(["a", 1, true, null]), value: fc.constantFrom("a", 1, true, null) }),
  fc.constant({
    schema: z
      .string()
      .min(1)
      .max(3)
      .regex(/^[ab]+$/),
    value: fc.constantFrom("a", "ab", "bbb"),
  }),
  fc.constant({ schema: z.iso.date(), value: fc.constant("2026-11-23") }),
  fc.constant({
    schema: z.unknown(),
    value: fc.jsonValue({ maxDepth: 2 }).map((each) => JSON.parse(JSON.stringify(each))),
  }),
);

const listOf = ({ schema, value }: Sample): Sample => ({
  schema: z.array(schema).max(3),
  value: fc.array(value, { maxLength: 3 }),
});

const nullableOf = ({ schema, value, ...rest }: Sample): Sample => ({
  schema: schema.nullable(),
  value: fc.option(value),
  ...rest,
});

const recordOf = ({ schema, value }: Sample): Sample => ({
  schema: z.record(z.string(), schema),
  value: fc.dictionary(
    text.filter((name) => name !== "__proto__"),
    value,
    { maxKeys: 3, noNullPrototype: true },
  ),
});

const tupleOf = ([one, two]: readonly [Sample, Sample]): Sample => ({
  schema: z.tuple([one.schema, two.schema]),
  value: fc.tuple(one.value, two.value),
});

/** Properties, some of them optional: then with a value that is no null, since null would mean the same as absent. */
function objectOf(fields: readonly (readonly [string, Sample, boolean])[]): Sample {
  const usable = fields
    .filter(([name]) => name !== "__proto__")
    .map(([name, sample, optional]) => [name, sample, optional && sample.onlyNull !== true] as const);
  const shape = Object.fromEntries(
    usable.map(([name, { schema }, optional]) => [name, optional ? schema.optional() : schema]),
  );
  const values = Object.fromEntries(
    usable.map(([name, { value }, optional]) => [name, optional ? value.filter((each) => each !== null) : value]),
  );
  const requiredKeys = usable.flatMap(([name, { schema }, optional]) =>
    optional && !schema.safeParse(null).success ? [] : [name],
  );
  return { schema: z.object(shape), value: fc.record(values, { requiredKeys, noNullPrototype: true }) };
}

/** One of several kinds, told apart by `type`. */
function kindsOf(kinds: readonly (readonly [string, Sample])[]): Sample {
  const options = kinds.map(([name, { schema }]) => z.object({ type: z.literal(name), content: schema }));
  const [first, ...rest] = options;
  if (first === undefined) throw new Error("At least one kind is needed.");
  return {
    schema: z.discriminatedUnion("type", [first, ...rest]),
    value: fc.oneof(...kinds.map(([name, { value }]) => value.map((content) => ({ type: name, content })))),
  };
}

/** Schemas of all kinds, some levels deep, with their values. */
export const samples: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    tie("sample").map(listOf),
    tie("sample").map(nullableOf),
    tie("sample").map(recordOf),
    fc.tuple(tie("sample"), tie("sample")).map(tupleOf),
    fc
      .uniqueArray(fc.tuple(key, tie("sample"), fc.boolean()), { selector: ([name]) => name, maxLength: 4 })
      .map(objectOf),
    fc
      .uniqueArray(fc.tuple(text, tie("sample")), { selector: ([name]) => name, minLength: 1, maxLength: 3 })
      .map(kindsOf),
  ),
})).sample;
