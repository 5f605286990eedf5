import type { Actor } from "../../../kernel/contracts/person.ts";
import type { Attempt, Resolution, ResolutionScene, Ruling } from "../../resolution/resolution.ts";

/** What becomes of actions of one type. */
export type TypeRule = (attempt: Attempt<Actor>, scene: ResolutionScene<Actor>) => Ruling;

/** Each action has the rule of its type, in the order of the world; one without a rule comes about. */
export function byType(name: string, rules: Readonly<Record<string, TypeRule>>): Resolution {
  const known = new Map(Object.entries(rules));
  return {
    name,
    resolve: (attempts, scene) =>
      attempts.map((attempt) => {
        const rule = known.get(attempt.action.type);
        return rule?.(attempt, scene as unknown as ResolutionScene<Actor>) ?? accepted;
      }),
  };
}

/** It comes about, and there is nothing to say of it. */
export const accepted: Ruling = { outcome: "accepted" };

/** It does not come about, and the person is told why. */
export const refused = (reason: string): Ruling => ({ outcome: "refused", reason });
