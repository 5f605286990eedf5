import type { Context } from "../../kernel/contracts/context.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { checkConsent } from "../../persona/origin/consent.ts";
import type { Consent, Origin } from "../../persona/origin/origin.ts";
import { TinyPersonFactory } from "../factory.ts";
import type { GeneratedPerson, GeneratePeopleOptions } from "../generation/people.ts";
import type { MicrodataRow } from "../microdata/rows.ts";

/** How a row of a survey becomes a person. */
export interface FromRowOptions
  extends Pick<GeneratePeopleOptions, "specification" | "about" | "depth" | "taken" | "temperature" | "signal"> {
  /** What the person is called; a name from lists that are offline, unless told. */
  readonly name?: string;
  /** What whoever answered agreed to. */
  readonly consent: Consent;
  /** Where the row is from: a survey, a file. */
  readonly source: string;
}

/**
 * A person from a row of a survey, written as one who was drawn: columns that are dimensions of the specification, or
 * keys of a persona, have their places there, and the others are facts in words; empty cells say nothing. Throws
 * CONSENT_MISSING, OPTION_INVALID for an empty row, and as `TinyPersonFactory.generatePeople`.
 * @example
 * const row = { age: 44, sex: "female", "commutes by": "tram" };
 * const consent = { given: true, scope: "simulated interviews" };
 * const { persona } = await personaFromRow(context, row, { name: "Ana Reis", consent, source: "pilot.csv" });
 */
export async function personaFromRow(
  context: Context,
  row: MicrodataRow,
  { name, consent, source, ...options }: FromRowOptions,
): Promise<GeneratedPerson & { readonly origin: Origin }> {
  const origin: Origin = { kind: "survey", source, consent };
  checkConsent(origin, name ?? "this person");
  const values = valuesOf(row);
  const id = digestJson({ values, name: name ?? null }).slice(0, 16);
  const factory = new TinyPersonFactory(context, { name: `row:${id}` });
  const [result] = await factory.generatePeople([{ id, values, weight: 1 }], {
    ...options,
    ...(name !== undefined && { names: [name] }),
  });
  if (result === undefined || "error" in result) throw new TypeError("One draw has one person, or an error is thrown.");
  return { ...result, origin };
}

/** The cells of a row that say something; numbers in words, as files have them, are numbers. */
export function valuesOf(row: MicrodataRow): Readonly<Record<string, string | number>> {
  const told = Object.entries(row).flatMap(([column, cell]) => {
    const text = String(cell ?? "").trim();
    const value = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(text) ? Number(text) : text;
    return text === "" || text === "NaN" ? [] : [[column, value] as const];
  });
  if (told.length > 0) return Object.fromEntries(told);
  throw new TinyTroupeError("OPTION_INVALID", "The row has no value.", {
    data: { option: "row" },
    hint: 'Give values by column, as in { age: 44, sex: "female" }.',
  });
}
