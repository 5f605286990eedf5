import type { Termination } from "./termination.ts";

/** Ends a run when one of these does; the first one's reason is given. */
export function anyOf(...endings: readonly Termination[]): Termination {
  const isOver: Termination = async (run) => {
    for (const ending of endings) {
      const reason = await ending(run);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  const [moment] = endings.flatMap((one) => one.moment ?? []).toSorted((one, other) => Number(one) - Number(other));
  return moment === undefined ? isOver : Object.assign(isOver, { moment });
}

/** Ends a run after a step for which all of these would. */
export function allOf(...endings: readonly Termination[]): Termination {
  return async (run) => {
    const reasons = await Promise.all(endings.map((ending) => ending(run)));
    const met = reasons.filter((reason) => reason !== undefined);
    return endings.length > 0 && met.length === endings.length ? met.join(", and ") : undefined;
  };
}
