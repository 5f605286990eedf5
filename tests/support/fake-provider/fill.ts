// biome-ignore lint/suspicious/noExplicitAny: any JSON schema
type Schema = any;

/** A value that fits a JSON schema: the first option, the least number, one item a list, few recursions. */
export function fill(schema: Schema, root: Schema = schema, depth = 0): unknown {
  if (schema.$ref !== undefined) return fill(resolve(schema.$ref, root), root, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) {
    const nothing = branches.some((branch: Schema) => branch.type === "null");
    return depth > 2 && nothing ? null : fill(branches[0], root, depth);
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, property]) => [key, fill(property, root, depth)]),
      );
    case "array":
      return depth > 2 ? [] : Array.from({ length: schema.minItems ?? 1 }, () => fill(schema.items, root, depth));
    case "string":
      return "text";
    case "number":
    case "integer":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    default:
      return null;
  }
}

function resolve(pointer: string, root: Schema): Schema {
  return pointer
    .split("/")
    .slice(1)
    .reduce((place, key) => place?.[key], root);
}
