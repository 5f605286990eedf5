import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";

const model = createBuiltin();
const ask = async <T>(schema: z.ZodType<T>, seed = 1): Promise<T> =>
  (
    await model.generate({
      messages: [{ role: "user", content: "Fill this." }],
      schema,
      purpose: "other",
      scope: "t",
      seed,
    })
  ).value;

/** Every schema here is filled for several seeds; `generate` itself refuses what does not parse, so it must not throw. */
const schemas: Record<string, z.ZodType> = {
  text: z.string(),
  "text with length": z.string().min(30).max(40),
  "text within narrow bounds": z.string().min(50).max(60),
  "long text": z.string().min(5_000),
  "one character": z.string().length(1),
  "empty text": z.string().max(0),
  regex: z.string().regex(/^[A-Z]{3}-\d{4}(?:-[a-f]+)?$/),
  "regex with lookahead": z.string().regex(/^(?=.*\d)[a-z\d]{6,8}$/),
  "regex and length": z
    .string()
    .regex(/^[a-z]+$/)
    .min(20)
    .max(22),
  "regex with a back reference": z.string().regex(/^(ab|cd)-\1$/),
  affixes: z.string().startsWith("ID-").endsWith("!").includes("mid"),
  "upper case": z.string().toUpperCase().min(3),
  lowercase: z.string().lowercase(),
  uppercase: z.string().uppercase(),
  trimmed: z.string().trim().min(1),
  email: z.email(),
  "old email": z.string().email().max(20),
  "long email": z.email().min(40),
  url: z.url(),
  "http url": z.httpUrl(),
  "https url": z.url({ protocol: /^https$/, hostname: /^example\.com$/ }),
  uuid: z.uuid(),
  uuidv7: z.uuidv7(),
  guid: z.guid(),
  nanoid: z.nanoid(),
  cuid: z.cuid(),
  cuid2: z.cuid2(),
  ulid: z.ulid(),
  xid: z.xid(),
  ksuid: z.ksuid(),
  ipv4: z.ipv4(),
  ipv6: z.ipv6(),
  mac: z.mac(),
  cidrv4: z.cidrv4(),
  cidrv6: z.cidrv6(),
  base64: z.base64(),
  base64url: z.base64url(),
  e164: z.e164(),
  jwt: z.jwt(),
  emoji: z.emoji(),
  creditCard: z.creditCard(),
  iban: z.iban(),
  currency: z.currencyCode(),
  hostname: z.hostname(),
  hex: z.hex(),
  sha256: z.hash("sha256"),
  date: z.iso.date(),
  time: z.iso.time(),
  "time to the minute": z.iso.time({ precision: -1 }),
  datetime: z.iso.datetime(),
  "datetime with offset": z.iso.datetime({ offset: true, precision: 3 }),
  "local datetime": z.iso.datetime({ local: true }),
  duration: z.iso.duration(),
  number: z.number(),
  "number in a range": z.number().min(0.25).max(0.3),
  "open range": z.number().gt(0).lt(1),
  "very narrow": z.number().gt(1).lt(1.0001),
  integer: z.int().min(-3).max(3),
  "one integer": z.int().gt(4).lt(6),
  multiple: z.number().multipleOf(0.1).min(0.05).max(1),
  "integer multiple": z.int().multipleOf(7).min(50).max(60),
  int32: z.int32(),
  uint32: z.uint32(),
  float32: z.float32(),
  "far from zero": z.number().min(1e12),
  positive: z.number().positive(),
  negative: z.int().negative(),
  bigint: z.bigint().min(10n).max(12n),
  int64: z.int64(),
  boolean: z.boolean(),
  stringbool: z.stringbool(),
  null: z.null(),
  undefined: z.undefined(),
  nan: z.nan(),
  "date object": z.date().min(new Date("2024-01-01")).max(new Date("2024-02-01")),
  "coerced date": z.coerce.date(),
  "coerced number": z.coerce.number().min(3),
  enum: z.enum(["red", "green"]),
  "numeric enum": z.enum({ Low: 1, High: 2 }),
  literals: z.literal(["a", 2, null, true]),
  union: z.union([z.string(), z.number(), z.object({ a: z.boolean() })]),
  "exclusive union": z.xor([z.string(), z.number()]),
  "discriminated union": z.discriminatedUnion("type", [
    z.object({ type: z.literal("A"), x: z.number() }),
    z.object({ type: z.enum(["B", "C"]), y: z.string() }),
  ]),
  array: z.array(z.string()).min(4).max(6),
  "array of a length": z.array(z.int()).length(3),
  "array of nothing": z.array(z.never()),
  tuple: z.tuple([z.string(), z.number().optional()]),
  "tuple with rest": z.tuple([z.string()], z.int()),
  record: z.record(z.string(), z.number()),
  "record by enum": z.record(z.enum(["a", "b"]), z.string()),
  "partial record": z.partialRecord(z.enum(["a", "b"]), z.string()),
  "record by pattern": z.record(z.string().regex(/^k\d+$/), z.boolean()),
  "loose record": z.looseRecord(z.string().regex(/^k/), z.number()),
  map: z.map(z.string(), z.int()),
  set: z.set(z.int()).min(2).max(3),
  "set of few": z.set(z.enum(["a", "b"])).min(2),
  "strict object": z.strictObject({ a: z.string(), b: z.number().optional() }),
  "loose object": z.looseObject({ a: z.string() }),
  "catch-all": z.object({ a: z.string() }).catchall(z.number()),
  "nullish and default": z.object({ a: z.string().nullish(), b: z.number().default(3), c: z.string().prefault("x") }),
  "exact optional": z.object({ a: z.exactOptional(z.string()) }),
  nonoptional: z.nonoptional(z.string().optional()),
  readonly: z.object({ a: z.array(z.string()) }).readonly(),
  catch: z.number().catch(3),
  intersection: z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })),
  "intersection of the same": z
    .object({ a: z.int().min(3) })
    .and(z.object({ a: z.int().max(5), b: z.string().optional() })),
  "intersection with a union": z
    .union([z.object({ a: z.literal(1) }), z.object({ a: z.literal(2) })])
    .and(z.object({ b: z.string() })),
  transform: z.string().transform((text) => text.length),
  pipe: z.string().transform(Number).pipe(z.number().min(3).max(7)),
  preprocess: z.preprocess((value) => String(value), z.string().min(2)),
  codec: z.codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  }),
  "throwing transform": z.string().transform((text) => JSON.parse(text) as unknown),
  template: z.templateLiteral(["v", z.int().min(0), ".", z.enum(["alpha", "beta"])]),
  "even number": z
    .int()
    .min(0)
    .max(100)
    .refine((value) => value % 2 === 0),
  "rare number": z
    .int()
    .min(0)
    .max(20)
    .refine((value) => value === 13),
  "ordered pair": z
    .object({ low: z.int().min(0).max(9), high: z.int().min(0).max(9) })
    .refine((pair) => pair.low < pair.high),
  "text with a digit": z.string().refine((text) => /\d/.test(text)),
  "asynchronous refinement": z
    .int()
    .min(0)
    .max(9)
    .refine(async (value) => value > 4),
  "distinct items": z
    .array(z.int().min(0).max(9))
    .min(3)
    .refine((items) => new Set(items).size === items.length),
  promise: z.promise(z.string()),
  any: z.any(),
  unknown: z.unknown(),
  json: z.json(),
  file: z.file().min(10).mime("image/png"),
  custom: z.custom<number>((value) => typeof value === "number"),
  "deep object": z.object({
    a: z.object({
      b: z.object({
        c: z.object({ d: z.object({ e: z.object({ f: z.object({ g: z.object({ h: z.string().optional() }) }) }) }) }),
      }),
    }),
  }),
};

describe("builtin fills any schema", () => {
  it.each(Object.entries(schemas))("%s", async (_name, schema) => {
    for (let seed = 0; seed < 12; seed++) {
      const again = await schema.safeParseAsync(await ask(schema, seed));
      const reads = schema instanceof z.ZodPipe || schema instanceof z.ZodPromise || again.success;
      expect(reads, JSON.stringify(again.error?.issues)).toBe(true);
    }
  });

  it("recursive ones by getter, by lazy and mutually, in finite trees of varied size", async () => {
    const Category = z.object({
      name: z.string(),
      get children(): z.ZodArray<typeof Category> {
        return z.array(Category);
      },
    });
    type Tree = { value: number; left?: Tree | undefined; right: Tree | null };
    const Tree: z.ZodType<Tree> = z.lazy(() =>
      z.object({ value: z.int(), left: Tree.optional(), right: Tree.nullable() }),
    );
    const Person = z.object({
      name: z.string(),
      get employer() {
        return Company.optional();
      },
    });
    const Company = z.object({ title: z.string(), staff: z.array(Person).min(1) });
    const sizes = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      sizes.add(JSON.stringify(await ask(Category, seed)).length);
      await ask(Tree, seed);
      await ask(Company, seed);
      await ask(z.json(), seed);
    }
    expect(sizes.size).toBeGreaterThan(4);
    expect(Math.max(...sizes)).toBeLessThan(60_000);
  });

  it("chains and bushes to a depth that can be read", async () => {
    const Chain = z.object({
      get next() {
        return Chain.optional();
      },
    });
    const Bush = z.object({
      get a() {
        return z.array(Bush);
      },
      get b() {
        return z.array(Bush);
      },
      get c() {
        return z.array(Bush);
      },
      get d() {
        return z.array(Bush);
      },
    });
    for (let seed = 0; seed < 60; seed++) {
      const chain = JSON.stringify(await ask(Chain, seed));
      expect(chain.split("next").length).toBeLessThan(12);
      expect(JSON.stringify(await ask(Bush, seed)).length).toBeLessThan(30_000);
    }
  });

  it("intersections of recursive ones", async () => {
    const A = z.object({
      a: z.string(),
      get next() {
        return A.optional();
      },
    });
    const B = z.object({
      b: z.string(),
      get next() {
        return B.optional();
      },
    });
    expect(await ask(z.intersection(A, B) as unknown as z.ZodType)).toMatchObject({
      a: expect.any(String),
      b: expect.any(String),
    });
  });

  it("those of zod/mini", async () => {
    const schema = mini.object({
      a: mini.optional(mini.string()),
      b: mini.array(mini.number()).check(mini.minLength(2)),
    });
    expect(mini.safeParse(schema, await ask(schema as unknown as z.ZodType)).success).toBe(true);
  });

  it("says MODEL_INVALID instead of passing on what is not valid", async () => {
    const impossible: z.ZodType[] = [
      z.never(),
      z.string().refine(() => false, "cannot be"),
      z.number().min(3).max(2),
      z.object({
        get self() {
          return impossible[3] as z.ZodType;
        },
      }),
      z.string().regex(/^a$/).regex(/^b$/),
      z.instanceof(RegExp),
    ];
    for (const schema of impossible)
      await expect(ask(schema)).rejects.toMatchObject({
        code: "MODEL_INVALID",
        hint: expect.stringContaining("language model"),
      });
  });

  it("keeps a field called __proto__ harmless", async () => {
    const value = await ask(z.record(z.enum(["__proto__", "a"]), z.object({ polluted: z.literal(true) })));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

const leaf = fc.oneof(
  fc.constantFrom<z.ZodType>(z.boolean(), z.string(), z.email(), z.iso.date(), z.uuid(), z.null(), z.number(), z.int()),
  fc.tuple(fc.nat(40), fc.nat(40)).map(([min, more]) =>
    z
      .string()
      .min(min)
      .max(min + more),
  ),
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(30)).map(([min, more]) =>
    z
      .int()
      .min(min)
      .max(min + more),
  ),
  fc
    .tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: 0.01, max: 9, noNaN: true }))
    .map(([min, more]) =>
      z
        .number()
        .min(min)
        .max(min + more),
    ),
  fc.constantFrom(0.5, 3, 0.25, 10).map((step) => z.number().multipleOf(step)),
  fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 5 })
    .map((names) => z.enum(names as [string])),
  fc.stringMatching(/^[a-z]{1,5}$/).map((text) => z.literal(text)),
);
const key = fc.stringMatching(/^[a-zA-Z_]{1,10}$/);
const { schema: generated } = fc.letrec<{ schema: z.ZodType }>((tie) => {
  const inner = tie("schema");
  return {
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.dictionary(key, inner, { maxKeys: 5 }).map((shape) => z.object(shape)),
      fc.dictionary(key, inner, { maxKeys: 5 }).map((shape) => z.strictObject(shape).partial()),
      fc.tuple(inner, fc.nat(3), fc.nat(3)).map(([item, min, more]) =>
        z
          .array(item)
          .min(min)
          .max(min + more),
      ),
      fc.array(inner, { minLength: 1, maxLength: 4 }).map((items) => z.tuple(items as [z.ZodType])),
      fc.array(inner, { minLength: 1, maxLength: 4 }).map((options) => z.union(options as [z.ZodType])),
      inner.map((schema) => schema.nullable()),
      inner.map((schema) => schema.optional()),
      inner.map((schema) => z.record(z.string(), schema)),
      inner.map((schema) => z.lazy(() => schema)),
      fc
        .array(inner, { minLength: 1, maxLength: 3 })
        .map((inners) =>
          z.discriminatedUnion(
            "type",
            inners.map((value, index) => z.object({ type: z.literal(`T${index}`), value })) as unknown as [z.ZodObject],
          ),
        ),
    ),
  };
});

describe("builtin fills generated schemas", () => {
  it("validly, the same for the same seed", async () => {
    await fc.assert(
      fc.asyncProperty(generated, fc.nat(), async (schema, seed) => {
        const value = await ask(schema, seed);
        expect(schema.safeParse(value).success).toBe(true);
        expect(await ask(schema, seed)).toEqual(value);
      }),
      { numRuns: 400 },
    );
  });
});
