import type { PersonId } from "../../values/ids.ts";

/** What somebody is to another: `to` is the `type` of `from`, as in their sister or their colleague. */
export interface Relation {
  readonly from: PersonId;
  readonly to: PersonId;
  readonly type: string;
  /** How strong it is, above 0; 1 is the plain one. */
  readonly weight: number;
}

/** People and how they stand to each other, for whoever measures it. */
export interface SocialGraph {
  readonly people: readonly { readonly id: PersonId; readonly name: string }[];
  /** One for each direction and type. */
  relations(): Iterable<Relation>;
}

/** A relation that came about, changed its weight or, with weight 0, ended. */
export interface RelationChange extends Relation {
  /** Its weight before; 0 when it came about. */
  readonly before: number;
}
