import type { Visibility } from "./visibility.ts";

/** Whoever can hear the speaker: those who are named, or everyone in reach where nobody is. */
export function inReach(): Visibility {
  return { name: "in reach", circle: (who, { access }) => access.circle(who.id) };
}

/** Only those who are named. */
export function addressedOnly(): Visibility {
  return { ...inReach(), name: "addressed only", addressedOnly: true };
}
