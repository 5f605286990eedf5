import type { Notice, Turn } from "../../kernel/contracts/person.ts";
import type { Mind } from "../turn/mind.ts";

/** Lets the effects of a turn that were run, and did not fail, change what others share; gives what they are told. */
export function settleTurn({ kinds, who }: Pick<Mind, "kinds" | "who">, turn: Turn): readonly Notice[] {
  const outcomes = new Map(turn.outcomes?.map((one) => [one.action, one]));
  return turn.actions.flatMap((action, index) => {
    const { how, outcome } = outcomes.get(`${turn.event}.${index}`) ?? {};
    if (how !== "run" || outcome?.failed !== undefined) return [];
    return kinds.get(action.type)?.effect?.settle?.(action.args ?? {}, who) ?? [];
  });
}
