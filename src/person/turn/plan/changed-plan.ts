import type { Action } from "../../../kernel/contracts/person.ts";
import type { Mind } from "../mind.ts";
import type { Plan } from "./draft.ts";

/** The plan with some actions in another form, or left out, in what the history will hold as well. */
export function changedPlan(mind: Mind, plan: Plan, changes: ReadonlyMap<number, Action | undefined>): Plan {
  const actions = plan.actions.map((action, index) => (changes.has(index) ? changes.get(index) : action));
  const messages = [...plan.messages];
  for (const [place, start] of plan.answers.entries()) {
    const next = plan.answers[place + 1];
    const isChanged = [...changes.keys()].some(
      (index) => index >= start.actions && index < (next?.actions ?? actions.length),
    );
    if (!isChanged) continue;
    const kept = present(actions.slice(start.actions, next?.actions));
    const isOpen = next === undefined && kept.at(-1)?.type !== "DONE";
    messages[start.messages] = mind.shape.turn(isOpen ? [...kept, { type: "DONE" }] : kept);
  }
  return { ...plan, actions: present(actions), messages };
}

/** The plan with what a fork has somebody say otherwise; it is what they remember, too. */
export function revisedPlan(mind: Mind, plan: Plan, step: string | undefined): Plan {
  if (mind.isFork) return plan;
  const at = step ?? `alone/${mind.timesBefore("a turn alone") + 1}`;
  const changes = mind.context.revisions.done(plan.actions, { name: mind.who.name, at });
  return changes.size === 0 ? plan : changedPlan(mind, plan, changes);
}

const present = (actions: readonly (Action | undefined)[]): readonly Action[] =>
  actions.filter((action) => action !== undefined);
