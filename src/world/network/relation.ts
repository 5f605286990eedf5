import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { Bond } from "./bonds.ts";

/** Which relation is meant, and how strong it is. */
export interface RelationOptions {
  /** What the other is: `sister`, `colleague`. Default `acquaintance`. */
  readonly type?: string;
  /** Above 0. Default 1. */
  readonly weight?: number;
}

/** A relation as it is put down: people in person, by id, by name or a part of it that means one person only. */
export interface RelationGiven<P> extends RelationOptions {
  readonly from: P | string;
  readonly to: P | string;
}

/** A network as data. */
export interface SavedNetwork {
  readonly people: readonly { readonly id: PersonId; readonly name: string }[];
  /** `from`, `to`, type and weight of each. */
  readonly relations: readonly (readonly [from: PersonId, to: PersonId, type: string, weight: number])[];
}

/** The most characters that a type has. */
export const longestType = 100;

/** OPTION_INVALID for a type or a weight that is none. */
export function checkedBond({ type = "acquaintance", weight = 1 }: RelationOptions): Bond {
  if (type.trim() === "" || type.length > longestType) {
    throw new TinyTroupeError(
      "OPTION_INVALID",
      `${JSON.stringify(type.slice(0, longestType))} is no type of relation.`,
      {
        data: { option: "type", value: type },
        hint: `Say in at most ${longestType} characters what the other is, as in 'sister'.`,
      },
    );
  }
  if (Number.isFinite(weight) && weight > 0) return { type: type.trim(), weight };
  throw new TinyTroupeError("OPTION_INVALID", `${weight} is no weight of a relation.`, {
    data: { option: "weight", value: weight },
    hint: "Give a number above 0, or remove the relation.",
  });
}

export function toThemselves(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `${name} cannot be related to themselves.`, {
    data: { option: "to", value: name },
    hint: "Name two different people.",
  });
}
