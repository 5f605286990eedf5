import type { Bed, Dormitory } from "../../kernel/contracts/context.ts";

/** For those who are few, or not for long: nothing of theirs is put aside, and nobody holds them for that. */
export const sleepless: Dormitory = {
  bed: (): Bed => ({
    ...{ wake: () => undefined, brings: () => undefined, holds: () => undefined, stays: () => undefined },
    during: (job) => job(),
  }),
};
