import { anythingShape, type JsonSchema, orNull, type Shape, type Side, type Workshop } from "./shape.ts";

/** One of several shapes; on the way there and back the first that fits is taken. */
export function unionShape(schema: JsonSchema, workshop: Workshop): Shape {
  const branches = (schema.anyOf ?? schema.oneOf ?? []).map((branch) => workshop.shapeOf(branch));
  if (branches.some((branch) => branch.anything === true)) return anythingShape(schema.description);
  const possible = branches.filter((branch) => branch.nothing !== true);
  const best = (value: unknown, side: Side): Shape | undefined =>
    possible.find((branch) => branch.fits(value, side, true)) ??
    possible.find((branch) => branch.fits(value, side, false));
  return {
    json: unionJson(possible, schema.description),
    get nullable() {
      return possible.some((branch) => branch.nullable);
    },
    encode: (plain) => best(plain, "plain")?.encode(plain) ?? plain,
    decode: (wire) => {
      const branch = best(wire, "wire");
      return branch === undefined ? wire : branch.decode(wire);
    },
    fits: (value, side, exact) => possible.some((branch) => branch.fits(value, side, exact)),
  };
}

function unionJson(branches: readonly Shape[], description: string | undefined): JsonSchema {
  const note = description === undefined ? {} : { description };
  const flat = branches.flatMap(({ json }) => (json.anyOf === undefined ? [json] : json.anyOf));
  const unique = [...new Map(flat.map((json) => [JSON.stringify(json), json])).values()];
  const others = unique.filter((json) => json.type !== "null");
  const [only] = others;
  if (others.length !== 1 || only === undefined) return { anyOf: unique, ...note };
  return unique.length === 1 ? { ...only, ...note } : orNull({ ...only, ...note });
}
