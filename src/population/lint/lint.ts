import { setImmediate } from "node:timers/promises";
import type { Context } from "../../kernel/contracts/context.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Severity } from "../../persona/findings/finding.ts";
import { lintPersona } from "../../persona/lint.ts";
import { type Persona, parsePersona } from "../../persona/schema.ts";
import { degreeOf } from "../profile/measures/ordinal.ts";
import { type Member, membersOf } from "../profile/people/people.ts";
import { alike } from "./copies/alike.ts";
import { near } from "./copies/near.ts";
import type { JudgedPeople, PopulationFinding, ReadingRow, StereotypeRow } from "./finding.ts";
import { judgePeople } from "./judged.ts";
import { readingFindings, readingRows } from "./reading.ts";
import { monoculture, repeatedAmongPeople } from "./repeated.ts";
import { stereotypeFindings, stereotypes } from "./stereotypes.ts";

/** What is watched. */
export interface LintOptions {
  /** Dotted places whose groups are watched for stereotypes. Default: `gender` and `nationality`. */
  readonly sensitive?: readonly string[];
  /** A run, by whose embedder near copies are found. Default: by their words. */
  readonly context?: Context;
  /** Have the run's judge look for contradictions, clichés and stereotypes that rules miss: a call a person. */
  readonly judge?: boolean;
  /** Told every so many people. */
  readonly onProgress?: (done: number, all: number, what: "looking" | "embedding" | "judging") => void;
  readonly signal?: AbortSignal;
}

/** What a careful author would look at again in a population. */
export interface PopulationLint {
  readonly simulated: true;
  readonly n: number;
  readonly findings: readonly PopulationFinding[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** By what near copies were found. */
  readonly alikeBy: { readonly compares: "meaning" | "words"; readonly embedder?: string };
  /** How a model looked them over, where it was asked to. */
  readonly judged?: JudgedPeople;
  /** Words that one group has far more often than the others, with the counts behind them. */
  readonly stereotypes: readonly StereotypeRow[];
  /** How hard each person's text reads. */
  readonly reading: readonly ReadingRow[];
}

/**
 * Looks a population over: each persona by `lintPersona`, then what only shows among many: people of whom nearly the same is
 * told, names, jobs and sentences that too many have, stereotypes of groups, traits that all share, texts that read harder
 * than their person's schooling. No model is asked unless `judge` is given; with a `context`, near copies are found by
 * meaning. Personas may be of any shape. No findings does not mean a good population. Throws OPTION_INVALID for a judge
 * without a run, and what embedders and models throw.
 * @example
 * const { findings } = await lintPopulation([{ name: "Al", age: 12, occupation: "judge" }]);
 * findings[0]?.message; // => "'judge' does not go with the age of 12"
 */
export async function lintPopulation(given: readonly unknown[], options: LintOptions = {}): Promise<PopulationLint> {
  const { sensitive = ["gender", "nationality"], context, judge = false, onProgress } = options;
  if (judge && context === undefined) throw judgeWithoutRun();
  const { people, remarks } = membersOf(given);
  const own = await ofPeople(people, options);
  const words = stereotypes(people, sensitive);
  const reading = readingRows(people);
  const copies = await copiesAmong(people, options);
  const judged = judge && context ? await judgedBy(context, { people, own, onProgress }) : undefined;
  const findings: readonly PopulationFinding[] = [
    ...remarks.map((message) => ({ rule: "unreadable" as const, severity: "error" as const, path: "", message })),
    ...own,
    ...copies.findings,
    ...repeatedAmongPeople(people),
    ...stereotypeFindings(words),
    ...monoculture(people, degreeOf),
    ...readingFindings(reading),
    ...(judged?.findings ?? []),
  ];
  const counts = { error: 0, warning: 0, hint: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  const ways = { alikeBy: copies.by, ...(judged && { judged: judged.judged }) };
  return { simulated: true, n: people.length, findings, counts, ...ways, stereotypes: words, reading };
}

/** Near copies by meaning where the run's embedder knows meaning, else by words. */
async function copiesAmong(people: readonly Member[], { context, onProgress }: LintOptions) {
  if (context === undefined || context.models.embedder.compares === "words")
    return { findings: alike(people), by: { compares: "words" } as const };
  const findings = await near(people, context, told("embedding", onProgress));
  return { findings, by: { compares: "meaning", embedder: context.models.embedder.id } as const };
}

interface Judging {
  readonly onProgress: LintOptions["onProgress"];
  readonly people: readonly Member[];
  readonly own: readonly PopulationFinding[];
}

async function judgedBy(context: Context, { people, own, onProgress }: Judging) {
  const known = Map.groupBy(own, ({ person }) => person?.id ?? "");
  const { findings, ...judged } = await judgePeople(context, people, {
    known,
    onProgress: told("judging", onProgress),
  });
  return { findings, judged };
}

const told = (what: "embedding" | "judging", onProgress: LintOptions["onProgress"]) =>
  onProgress && ((done: number, all: number): void => onProgress(done, all, what));

function judgeWithoutRun(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "Nobody can judge without a run.", {
    data: { option: "judge" },
    hint: "Give a `context`, as `simulation.context`.",
  });
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
    onProgress?.(Math.min(people.length, begin + atOnce), people.length, "looking");
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
