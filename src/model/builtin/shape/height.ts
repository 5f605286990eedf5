import type { Shape } from "./shape.ts";

/** Finds the height of each shape's smallest value: the least fixed point, reached from above. */
export function measureHeights(shapes: readonly Shape[]): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const shape of shapes) {
      const height = leastHeight(shape);
      if (height < shape.height) {
        shape.height = height;
        changed = true;
      }
    }
  }
}

function leastHeight(shape: Shape): number {
  const { body } = shape;
  switch (body.kind) {
    case "nothing":
      return Number.POSITIVE_INFINITY;
    case "maybe":
      return 0;
    case "union":
      return Math.min(...body.options.map((option) => option.height));
    case "promise":
    case "written":
      return body.inner.height;
    case "template":
      return tallest(body.parts.filter((part): part is Shape => typeof part !== "string"));
    case "list":
      return body.min === 0 ? 1 : 1 + body.element.height;
    case "tuple":
      return 1 + tallest(body.items);
    case "object":
      return 1 + tallest(body.fields.map((field) => field.shape));
    case "record": {
      const empty = body.min === 0 && !(body.complete && body.key.body.kind === "choice");
      return empty ? 1 : 1 + Math.max(body.key.height, body.value.height);
    }
    case "choice":
      return body.options.length === 0 ? Number.POSITIVE_INFINITY : 0;
    default:
      return 0;
  }
}

const tallest = (shapes: readonly Shape[]): number => Math.max(0, ...shapes.map((shape) => shape.height));
