import type { Faculty, Moment, Note } from "../../../kernel/contracts/faculty.ts";
import { LifeFold, type Living } from "../life-fold.ts";
import { linesWithin, shortened } from "../lines-within.ts";
import { planActions } from "./plan-actions.ts";
import { type Agenda, agendaTelling, currentStep, type Plan } from "./plans.ts";

/** What comes to mind of a person's plans. */
const tokensInMind = 200;
const lettersInMind = 100;

/**
 * Lets a person pursue something over days: they PLAN it in steps, and say when one is done, when they change the plan
 * and when they drop it. The current step of each open plan stands before their eyes, and whether it is overdue by the
 * simulated clock; what they are told to want (`internalizeGoal`) is kept before them until there is a plan for it. It
 * follows from the person's life, so that there is nothing to save. Small models cannot bear it.
 * @example
 * const planning = new PlanningFaculty();
 * const oscar = await simulation.person("oscar", { faculties: [planning] });
 * await oscar.internalizeGoalAndAct("I want to enter the competition for the new library.");
 * planning.plans(oscar)[0]?.status; // => "open"
 */
export class PlanningFaculty implements Faculty {
  readonly name = "planning";
  readonly actions = planActions;
  readonly #agendas = new LifeFold<Agenda>(agendaTelling);

  async recall({ who, stimuli, time }: Moment): Promise<readonly Note[]> {
    const { plans, wishes, slips } = this.#agendas.of(who);
    const today = time?.slice(0, 10);
    const open = plans.filter(({ status }) => status === "open");
    const late = open.filter((plan) => isOverdue(plan, today));
    const rest = open.filter((plan) => !late.includes(plan));
    const fresh = stimuli.filter(({ type }) => type === "INTERNAL_GOAL_FORMULATION").map(({ content }) => content);
    const wanted = [...new Set([...wishes.map(({ goal }) => goal), ...fresh])].map(
      (goal) => `You came to want “${shortened(goal, lettersInMind)}”, and have no plan for it yet.`,
    );
    return linesWithin([...slips, ...[...late, ...rest].map((plan) => planText(plan, today)), ...wanted], tokensInMind);
  }

  /** The person's plans, oldest first: all that are open, and the last twelve that are done or dropped. */
  plans(person: Living): readonly Plan[] {
    return this.#agendas.of(person).plans;
  }
}

/** Days as ISO dates follow each other as texts do. */
function isOverdue(plan: Plan, today: string | undefined): boolean {
  const by = currentStep(plan)?.by;
  return by !== undefined && today !== undefined && by < today;
}

function planText(plan: Plan, today: string | undefined): string {
  const current = currentStep(plan);
  const place = plan.steps.filter(({ done }) => done !== undefined).length + 1;
  const due = current?.by === undefined ? "" : `, by ${current.by}${isOverdue(plan, today) ? ", overdue" : ""}`;
  const goal = shortened(plan.goal, lettersInMind);
  return `Your plan ${plan.number}, “${goal}”: step ${place} of ${plan.steps.length}${due}: ${shortened(current?.step ?? "", lettersInMind)}`;
}
