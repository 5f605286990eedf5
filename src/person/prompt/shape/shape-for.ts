import type { ActionKind } from "../../../kernel/contracts/faculty.ts";
import type { ModelLimits } from "../../../kernel/contracts/model.ts";
import type { Safety } from "../../options.ts";
import { rules } from "../rules.ts";
import { fullShape } from "./full-shape.ts";
import type { PromptShape } from "./shape.ts";
import { smallRules, smallShape } from "./small-shape.ts";

export interface ShapeChoice {
  readonly kinds: readonly ActionKind[];
  readonly following: ModelLimits["following"];
  readonly safety: Safety;
  /** Given the rules; returns those that are read instead. Default: these. */
  readonly edit?: (rules: string) => string;
}

/**
 * The shape of a prompt for these kinds of actions and a model that follows so well. Equal choices give the same
 * object: what others derive from its schema and its first message is then computed once for all persons.
 */
export function shapeFor({ kinds, following, safety, edit = (rules) => rules }: ShapeChoice): PromptShape {
  const text = edit(following === "small" ? smallRules(safety) : rules(kinds, safety));
  const known = shapesOf(kinds.map((kind) => kind.args));
  const found = known.get(text);
  if (found !== undefined) return found;
  const made = following === "small" ? smallShape(text) : fullShape(kinds, text);
  known.set(text, made);
  return made;
}

interface Branch {
  readonly shapes: Map<string, PromptShape>;
  readonly next: WeakMap<object, Branch>;
}

// A memo of a pure function and nothing else: by the identity of the argument schemas, then by the rules' text. It holds
// as many entries as there are different sets of faculties, and edits of rules.
const root: Branch = { shapes: new Map(), next: new WeakMap() };

function shapesOf(schemas: readonly object[]): Map<string, PromptShape> {
  let branch = root;
  for (const schema of schemas) {
    const next = branch.next.get(schema) ?? { shapes: new Map(), next: new WeakMap() };
    branch.next.set(schema, next);
    branch = next;
  }
  return branch.shapes;
}
