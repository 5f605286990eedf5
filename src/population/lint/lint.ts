import { setImmediate } from "node:timers/promises";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import type { Severity } from "../../persona/findings/finding.ts";
import { lintPersona } from "../../persona/lint.ts";
import { type Persona, parsePersona } from "../../persona/schema.ts";
import { degreeOf } from "../profile/measures/ordinal.ts";
import { type Member, membersOf } from "../profile/people/people.ts";
import { alike } from "./alike.ts";
import type { PopulationFinding, ReadingRow, StereotypeRow } from "./finding.ts";
import { readingFindings, readingRows } from "./reading.ts";
import { monoculture, repeatedAmongPeople } from "./repeated.ts";
import { stereotypeFindings, stereotypes } from "./stereotypes.ts";

/** What is watched. */
export interface LintOptions {
  /** Dotted places whose groups are watched for stereotypes. Default: `gender` and `nationality`. */
  readonly sensitive?: readonly string[];
  /** Told every so many people. */
  readonly onProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

/** What a careful author would look at again in a population. */
export interface PopulationLint {
  readonly simulated: true;
  readonly n: number;
  readonly findings: readonly PopulationFinding[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** Words that one group has far more often than the others, with the counts behind them. */
  readonly stereotypes: readonly StereotypeRow[];
  /** How hard each person's text reads. */
  readonly reading: readonly ReadingRow[];
}

/**
 * Looks a population over without a model: each persona by `lintPersona`, then what only shows among many: people told in
 * the same words, names, jobs and sentences that too many have, stereotypes of groups, traits that all share, texts that
 * read harder than their person's schooling. Personas may be of any shape. No findings does not mean a good population.
 * @example
 * const { findings } = await lintPopulation([{ name: "Al", age: 12, occupation: "judge" }]);
 * findings[0]?.message; // => "'judge' does not go with the age of 12"
 */
export async function lintPopulation(given: readonly unknown[], options: LintOptions = {}): Promise<PopulationLint> {
  const { sensitive = ["gender", "nationality"] } = options;
  const { people, remarks } = membersOf(given);
  const own = await ofPeople(people, options);
  const words = stereotypes(people, sensitive);
  const reading = readingRows(people);
  const findings: readonly PopulationFinding[] = [
    ...remarks.map((message) => ({ rule: "unreadable" as const, severity: "error" as const, path: "", message })),
    ...own,
    ...alike(people),
    ...repeatedAmongPeople(people),
    ...stereotypeFindings(words),
    ...monoculture(people, degreeOf),
    ...readingFindings(reading),
  ];
  const counts = { error: 0, warning: 0, hint: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return { simulated: true, n: people.length, findings, counts, stereotypes: words, reading };
}

/** So many people are looked at before others get their turn: some 100 ms. */
const atOnce = 50;

async function ofPeople(
  people: readonly Member[],
  { onProgress, signal }: LintOptions,
): Promise<readonly PopulationFinding[]> {
  const found: PopulationFinding[] = [];
  for (let begin = 0; begin < people.length; begin += atOnce) {
    signal?.throwIfAborted();
    found.push(...people.slice(begin, begin + atOnce).flatMap(ofPerson));
    onProgress?.(Math.min(people.length, begin + atOnce), people.length);
    await setImmediate();
  }
  return found;
}

function ofPerson({ id, name, persona }: Member): readonly PopulationFinding[] {
  const person = { id, name };
  const parsed = asPersona({ name, ...persona });
  if (Array.isArray(parsed)) {
    return parsed.map(({ path, message }) => ({ rule: "invalid-persona", severity: "error", person, path, message }));
  }
  return lintPersona(parsed as Persona).map((finding) => ({ ...finding, person }));
}

/** The persona, or what is wrong with it. */
function asPersona(value: unknown): Persona | readonly { readonly path: string; readonly message: string }[] {
  try {
    return parsePersona(value);
  } catch (error) {
    if (!isTinyTroupeError(error, "PERSONA_INVALID")) throw error;
    return error.data.issues;
  }
}
