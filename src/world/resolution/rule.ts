import type { Action, Actor } from "../../kernel/contracts/person.ts";
import type { Attempt, Resolution, ResolutionScene, Ruling } from "./resolution.ts";

/** `true`: it comes about. Words: it does not, and this is why. An action and why: that one comes about in its place. */
export type Ruled = true | string | { readonly instead: Action; readonly reason: string };

/**
 * A rule in code for everything that people do; the person is told why something did not come about.
 * @example
 * const brief = rule(({ action }) => (action.content ?? "").length <= 200 || "Two hundred letters are the most here.");
 */
export function rule(
  decide: (attempt: Attempt<Actor>, scene: ResolutionScene<Actor>) => Ruled | Promise<Ruled>,
): Resolution {
  return {
    name: "rule",
    resolve: async (attempts, scene) => {
      const rulings: Ruling[] = [];
      for (const attempt of attempts) rulings.push(rulingOf(await decide(attempt, scene as ResolutionScene<Actor>)));
      return rulings;
    },
  };
}

function rulingOf(ruled: Ruled): Ruling {
  if (ruled === true) return { outcome: "accepted" };
  if (typeof ruled === "string") return { outcome: "refused", reason: ruled };
  return { outcome: "changed", action: ruled.instead, reason: ruled.reason };
}
