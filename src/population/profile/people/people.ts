import { isRecord } from "../../../persona/plain-data.ts";
import type { Draw } from "../../draw.ts";
import { type NormalPersona, normalPersona } from "./normal.ts";

/** Somebody of a population: who they are, how many they stand for, and what was drawn of them. */
export interface Member {
  /** The id of the manifest, or the place among those that were given, from 1. */
  readonly id: string;
  readonly name: string;
  readonly persona: NormalPersona;
  /** How many people of the target this one stands for; 1 where nobody says so. */
  readonly weight: number;
  readonly draw?: Draw["values"];
}

/** People to look at, and who of those that were given could not be read. */
export interface Members {
  readonly people: readonly Member[];
  readonly remarks: readonly string[];
}

/**
 * People from personas of any shape, alone or as `{ persona, id, weight, draw }`, the `draw` whole or its values.
 * @example
 * membersOf([{ name: "Ann" }, 7]).remarks; // => ["2 is no persona and was left out"]
 */
export function membersOf(given: readonly unknown[]): Members {
  const remarks: string[] = [];
  const people = given.flatMap((value, index): readonly Member[] => {
    const persona = normalPersona(value);
    if (persona === undefined || Object.keys(persona).length === 0) {
      remarks.push(`${index + 1} is no persona and was left out`);
      return [];
    }
    const { id, weight, draw } = besides(value);
    const { name } = persona;
    return [
      {
        id: id ?? String(index + 1),
        name: typeof name === "string" && name !== "" ? name : `(no name, ${id ?? index + 1})`,
        persona,
        weight: weight ?? 1,
        ...(draw && { draw }),
      },
    ];
  });
  return { people, remarks };
}

function besides(value: unknown): Partial<Pick<Member, "id" | "weight" | "draw">> {
  if (!isRecord(value) || !isRecord(value["persona"])) return {};
  const { id, draw } = value;
  const drawn = isRecord(draw) && isRecord(draw["values"]) ? draw["values"] : draw;
  const weight = value["weight"] ?? (isRecord(draw) ? draw["weight"] : undefined);
  return {
    ...(typeof id === "string" && { id }),
    ...(typeof weight === "number" && Number.isFinite(weight) && weight >= 0 && { weight }),
    ...(isRecord(drawn) && { draw: drawn as Draw["values"] }),
  };
}
