import { core, type FieldShape, type Shape } from "../../shape/shape.ts";
import { planKinds } from "../plan.ts";
import { type Work, workWith } from "./work.ts";

/** One kind of action that a schema offers. */
export interface Kind {
  readonly type: string;
  /** The field that says which kind it is. */
  readonly mark: string;
  readonly description: string;
}

/** What can be done in a turn, as the schema of the answer has it. */
export interface Offer {
  readonly kinds: readonly Kind[];
  /** By their names in capitals. */
  readonly byType: ReadonlyMap<string, Kind>;
  readonly types: ReadonlySet<string>;
  /** What actions that belong together are for. */
  readonly works: readonly Work[];
  /** Nobody talks where they write instead. */
  readonly talks: boolean;
  /** What is done after talking. */
  readonly afterTalk: ReadonlySet<string>;
  /** What nobody does in every world, and belongs to no others. */
  readonly others: readonly Kind[];
}

const everywhere = new Set(["TALK", "THINK", "REACH_OUT", "DONE", "HOLD", ...planKinds]);

/** What schemas offer, each read once: a crowd has the same. */
export function createOffers(): (shape: Shape) => Offer {
  const known = new WeakMap<Shape, Offer>();
  return (shape) => {
    const offer = known.get(shape) ?? offerOf(shape);
    known.set(shape, offer);
    return offer;
  };
}

function offerOf(shape: Shape): Offer {
  const { body } = core(shape);
  const kinds = body.kind === "object" ? kindsIn(body.fields) : [];
  const types = new Set(kinds.map(({ type }) => type));
  const works = workWith(types);
  const isOther = ({ type }: Kind): boolean =>
    !everywhere.has(type.toUpperCase()) && !works.some((work) => work.kinds.has(type));
  return {
    ...{ kinds, types, works },
    byType: new Map(kinds.map((kind) => [kind.type.toUpperCase(), kind])),
    talks: works.every((work) => !work.insteadOfTalk),
    afterTalk: new Set(works.flatMap((work) => (work.afterTalk ? [...work.kinds] : []))),
    others: kinds.filter(isOther),
  };
}

/** The kinds of actions of the first list of the answer that has kinds. */
function kindsIn(fields: readonly FieldShape[]): Kind[] {
  for (const field of fields) {
    const { body } = core(field.shape);
    const item = body.kind === "list" ? core(body.element) : core(field.shape);
    const options = item.body.kind === "union" ? item.body.options : [item];
    const kinds = options.flatMap((option) => kindsOf(core(option)));
    if (kinds.some((kind) => everywhere.has(kind.type.toUpperCase()))) return kinds;
  }
  return [];
}

function kindsOf(option: Shape): Kind[] {
  const { body, description = "" } = option;
  if (body.kind !== "object") return [];
  const mark = body.fields.find((field) => ["type", "action", "kind", "name"].includes(field.name));
  if (mark === undefined) return [];
  const inner = core(mark.shape).body;
  if (inner.kind === "text") return [...everywhere].map((type) => ({ type, mark: mark.name, description }));
  return inner.kind === "choice"
    ? inner.options.map((type) => ({ type: String(type), mark: mark.name, description }))
    : [];
}
