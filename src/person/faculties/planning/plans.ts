import type { LivedTurn } from "../../../kernel/contracts/faculty.ts";
import type { Action } from "../../../kernel/contracts/person.ts";
import { matters, shared } from "../../../kernel/language/stems.ts";
import type { EventId } from "../../../kernel/values/ids.ts";
import type { Telling } from "../life-fold.ts";
import { shortened } from "../lines-within.ts";
import { planArguments } from "./plan-actions.ts";

/** A goal that takes days, and the way there. */
export interface Plan {
  /** By which the person names it, from 1. */
  readonly number: number;
  readonly goal: string;
  readonly steps: readonly PlanStep[];
  readonly status: "open" | "done" | "dropped";
  /** Why it was dropped. */
  readonly because?: string;
  /** The action that made it, as `<turn event>.<index>`, and its simulated time. */
  readonly made: EventId;
  readonly time?: string;
  /** The last action about it. */
  readonly changed: EventId;
}

/** One step of a plan. */
export interface PlanStep {
  readonly step: string;
  /** The day by which it is to be done, as 2026-12-31. */
  readonly by?: string;
  /** The action that said so. */
  readonly done?: EventId;
}

/** A person's plans, and what they came to want without one. */
export interface Agenda {
  /** Oldest first: all that are open, and the last that are not. */
  readonly plans: readonly Plan[];
  readonly made: number;
  readonly wishes: readonly Wish[];
  /** Why nothing came of something in the last turn. */
  readonly slips: readonly string[];
}

/** A goal that came to somebody, and for how many more turns it waits for a plan. */
export interface Wish {
  readonly goal: string;
  readonly turns: number;
}

const openAtMost = 5;
const closedKept = 12;
const wishesKept = 3;
/** After so many turns without a plan a wish has passed. */
const turnsOfWish = 8;
const lettersOfWish = 200;

/** How plans follow from a person's turns. */
export const agendaTelling: Telling<Agenda> = {
  begin: { plans: [], made: 0, wishes: [], slips: [] },
  after: (agenda, turn) => {
    const begun = { ...agenda, slips: [], wishes: wishesAfter(agenda, turn) };
    const acted = turn.actions.reduce<Agenda>(
      (before, action, index) => withAction(before, action, { id: `${turn.id}.${index}`, time: turn.time }),
      begun,
    );
    return { ...acted, plans: bounded(acted.plans) };
  },
};

/** The plan's first step that is not done. */
export const currentStep = ({ steps }: Plan): PlanStep | undefined => steps.find(({ done }) => done === undefined);

function wishesAfter({ wishes }: Agenda, { presented }: LivedTurn): readonly Wish[] {
  const waiting = wishes.map(({ goal, turns }) => ({ goal, turns: turns - 1 })).filter(({ turns }) => turns > 0);
  const come = presented
    .filter(({ stimulus }) => stimulus.type === "INTERNAL_GOAL_FORMULATION")
    .map(({ stimulus }) => ({ goal: shortened(stimulus.content, lettersOfWish), turns: turnsOfWish }));
  const others = waiting.filter(({ goal }) => !come.some((one) => one.goal === goal));
  return [...others, ...come].slice(-wishesKept);
}

interface Place {
  readonly id: EventId;
  readonly time: string | undefined;
}

function withAction(agenda: Agenda, { type, args }: Action, place: Place): Agenda {
  switch (type) {
    case "PLAN": {
      const written = planArguments.PLAN.safeParse(args);
      return written.success ? withPlan(agenda, written.data, place) : agenda;
    }
    case "STEP_DONE":
    case "REVISE_PLAN":
    case "DROP_PLAN":
      return withChange(agenda, { type, args }, place);
    default:
      return agenda;
  }
}

function withPlan(
  agenda: Agenda,
  { goal, steps }: { goal: string; steps: readonly WrittenStep[] },
  place: Place,
): Agenda {
  const open = agenda.plans.filter(({ status }) => status === "open");
  if (open.length >= openAtMost) {
    return slipped(agenda, `Nothing came of the plan “${goal}”: you have ${openAtMost} already. Finish or drop one.`);
  }
  const number = agenda.made + 1;
  const made = { made: place.id, ...(place.time !== undefined && { time: place.time }), changed: place.id };
  const plan: Plan = { number, goal, steps: steps.map(stepOf), status: "open", ...made };
  return {
    ...agenda,
    plans: [...agenda.plans, plan],
    made: number,
    wishes: agenda.wishes.filter((wish) => !isAbout(wish.goal, plan)),
  };
}

interface WrittenStep {
  readonly step: string;
  readonly by?: string | undefined;
}

const stepOf = ({ step, by }: WrittenStep): PlanStep => ({ step, ...(by !== undefined && { by }) });

/** A plan is for a wish when it shares a telling word with it, or the wish has none. */
function isAbout(wish: string, { goal, steps }: Plan): boolean {
  const wanted = matters(wish);
  return wanted.size === 0 || shared(wanted, matters([goal, ...steps.map(({ step }) => step)].join(" "))) > 0;
}

function withChange(agenda: Agenda, { type, args }: Action, place: Place): Agenda {
  const number = planArguments.STEP_DONE.safeParse(args).data?.plan;
  const plan = agenda.plans.find((one) => one.number === number && one.status === "open");
  if (plan === undefined)
    return slipped(agenda, `Nothing came of ${type}: you have no open plan ${number ?? "so called"}.`);
  const changed = { ...changedBy(plan, { type, args }, place.id), changed: place.id };
  return { ...agenda, plans: agenda.plans.map((one) => (one === plan ? changed : one)) };
}

function changedBy(plan: Plan, { type, args }: Action, id: EventId): Plan {
  if (type === "STEP_DONE") return withStepDone(plan, id);
  if (type === "DROP_PLAN") {
    const because = planArguments.DROP_PLAN.safeParse(args).data?.because;
    return { ...plan, status: "dropped", ...(because !== undefined && { because }) };
  }
  const steps = planArguments.REVISE_PLAN.safeParse(args).data?.steps;
  if (steps === undefined) return plan;
  return { ...plan, steps: [...plan.steps.filter(({ done }) => done !== undefined), ...steps.map(stepOf)] };
}

function withStepDone(plan: Plan, id: EventId): Plan {
  const current = currentStep(plan);
  const steps = plan.steps.map((step) => (step === current ? { ...step, done: id } : step));
  const isDone = steps.every(({ done }) => done !== undefined);
  return { ...plan, steps, status: isDone ? "done" : "open" };
}

const slipped = (agenda: Agenda, slip: string): Agenda => ({ ...agenda, slips: [...agenda.slips, slip] });

function bounded(plans: readonly Plan[]): readonly Plan[] {
  const closed = plans.filter(({ status }) => status !== "open");
  const gone = new Set(closed.slice(0, Math.max(0, closed.length - closedKept)));
  return gone.size === 0 ? plans : plans.filter((plan) => !gone.has(plan));
}
