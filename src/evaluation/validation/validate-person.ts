import { literalClaim } from "../../judge/claim.ts";
import type { Proposition } from "../../judge/proposition.ts";
import { stockPropositions } from "../../judge/stock.ts";
import { admitsIgnorance } from "../../kernel/language/sayings/admits-ignorance.ts";
import { brokenCharacter } from "../../kernel/language/sayings/broken-character.ts";
import { eachRow, type RowResult } from "../../kernel/rows/rows.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { personaProse } from "../../persona/prose.ts";
import { mean } from "../../statistics/moments.ts";
import { type Interviewee, needsJudge } from "../interviewee.ts";
import { type DimensionScore, ofQuestions, ofScores } from "./dimensions.ts";
import { areAlike, type FactProbe, factsOf, isRight } from "./facts.ts";
import { type InterviewPlan, interview, type ValidationInterview } from "./interview.ts";
import { unknowns as stockUnknowns } from "./unknowns.ts";

/** How somebody is validated. */
export interface ValidationOptions {
  /** What is expected of the person, in words: the interviewer reads it, and the judge scores how far it is met. */
  readonly expectations?: string;
  /** Interviewer and judge read the persona, and the judge scores how far the person keeps to it. Default: neither knows it. */
  readonly showPersona?: boolean;
  /** Interviews, each with a fork of its own; 2 unless told. */
  readonly samples?: number;
  /** Rounds of the talk at most, each of up to three questions; 3 unless told. */
  readonly rounds?: number;
  /** What is true of the person, checked in code. Default: what the persona says in so many words. */
  readonly facts?: readonly FactProbe[];
  /** What nobody can know of themselves. Default: six questions. */
  readonly unknowns?: readonly string[];
  /** What the ledger adds it up by; `validation` unless told. */
  readonly label?: string;
  readonly signal?: AbortSignal;
}

/** How believable somebody is, in which respects, and on what that rests. */
export interface PersonValidation {
  readonly person: PersonId;
  readonly name: string;
  /** The mean of the dimensions that were measured, from 0 to 1; undefined where none was. */
  readonly score?: number;
  readonly dimensions: readonly DimensionScore[];
  /** What was asked of facts, in the order of their answers. */
  readonly facts: readonly FactProbe[];
  readonly unknowns: readonly string[];
  readonly interviews: readonly ValidationInterview[];
  /** No language model answered somewhere: a rehearsal, and no insight. */
  readonly heuristic?: true;
  /** Set when the model that judged is the one that acted: it may favour its own words. */
  readonly judgesItself?: true;
}

/**
 * Interviews forks of a person, who does not notice it, and says how believable they are: `facts` (what the persona says,
 * checked in code), `consistency` (the same asked otherwise after the talk), `unknowns` (they say so where they cannot
 * know), `in-character` (nothing gives a machine away), and by the run's judge `self-consistency` and `fluency`, with
 * `expectations` and `persona-adherence` where asked for. Each has an interval; a judge that fails, refuses or answers
 * nonsense is an error and never a score. Throws OPTION_INVALID, MODEL_UNSUPPORTED and the errors of the models.
 * @example
 * const { dimensions } = await validatePerson(lisa, { rounds: 2, samples: 1 });
 * dimensions.map(({ name }) => name).slice(0, 2); // => ["facts", "consistency"]
 */
export async function validatePerson(person: Interviewee, options: ValidationOptions = {}): Promise<PersonValidation> {
  needsJudge(person.context, "validating people");
  const plan = planFor(person, options);
  const samples = counted("samples", options.samples ?? 2);
  const interviews = await Promise.all(Array.from({ length: samples }, () => interview(person, plan)));
  const dimensions = await Promise.all(dimensionsOf(plan, interviews));
  const scores = dimensions.flatMap(({ score }) => (typeof score === "number" ? [score] : []));
  return {
    ...{ person: person.id, name: person.name },
    ...(scores.length > 0 && { score: scores.reduce((sum, score) => sum + score, 0) / scores.length }),
    ...{ dimensions, facts: plan.facts, unknowns: plan.unknowns, interviews },
    ...(interviews.some(({ heuristic }) => heuristic) && { heuristic: true }),
    ...(interviews.some(({ judgesItself }) => judgesItself) && { judgesItself: true }),
  };
}

/** The same of many, so many at once; one's error is that one's row. What concerns all is thrown, and what met all of them. */
export function validatePeople(
  people: readonly Interviewee[],
  {
    concurrency,
    onRow,
    ...options
  }: ValidationOptions & {
    /** People at the same time; 16 unless told. */
    readonly concurrency?: number;
    readonly onRow?: (row: RowResult<PersonValidation>) => void;
  } = {},
): Promise<readonly RowResult<PersonValidation>[]> {
  return eachRow(people, (person) => validatePerson(person, options), {
    key: ({ id }) => id,
    ...(concurrency !== undefined && { concurrency }),
    ...(options.signal && { signal: options.signal }),
    ...(onRow && { onRow }),
  });
}

function planFor({ name, persona }: Interviewee, options: ValidationOptions): InterviewPlan {
  const { expectations, showPersona = false, label = "validation", signal } = options;
  const { facts = factsOf(persona), unknowns = stockUnknowns } = options;
  const twin = facts.find((fact, place) => facts.findIndex((other) => other.name === fact.name) < place);
  if (twin !== undefined) throw invalid("facts", twin.name, "Give each fact a name of its own.");
  const brief = {
    ...{ name, rounds: counted("rounds", options.rounds ?? 3) },
    ...(expectations !== undefined && { expectations }),
    ...(showPersona && { persona: personaProse(persona, { for: "full" }) }),
  };
  const propositions: readonly Proposition[] = [
    stockPropositions.selfConsistency,
    stockPropositions.fluency,
    ...(expectations === undefined ? [] : [asExpected(expectations)]),
    ...(showPersona ? [stockPropositions.personaAdherence] : []),
  ];
  return {
    facts,
    unknowns,
    brief,
    propositions,
    personas: showPersona ? [persona] : [],
    label,
    ...(signal && { signal }),
  };
}

const asExpected = (expectations: string): Proposition => ({
  ...literalClaim("expectations", `The person who is interviewed is as somebody expects who wrote: ${expectations}`),
  answer: "score",
});

function dimensionsOf(
  { facts, unknowns, propositions }: InterviewPlan,
  interviews: readonly ValidationInterview[],
): readonly Promise<DimensionScore>[] {
  const share = (holds: (one: ValidationInterview) => boolean): number =>
    interviews.filter(holds).length / interviews.length;
  // Whoever falls out of their part may do so for the rest of a talk: a talk counts once.
  const talks = interviews.filter(({ rounds }) => rounds.length > 0);
  return [
    ofQuestions(
      "facts",
      facts.map((fact, place) => share((one) => isRight(fact, one.facts[place]?.[0] ?? null))),
    ),
    ofQuestions(
      "consistency",
      facts.map((fact, place) => share((one) => areAlike(fact, one.facts[place] ?? [null, null]))),
    ),
    ofQuestions(
      "unknowns",
      unknowns.map((_question, place) => share((one) => admitsIgnorance(one.unknowns[place] ?? null))),
    ),
    ofQuestions(
      "in-character",
      talks.map(({ rounds }) => mean(rounds.map(({ answer }) => Number(brokenCharacter(answer) === undefined)))),
    ),
    ...propositions.map(({ name }) =>
      ofScores(
        name,
        interviews.flatMap(({ verdicts }) =>
          verdicts.flatMap((one) => (one.kind === "score" && one.proposition === name ? [one.score] : [])),
        ),
      ),
    ),
  ];
}

function counted(option: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw invalid(option, value, "Give a whole number from 1.");
}

function invalid(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The option '${option}' of a validation is ${String(value)}.`, {
    data: { option, value },
    hint,
  });
}
