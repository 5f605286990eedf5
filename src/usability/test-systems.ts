import type { Proposition } from "../judge/proposition.ts";
import type { Fork } from "../kernel/contracts/asked/fork.ts";
import type { Faculty } from "../kernel/contracts/faculty.ts";
import type { System } from "../kernel/contracts/systems/system.ts";
import type { VisitStep } from "../kernel/contracts/systems/visit.ts";
import { eachRow } from "../kernel/rows/rows.ts";
import { checkKeys, type KeysOf } from "../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { slug } from "../kernel/values/ids.ts";
import { createLimiter, type Limiter } from "../model/flow/limit/limiter.ts";
import { systemUse } from "../systems/use.ts";
import { assessed, type Tried } from "./assess.ts";
import { moveText } from "./findings/told.ts";
import { checkedGoals, type Goal } from "./goals/goal.ts";
import { type Scenario, scenariosOf } from "./goals/scenarios.ts";
import { situationsOf } from "./goals/situation.ts";
import type { ClaimRow, FailedVisit, FindingRow, KeyedVisit, SessionRow, VisitKey } from "./rows.ts";
import { type Errand, type Visitor, visitSystem } from "./session/visit.ts";

/** Somebody who can try a system: on a fork, so that they do not remember it, or as themselves. */
export type Tester = Visitor & Pick<Fork, "fork"> & { readonly faculties: readonly Faculty[] };

/** Who tries what, what for, and how. */
export interface SystemTestOptions {
  readonly people: readonly Tester[];
  /** One, or several builds that are compared. */
  readonly systems: readonly System[];
  readonly goals: readonly Goal[];
  /** Each person says aside, once for each goal, what in their life makes them want it, and keeps it in mind. Default false. */
  readonly situations?: boolean;
  /** How often each person does each goal with each system; 1 unless told. */
  readonly sessions?: number;
  /** So many goals each person gets, drawn evenly; all unless told. */
  readonly goalsEach?: number;
  /** Moves that somebody may make at most; 20 unless told. */
  readonly steps?: number;
  /** `fork` (default): they do not remember it. `themselves`: they do; they enter the run with `systemUse` of each system. */
  readonly as?: "fork" | "themselves";
  /** Claims that the judge answers of each visit. */
  readonly propositions?: readonly Proposition[];
  /** `false` asks nobody how easy it was, and has nobody look for problems: code alone counts. */
  readonly opinions?: boolean;
  /** Visits at the same time; 4 unless told. */
  readonly concurrency?: number;
  /** Requests a minute to each system; 60 unless told. */
  readonly perMinute?: number;
  /** Told of each move, and of each visit that has ended. */
  onStep?(key: VisitKey, step: VisitStep): void;
  onVisit?(row: SessionRow): void;
}

/** What came of a test. */
export interface SystemTest {
  readonly sessions: readonly SessionRow[];
  readonly findings: readonly FindingRow[];
  readonly claims: readonly ClaimRow[];
  readonly failures: readonly FailedVisit[];
  readonly visits: readonly KeyedVisit[];
  /** Findings of the judge whose quote stands nowhere: left out. */
  readonly unsupported: number;
  /** Rules, not a language model, played or judged: a rehearsal. */
  readonly heuristic?: true;
}

const known: KeysOf<SystemTestOptions> = {
  ...{
    people: true,
    systems: true,
    goals: true,
    situations: true,
    sessions: true,
    goalsEach: true,
    steps: true,
    as: true,
  },
  ...{ propositions: true, opinions: true, concurrency: true, perMinute: true, onStep: true, onVisit: true },
};

/**
 * Has people try systems, each for goals that the system does not know, and says what came of it: whether they got it,
 * by which way, where they gave up, and what stood in their way, each with the exchange that shows it. What a system
 * answered stands in the journal. A visit that fails is a row of `failures`; throws what all met, what concerns the run,
 * and OPTION_INVALID.
 * @example
 * const parrot = chatSystem({ name: "parrot", reply: async (said) => `You said: ${said.at(-1)?.content}` });
 * const goals = [{ name: "hours", goal: "I want to know when the shop opens.", success: { text: "9 o'clock" } }];
 * const { sessions } = await testSystems({ people: [lisa], systems: [parrot], goals });
 * sessions[0].success; // => false
 */
export async function testSystems(options: SystemTestOptions): Promise<SystemTest> {
  checkKeys(options, known, "a test of systems");
  const { people, systems, concurrency = 4, onVisit } = options;
  checkParts(options);
  const [first] = people;
  const random = (first as Tester).context.random.fork("scenarios");
  const scenarios = scenariosOf({ ...options, sessions: options.sessions ?? 1 }, random);
  const allowance = { requestsPerMinute: options.perMinute ?? 60, concurrency };
  const limiters = new Map(systems.map((system) => [system, createLimiter(allowance)]));
  const situations = options.situations === true ? situationsOf() : undefined;
  const tried = async (scenario: Scenario<Tester>): Promise<Tried> => {
    const given = situations && { situation: await situations(scenario.person, scenario.goal) };
    const found = await tryOut(scenario, options, { limiter: limiters.get(scenario.system) as Limiter, ...given });
    onVisit?.(found.session);
    noteVisit(scenario, found.session);
    return found;
  };
  try {
    const signal = (first as Tester).context.signal;
    const atOnce = options.as === "themselves" ? 1 : concurrency;
    const rows = await eachRow(scenarios, tried, { key: ({ key }) => key, concurrency: atOnce, signal });
    const failures = rows.flatMap((row, place): FailedVisit[] =>
      "error" in row ? [{ ...keyOf(scenarios[place] as Scenario<Tester>), error: row.error }] : [],
    );
    return gathered(
      rows.flatMap((row) => ("value" in row ? [row.value] : [])),
      failures,
    );
  } finally {
    await Promise.all(systems.map((system) => system.close?.()));
  }
}

function checkParts({ people, systems, goals }: SystemTestOptions): void {
  checkedGoals(goals);
  for (const [option, { length }] of Object.entries({ people, systems })) {
    if (length > 0) continue;
    throw new TinyTroupeError("OPTION_INVALID", `A test of systems has no ${option}.`, {
      data: { option },
      hint: `Give at least one of ${option}.`,
    });
  }
  const names = systems.map(({ name }) => slug(name));
  const twin = systems.find((_, place) => names.indexOf(names[place] as string) < place);
  if (twin === undefined) return;
  throw new TinyTroupeError("OPTION_INVALID", `Two systems are called ${twin.name}.`, {
    data: { option: "systems", value: twin.name },
    hint: "Give each build a name of its own.",
  });
}

const keyOf = ({ system, goal, person, session }: Scenario<Tester>): VisitKey => {
  return { system: system.name, goal: goal.name, person: person.name, session };
};

async function tryOut(
  scenario: Scenario<Tester>,
  options: SystemTestOptions,
  given: Pick<Errand, "limiter" | "situation">,
): Promise<Tried> {
  const { system, goal, key: name } = scenario;
  const key = keyOf(scenario);
  const visitor = await visitorOf(scenario, options);
  const { onStep, steps = 20 } = options;
  const { person: who, ...where } = key;
  const tell = (moves: number, more: { readonly did?: string; readonly isOver?: boolean } = {}): void =>
    scenario.person.context.watch({
      type: "visiting",
      visitor: who,
      ...where,
      moves,
      most: steps,
      isOver: false,
      ...more,
    });
  tell(0);
  let moves = 0;
  try {
    const visit = await visitSystem(visitor, {
      ...{ name, system, goal: goal.goal, steps, ...given },
      onStep: (step) => {
        moves = step.number;
        tell(moves, { did: moveText(step.move) });
        onStep?.(key, step);
      },
    });
    return await assessed({ ...{ visit, visitor, key, name }, success: goal.success }, options);
  } finally {
    tell(moves, { isOver: true });
  }
}

/** Leaves a word in the run's story, in a place of its own: visits end in any order. */
function noteVisit(
  { person, key }: Scenario<Tester>,
  { path: _path, why: _why, did: _did, showed: _showed, ...value }: SessionRow,
): void {
  const place = person.context.journal.fork(`visit:${key.slice(key.indexOf("/") + 1)}`);
  place.record({ type: "noted", label: "visit", value });
}

/** A fork with what it takes to use the system, or the person who has that already. Throws FACULTY_MISSING. */
async function visitorOf({ person, system, key }: Scenario<Tester>, { as = "fork" }: SystemTestOptions) {
  const use = systemUse(system);
  if (as === "fork") return person.fork(key.slice(key.indexOf("/") + 1), { faculties: [use] });
  if (person.faculties.some((faculty) => faculty.name === use.name)) return person;
  throw new TinyTroupeError("FACULTY_MISSING", `${person.name} cannot use ${system.name} as they are.`, {
    data: { person: person.name, missing: [use.name] },
    hint: 'Have them enter with faculties: [systemUse(system)], or leave out as: "themselves".',
  });
}

function gathered(tried: readonly Tried[], failures: readonly FailedVisit[]): SystemTest {
  return {
    sessions: tried.map(({ session }) => session),
    findings: tried.flatMap(({ findings }) => findings),
    claims: tried.flatMap(({ claims }) => claims),
    failures: [...failures, ...tried.flatMap((one) => one.failures)],
    visits: tried.map(({ visit }) => visit),
    unsupported: tried.reduce((sum, one) => sum + one.unsupported, 0),
    ...(tried.some(({ heuristic }) => heuristic) && { heuristic: true as const }),
  };
}
