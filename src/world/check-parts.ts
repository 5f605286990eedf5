import { checkAble, checkFunction } from "../kernel/text/known-keys.ts";
import type { WorldOptions } from "./options.ts";

/** The function by which each part of a world is known. */
const abilities = {
  ...{ schedule: "plan", visibility: "circle", delivery: "arrival", resolution: "resolve" },
  ...{ network: "admit", access: "circle" },
} as const;

/** OPTION_INVALID for a part of a world that is none, such as one whose maker was named and not called. */
export function checkParts(parts: WorldOptions): void {
  for (const [option, ability] of Object.entries(abilities) as [keyof typeof abilities, string][]) {
    const part: unknown = parts[option];
    if (part === undefined || (option === "schedule" && typeof part === "string")) continue;
    checkAble(part, ability, option);
  }
  checkFunction(parts.termination, "termination", "whenQuiet()");
}
