import { clockTime } from "../../kernel/values/clock.ts";
import { counted } from "../../kernel/values/usage.ts";
import { checkCount } from "../check-number.ts";
import type { Termination } from "./termination.ts";

/** Ends a run when everybody had the chance to do something and nobody did. */
export function whenQuiet(): Termination {
  return ({ idle }) => (idle ? "nobody did anything" : undefined);
}

/** Ends a run after so many of its steps. */
export function afterSteps(count: number): Termination {
  checkCount(count, "steps");
  return ({ played }) =>
    played >= count ? `${counted(count, "step")} ${count === 1 ? "was" : "were"} played` : undefined;
}

/** Ends a run once a moment of simulated time has come; a step at that very moment is played, and none after it. */
export function atTime(moment: Date): Termination {
  const isOver: Termination = ({ time, step }) =>
    time !== undefined && time >= moment ? timeIsUp(step.time ?? "") : undefined;
  return Object.assign(isOver, { moment });
}

/** Why a run is over whose time is; ISO 8601. */
export function timeIsUp(time: string): string {
  return `it is ${clockTime(time)}`;
}
